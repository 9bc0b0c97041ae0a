// NOTICE: what the author of a message is told about it, with lines to turn to where that may help.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "texts/catalogue.hpp"
#include "texts/crisis.hpp"

namespace hearth::texts {

/// What a notice is about. `category` may be empty (the rules could not read the message).
struct notice_subject {
    std::string_view category;
    bool care_lane = false;   ///< care leads
    bool needs_care = false;  ///< its author needs something, whichever lane leads
};

/// For the ack of a message: why it was noticed and where it is now. `can_edit`: its author can still change it.
/// Lines come with it when the author needs care, or when the category offers help by itself.
[[nodiscard]] std::string notice_json(const catalogue& words, const crisis_directory& lines, std::string_view locale,
                                      situation where, const notice_subject& about, bool can_edit);

/// For a moderator's decision. Lines come with resources, and with a removal, a warning, a mute or a ban when the author
/// needs care: nobody in distress is sent away with nothing.
[[nodiscard]] std::string decision_notice_json(const catalogue& words, const crisis_directory& lines,
                                               std::string_view locale, ruling what, const notice_subject& about,
                                               std::optional<time_point> until);

}  // namespace hearth::texts
