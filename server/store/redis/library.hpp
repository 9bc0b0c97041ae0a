// The functions that run inside Redis: library/*.lua in one text, put together by the build.
#pragma once

#include <string_view>

namespace hearth::store::redis {

/// As FUNCTION LOAD takes it. Its name and its functions' names carry a number that grows when what they are asked or
/// answer changes, so that two versions of the program can work side by side.
extern const std::string_view library;

}  // namespace hearth::store::redis
