// The folded text as words: what patterns and cues are matched on.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "moderation/text/fold.hpp"
#include "moderation/text/lexicon.hpp"

namespace hearth::moderation {

/// A word as two of 256 bits, one for the word and one for its first letter: what asks for it is ruled out by a look at a
/// set of such bits (`word_bits`).
struct word_mark {
    static constexpr unsigned letters = 32;
    static constexpr unsigned unknown = 255 - letters;  ///< the bit of all words that nobody names
    std::uint8_t word = unknown;
    std::uint8_t letter = 0;

    [[nodiscard]] static std::uint8_t of_word(word_id id) noexcept {
        return static_cast<std::uint8_t>(id == no_word ? unknown : id % unknown);
    }
    [[nodiscard]] static std::uint8_t of_letter(char first) noexcept {
        return static_cast<std::uint8_t>(256 - letters + static_cast<unsigned char>(first) % letters);
    }
};

/// Says no for sure, yes perhaps.
class word_bits {
public:
    void add_word(word_id id) noexcept { add(word_mark::of_word(id)); }
    void add_letter(char first) noexcept { add(word_mark::of_letter(first)); }
    void add_every_letter() noexcept { bits_.back() |= ~std::uint64_t{0} << (64 - word_mark::letters); }
    void add_anything() noexcept { bits_.fill(~std::uint64_t{0}); }
    [[nodiscard]] bool may_hold(word_mark one) const noexcept { return has(one.word) || has(one.letter); }

    /// The same in 64 bits, with more that is perhaps.
    class in_short {
    public:
        in_short() = default;
        explicit in_short(std::uint64_t bits) noexcept : bits_(bits) {}
        [[nodiscard]] bool may_hold(word_mark one) const noexcept {
            return (((bits_ >> (one.word % 64U)) | (bits_ >> (one.letter % 64U))) & 1U) != 0;
        }

    private:
        std::uint64_t bits_ = 0;
    };
    [[nodiscard]] in_short shortened() const noexcept { return in_short(bits_[0] | bits_[1] | bits_[2] | bits_[3]); }

private:
    void add(std::uint8_t bit) noexcept { bits_[bit / 64U] |= std::uint64_t{1} << (bit % 64U); }
    [[nodiscard]] bool has(std::uint8_t bit) const noexcept { return ((bits_[bit / 64U] >> (bit % 64U)) & 1U) != 0; }
    std::array<std::uint64_t, 4> bits_{};
};

struct token {
    std::uint32_t begin = 0;  ///< of the word in the folded text; text[begin - 1] and text[end] are spaces
    std::uint32_t end = 0;
    word_id word = no_word;  ///< no_word: no rule and no cue names it
    word_mark mark;
    std::uint16_t sentence = 0;  ///< index into token_list::sentences
    std::uint16_t clause = 0;    ///< grows by one at every clause and sentence mark
    bool number = false;         ///< digits, perhaps with a unit stuck to them ("45", "45kg", "18h30")
    bool quoted = false;         ///< between quotation marks
    bool repaired = false;       ///< not as typed: an evasion was undone (repair.hpp)
    bool slip = false;           ///< not as typed: a misspelling was guessed at
};

struct sentence {
    std::uint32_t first = 0;  ///< token index
    std::uint32_t last = 0;   ///< one past
    bool question = false;    ///< ends in a question mark
};

struct token_list {
    std::vector<token> tokens;
    std::vector<sentence> sentences;
};

/// Cuts folded text into words and sentences. One-word sentences in a row count as one ("Kill. Your. Self.").
void tokenize_into(const folded& text, const lexicon& words, token_list& out);

[[nodiscard]] inline std::string_view spelling(const folded& text, const token& one) {
    return std::string_view(text.text).substr(one.begin, one.end - one.begin);
}

}  // namespace hearth::moderation
