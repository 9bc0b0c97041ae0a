// The functions that run inside Redis: library/*.lua in one text, put together by the build.
#pragma once

#include <string_view>

namespace hearth::store::redis {

/// The first part of its functions' names, too. It is made of the text itself, so that no version of the program takes
/// away or changes what another one calls.
extern const std::string_view library_name;
/// As FUNCTION LOAD takes it.
extern const std::string_view library;

}  // namespace hearth::store::redis
