// Folding: text as it is compared, with the way back to what was typed. Rules and messages pass through the same
// folding, so that case, accents, width and invisible signs never need variants of their own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::moderation {

/// What a separator was, where that says something about the sentence.
enum class mark : std::uint8_t { sentence, question, line, clause, quote_open, quote_close, quote };

struct text_mark {
    std::uint32_t at;  ///< index of the separating space in the folded text
    mark kind;
};

/// Signs of evasion seen while folding; only then is repair (repair.hpp) worth its time.
enum class evasion : std::uint8_t {
    none = 0,
    leet = 1,
    spaced = 2,
    repeated = 4,
    lookalike = 8,
    joined = 16,
    censored = 32
};
constexpr evasion operator|(evasion a, evasion b) noexcept {
    return static_cast<evasion>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(evasion all, evasion one) noexcept {
    return (static_cast<unsigned>(all) & static_cast<unsigned>(one)) != 0;
}

/// Folded text: lower-case letters without marks, digits, single spaces between words and at both ends.
struct folded {
    std::string text;
    std::vector<std::uint32_t> begin;  ///< per byte of `text`: where its character begins in the original
    std::vector<std::uint32_t> end;    ///< … and where it ends, marks and invisible signs after it included
    std::vector<text_mark> marks;      ///< ascending
    evasion seen = evasion::none;
    bool invalid_utf8 = false;  ///< the original is not UTF-8; what could be read is folded
    bool too_long = false;      ///< only the first max_folded_bytes of the original are folded
};

/// Past this many bytes of original text nothing is read (4,000 characters of four bytes, twice over).
inline constexpr std::size_t max_folded_bytes = 32 * 1024;

/// Folds into `out`, whose memory is reused. Linear in the text's length; never throws but for memory.
void fold_into(std::string_view original, folded& out);
[[nodiscard]] folded fold(std::string_view original);

}  // namespace hearth::moderation
