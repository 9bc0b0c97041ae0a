// A review case: one message that a person should look at, why, and what people did about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/event.hpp"
#include "core/ids.hpp"
#include "core/person.hpp"

namespace hearth {

enum class case_state : std::uint8_t { open, claimed, decided, escalated, appealed, upheld, overturned };
enum class case_lane : std::uint8_t { care, harm };
enum class case_action : std::uint8_t { release, keep, remove, warn, mute, ban, escalate, resources };

[[nodiscard]] std::string_view to_string(case_state value) noexcept;
[[nodiscard]] std::string_view to_string(case_lane value) noexcept;
[[nodiscard]] std::string_view to_string(case_action value) noexcept;
[[nodiscard]] std::optional<case_state> parse_case_state(std::string_view text) noexcept;
[[nodiscard]] std::optional<case_lane> parse_case_lane(std::string_view text) noexcept;
[[nodiscard]] std::optional<case_action> parse_case_action(std::string_view text) noexcept;

struct finding {
    std::string category, rule, voice;
    std::int64_t begin = 0, end = 0;  ///< UTF-8 bytes into the message
};

struct report_entry {
    user_id by;  ///< never shown to the reported, nor to moderators; stops one person reporting twice
    std::string reason, note;
    time_point at{};
};

struct decision_entry {
    person by;
    case_action action = case_action::keep;
    std::string reason, note;
    time_point at{};
};

/// A message as it was when the case opened, so that removal does not blind the review.
struct quoted_message {
    seq_t seq = 0;
    time_point at{};
    person from;
    std::string text;
};

/// A fact card that a moderator put into the room because of this case.
struct shared_card {
    std::string claim;  ///< claim id
    seq_t seq = 0;      ///< of the room's notice; 0 before the commit that makes it
    person by;
    time_point at{};
    bool taken_back = false;
};

/// What a case is about when no single line is: a conversation that slides.
struct drift_note {
    std::string kind;                      ///< numbers, restriction, romanticising, ganging
    std::string category;                  ///< the taxonomy's for that kind
    person about;                          ///< ganging: whom the lines are aimed at; else nobody
    std::vector<quoted_message> evidence;  ///< oldest first; the last is the case's message
};

struct lease {
    person holder;
    std::string token;  ///< fencing token: every grant has a new one
    time_point expires_at{};
};

struct review_case {
    case_id id;
    room_id room{};
    std::string room_slug;
    seq_t seq = 0;  ///< the message; one case per message
    case_state state = case_state::open;
    case_lane lane = case_lane::harm;
    int severity = 0;
    bool page = false;
    bool needs_care = false;    ///< its author needs something, whichever lane leads
    std::string author_locale;  ///< what its author reads; empty: not known
    std::string disposition;    ///< "published", "held", "blocked" when the message was said
    std::vector<std::string> categories;
    std::string pack_version;
    std::vector<finding> findings;
    std::vector<report_entry> reports;
    std::vector<decision_entry> decisions;
    quoted_message message;
    std::vector<quoted_message> before;  ///< up to five, oldest first
    std::vector<shared_card> cards;      ///< one per claim
    std::optional<drift_note> drift;
    std::optional<hearth::lease> lease;
    time_point opened_at{};
    time_point due_at{};
    std::int64_t priority = 0;  ///< higher is more urgent
    std::int64_t version = 0;   ///< compare-and-set
};

}  // namespace hearth
