// Building JSON lines by hand: the hot path writes straight into one string, escaped as RFC 8259 asks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hearth::protocol {

/// Appends `text` (UTF-8) as a JSON string with its quotes.
void append_string(std::string& out, std::string_view text);

/// Appends a whole number.
void append_number(std::string& out, std::int64_t value);
void append_number(std::string& out, std::uint64_t value);

}  // namespace hearth::protocol
