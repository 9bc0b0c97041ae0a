// What folding needs of Unicode, behind one door: only unicode.cpp includes ICU.
#pragma once

#include <cstdint>
#include <string_view>

namespace hearth::moderation::unicode {

enum class kind : std::uint8_t { letter, mark, ignorable, space, sign, emoji };

struct character {
    std::string_view folded;  ///< UTF-8 of its compatibility case folding without marks; empty unless a letter or digit
    kind what = kind::sign;
    bool lookalike =
        false;  ///< `folded` was read off its looks: a Cyrillic, Greek or squared letter that passes for Latin
};

/// Folding of one code point above ASCII. The view lives as long as the program, or until the next call on this thread.
[[nodiscard]] character classify(char32_t code);

/// The Latin letter that `code` (not Latin) can be mistaken for, or 0.
[[nodiscard]] char latin_lookalike(char32_t code) noexcept;

struct decoded {
    char32_t code = 0xFFFD;
    std::uint8_t length = 1;  ///< bytes taken; 1 when invalid
    bool valid = false;
};

/// Strict decoding (RFC 3629: no surrogates, no overlong forms, nothing past U+10FFFF) of the character at `at`.
[[nodiscard]] decoded decode(std::string_view text, std::size_t at) noexcept;

}  // namespace hearth::moderation::unicode
