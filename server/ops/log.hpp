// The server's own voice: one line per thing that an operator should know. Never message text, tokens or addresses.
#pragma once

#include <fmt/core.h>

#include <string_view>

namespace hearth::ops {

void write_info(std::string_view line);
void write_warning(std::string_view line);
void write_error(std::string_view line);

template <class... A>
void log_info(fmt::format_string<A...> format, A&&... args) {
    write_info(fmt::format(format, std::forward<A>(args)...));
}
template <class... A>
void log_warning(fmt::format_string<A...> format, A&&... args) {
    write_warning(fmt::format(format, std::forward<A>(args)...));
}
template <class... A>
void log_error(fmt::format_string<A...> format, A&&... args) {
    write_error(fmt::format(format, std::forward<A>(args)...));
}

}  // namespace hearth::ops
