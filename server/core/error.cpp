#include "core/error.hpp"

#include <array>
#include <stdexcept>

namespace hearth {

std::string_view to_string(errc code) noexcept {
    static constexpr std::array<std::string_view, 15> names{
        "unknown_command",    "bad_request", "unauthenticated", "unknown_room", "not_a_member",
        "agreement_required", "forbidden",   "muted",           "banned",       "too_long",
        "rate_limited",       "try_later",   "not_found",       "conflict",     "try_later"};
    return names.at(static_cast<std::size_t>(code));
}

void throw_exception_from_error(const failure& error, const boost::source_location& where) {
    throw std::logic_error(std::string(to_string(error.code)) + " unhandled at " + where.to_string() + ": " +
                           error.detail);
}

}  // namespace hearth
