// The folded text as words: what patterns and cues are matched on.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "moderation/text/fold.hpp"
#include "moderation/text/lexicon.hpp"

namespace hearth::moderation {

struct token {
    std::uint32_t begin = 0;  ///< of the word in the folded text; text[begin - 1] and text[end] are spaces
    std::uint32_t end = 0;
    word_id word = no_word;      ///< no_word: no rule and no cue names it
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
