// What a disguised word may say: digits and signs as letters, letters that were repeated.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::moderation {

[[nodiscard]] inline bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

/// `disguised` with digits and signs read as the letter they most often stand for; other signs dropped.
[[nodiscard]] std::string plain_letters(std::string_view disguised);

/// What the signs may stand for, at most 32 readings, the usual letters first; a star stays one. Only the first where no
/// reading can be a word of `longest` letters, stretched or not.
[[nodiscard]] std::vector<std::string> readings_of(std::string_view disguised, std::size_t longest);

/// Each letter that repeats the one before it left out.
[[nodiscard]] std::string skeleton(std::string_view word);

/// Runs of three and more cut down to `kept`.
[[nodiscard]] std::string squeezed(std::string_view word, std::size_t kept);

/// Whether a letter stands three times in a row.
[[nodiscard]] bool stretched(std::string_view word) noexcept;

/// Letters that repeat the one before. One of them is a slip; more hide a word behind its skeleton.
[[nodiscard]] std::size_t doubles(std::string_view word) noexcept;

}  // namespace hearth::moderation
