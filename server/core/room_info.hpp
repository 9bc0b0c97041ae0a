// What a room is, apart from what happens in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"

namespace hearth {

enum class room_kind : std::uint8_t { peer_support, therapy_group };
enum class room_topic : std::uint8_t { addiction, eating, mood, trauma, illness, general };

[[nodiscard]] std::string_view to_string(room_kind value) noexcept;
[[nodiscard]] std::string_view to_string(room_topic value) noexcept;
[[nodiscard]] std::optional<room_kind> parse_room_kind(std::string_view text) noexcept;
[[nodiscard]] std::optional<room_topic> parse_room_topic(std::string_view text) noexcept;

struct room_info {
    room_id id{};       ///< given by the store
    std::string slug;   ///< [a-z0-9-]{1,40}
    std::string title;  ///< 1 to 80 characters
    room_kind kind = room_kind::peer_support;
    room_topic topic = room_topic::general;
    std::vector<std::string> languages;  ///< of en, fr, id
    bool open = false;                   ///< anyone the server knows may join
    std::string rules;                   ///< ground rules; empty: none to accept
    std::int64_t rules_version = 0;      ///< grows when the rules change
    std::string epoch;                   ///< names this log; another epoch is another history
    bool archived = false;
    time_point created_at{};
    std::int64_t version = 0;  ///< compare-and-set
};

/// One person's standing in one room.
struct membership {
    bool member = false;
    std::int64_t accepted_rules = 0;          ///< version accepted; compare with room_info::rules_version
    std::optional<time_point> muted_until{};  ///< far future: until lifted
    std::optional<time_point> banned_until{};
};

}  // namespace hearth
