// Time is a parameter of everything that decides; this is the only place that asks the machine for it.
#pragma once

#include <chrono>
#include <string>

namespace hearth {

/// Wall time in whole milliseconds since 1970, as stored and as sent.
using time_point = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

[[nodiscard]] inline time_point now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// RFC 3339 in UTC with milliseconds: 2026-01-31T09:05:00.000Z.
[[nodiscard]] std::string to_rfc3339(time_point at);

/// Appends the same to `out`, without allocating when it has room.
void append_rfc3339(std::string& out, time_point at);

}  // namespace hearth
