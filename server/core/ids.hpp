// Identifiers of the domain, each its own type so that a user is never passed where a case is meant.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace hearth {

template <class Tag>
struct text_id {
    std::string value;
    auto operator<=>(const text_id&) const = default;
    [[nodiscard]] bool empty() const noexcept { return value.empty(); }
};

using user_id = text_id<struct user_tag>;  ///< "u" and 13 base-32 characters: fits the small-string buffer
using case_id = text_id<struct case_tag>;  ///< "c" and 13 base-32 characters

/// A room's number in the store. The slug is its name on the wire; a slug used again is another room.
enum class room_id : std::int64_t {};

/// Position in a room's log. 0 is before the first event.
using seq_t = std::uint64_t;

}  // namespace hearth

template <class Tag>
struct std::hash<hearth::text_id<Tag>> {
    std::size_t operator()(const hearth::text_id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.value); }
};
