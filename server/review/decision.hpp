// What a moderator's decision does: the room's events, the author's notice, standings, audit and the case, in one commit.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/event.hpp"
#include "core/review_case.hpp"
#include "core/room_info.hpp"
#include "store/store.hpp"

namespace hearth::review {

/// A mute without a duration lasts this long; a ban without one lasts until it is lifted.
constexpr std::chrono::hours default_mute{24};

/// "Until lifted", as a point in time that every store can hold.
constexpr time_point until_lifted = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};

/// What the moderator asks for.
struct order {
    std::string lease;
    case_action action = case_action::keep;
    std::string reason;                            ///< why; required, for the record and for the person it concerns
    std::string note;                              ///< for other moderators only
    std::string reply;                             ///< a personal line to the author; may be empty
    std::optional<std::chrono::seconds> duration;  ///< of mute and ban
};

/// What the author is told of; the caller has the words (catalogues, crisis lines) in the author's language.
enum class author_outcome : std::uint8_t { released, kept, removed, warned, muted, banned, resources };

/// Answers the wire's NOTICE object. `until`: of a mute or ban that ends.
using author_words = std::function<std::string(author_outcome what, std::optional<time_point> until)>;

/// Everything for one commit; `effects.changed` is the case.
using effects = store::room_commit;

/// Decides `kase` about `message`, whose author stands in the room as `standing` says.
///
/// release    a held or blocked message becomes everyone's; on a public one the same as keep. A message that was removed
///            by a decision comes back once, from the case's snapshot; one its author took back never does
/// keep       nothing changes in the room
/// remove     the text leaves the room and the log; the case keeps its snapshot
/// warn mute ban   a sanction, and the message is removed (or stays unseen)
/// escalate   the case waits for an admin
/// resources  help is sent to the author
///
/// The author gets a notice, except for escalate and for what left a public message as it was: nobody learns from the
/// review that someone reported them.
/// Errors: conflict for a lease that does not hold, a release of text that was edited or taken back, a removal of what
/// is gone, an escalation of what is escalated or decided; forbidden for a sanction in the care lane without a harm
/// category (a disclosure never counts against its author), for one against equal or higher standing, and for anything but
/// keep and escalate where a slide is all there is (no single line is at fault; one that is can be reported); bad_request
/// for a missing reason (`reason`) or a duration that is not positive (`duration_s`).
[[nodiscard]] outcome<effects> decide(review_case kase, const order& what, const person& who, const event& message,
                                      const membership& standing, const author_words& words, time_point now);

}  // namespace hearth::review
