// A fact card goes into a room, or is taken back: the room's event, the case's record and the audit entry in one commit.
#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/review_case.hpp"
#include "store/store.hpp"

namespace hearth::review {

/// The card of a claim as the case has it: in the room or taken back. Null: never shown.
[[nodiscard]] const shared_card* shared(const review_case& kase, std::string_view claim) noexcept;

/// Puts a card into the case's room. `members` are the notice's as on the wire ("notice":…,"card":…); it names neither the
/// message nor its author, and has no author of its own: the room says it.
/// Errors: conflict while somebody else's lease holds or when the card is there already; forbidden for a case of one's own
/// message.
[[nodiscard]] outcome<store::room_commit> share_card(review_case kase, std::string claim, std::string members,
                                                     const person& who, time_point now);

/// Takes it back: its words leave the room and the log. Errors: as above; not_found when it is not there.
[[nodiscard]] outcome<store::room_commit> take_card_back(review_case kase, std::string_view claim, const person& who,
                                                         time_point now);

}  // namespace hearth::review
