// The public names of the domain's enumerations, each table once.
#include <array>
#include <cstddef>

#include "core/event.hpp"
#include "core/person.hpp"
#include "core/review_case.hpp"
#include "core/room_info.hpp"

namespace hearth {
namespace {

constexpr std::array<std::string_view, 4> roles{"member", "facilitator", "moderator", "admin"};
constexpr std::array<std::string_view, 2> kinds{"peer_support", "therapy_group"};
constexpr std::array<std::string_view, 6> topics{"addiction", "eating", "mood", "trauma", "illness", "general"};
constexpr std::array<std::string_view, 7> event_types{"message",  "edited", "retracted", "released",
                                                      "reaction", "notice", "sanction"};
constexpr std::array<std::string_view, 7> case_states{"open",     "claimed", "decided",   "escalated",
                                                      "appealed", "upheld",  "overturned"};
constexpr std::array<std::string_view, 2> lanes{"care", "harm"};
constexpr std::array<std::string_view, 8> actions{"release", "keep", "remove",   "warn",
                                                  "mute",    "ban",  "escalate", "resources"};

template <class E, std::size_t N>
std::optional<E> parse(const std::array<std::string_view, N>& names, std::string_view text) noexcept {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == text) return static_cast<E>(i);
    return std::nullopt;
}

template <class E, std::size_t N>
std::string_view name(const std::array<std::string_view, N>& names, E value) noexcept {
    return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_string(role value) noexcept { return name(roles, value); }
std::string_view to_string(room_kind value) noexcept { return name(kinds, value); }
std::string_view to_string(room_topic value) noexcept { return name(topics, value); }
std::string_view to_string(event_type value) noexcept { return name(event_types, value); }
std::string_view to_string(case_state value) noexcept { return name(case_states, value); }
std::string_view to_string(case_lane value) noexcept { return name(lanes, value); }
std::string_view to_string(case_action value) noexcept { return name(actions, value); }

std::optional<role> parse_role(std::string_view text) noexcept { return parse<role>(roles, text); }
std::optional<room_kind> parse_room_kind(std::string_view text) noexcept { return parse<room_kind>(kinds, text); }
std::optional<room_topic> parse_room_topic(std::string_view text) noexcept { return parse<room_topic>(topics, text); }
std::optional<case_state> parse_case_state(std::string_view text) noexcept {
    return parse<case_state>(case_states, text);
}
std::optional<case_lane> parse_case_lane(std::string_view text) noexcept { return parse<case_lane>(lanes, text); }
std::optional<case_action> parse_case_action(std::string_view text) noexcept {
    return parse<case_action>(actions, text);
}

bool visible(audience seen_by, const user_id& author, const person& viewer) noexcept {
    switch (seen_by) {
        case audience::everyone: return true;
        case audience::author_and_staff:
        case audience::person_and_staff: return viewer.staff() || viewer.id == author;
        case audience::author_only:
        case audience::person: return viewer.id == author;
    }
    return false;
}

}  // namespace hearth
