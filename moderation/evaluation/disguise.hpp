// Writes a line as somebody would who wants to slip past a filter, to measure what a disguise gains them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hearth::moderation {

/// How many ways of disguise there are.
inline constexpr std::size_t disguises = 7;

/// The text with its longest words (up to three, of four letters and more) in disguise: digits for letters, dots, blanks,
/// stretched letters, look-alike letters, invisible signs or stars, by `way` modulo `disguises`. Always the same for the
/// same input.
[[nodiscard]] std::string disguise(std::string_view text, std::size_t way);

}  // namespace hearth::moderation
