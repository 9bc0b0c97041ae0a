// Expected failures are values: one enumeration whose names are the wire's error codes, and what was wrong.
#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hearth {

/// Error codes of the wire, never renamed (docs/PROTOCOL.md). `internal` stays inside; clients see `try_later`.
enum class errc : std::uint8_t {
    unknown_command,
    bad_request,
    unauthenticated,
    unknown_room,
    not_a_member,
    agreement_required,
    forbidden,
    muted,
    banned,
    too_long,
    rate_limited,
    try_later,
    not_found,
    conflict,
    internal,
};

/// The code's name on the wire.
[[nodiscard]] std::string_view to_string(errc code) noexcept;

struct failure {
    errc code = errc::internal;
    std::string field;       ///< the offending field, if one is ("text", "room", …)
    std::string detail;      ///< for logs and API users, never message text; people get the catalogue's sentence
    std::int64_t limit = 0;  ///< the bound that was broken, in the field's unit; 0 if none
    std::optional<std::chrono::milliseconds> retry_after{};
};

[[noreturn]] void throw_exception_from_error(const failure& error, const boost::source_location& where);

template <class T>
using outcome = boost::system::result<T, failure>;

}  // namespace hearth
