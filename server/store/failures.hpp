// Expected failures of single calls.
#pragma once

#include <chrono>
#include <string>

#include "core/clock.hpp"
#include "core/error.hpp"

namespace hearth::store {

[[nodiscard]] inline failure refused(errc code, std::string field, std::string detail) {
    failure why;
    why.code = code;
    why.field = std::move(field);
    why.detail = std::move(detail);
    return why;
}

/// Somebody is muted or banned until `end`.
[[nodiscard]] inline failure refused_until(errc code, time_point end, time_point at) {
    failure why = refused(code, {}, "until " + to_rfc3339(end));
    if (end - at < std::chrono::hours(24 * 365)) why.retry_after = end - at;  // longer is "until lifted"
    return why;
}

}  // namespace hearth::store
