// What other processes tell of their changes, as it comes over the channel (library/prelude.lua).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/store.hpp"

namespace hearth::store::redis {

struct told {
    std::string origin;    ///< the process it is from
    bool changed = false;  ///< rooms, people or standings may be others than before
    std::optional<room_news> of_room;
};

/// The process it is from, before the rest is read. Throws runtime_error as read_told() does.
[[nodiscard]] std::string_view told_by(std::string_view message);

/// Throws runtime_error when it is nothing that the library tells.
[[nodiscard]] told read_told(std::string_view message);

}  // namespace hearth::store::redis
