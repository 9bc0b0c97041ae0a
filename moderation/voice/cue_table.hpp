// The cues of all languages, compiled, and where they stand in a message.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/signals/flat_lists.hpp"
#include "moderation/signals/program.hpp"
#include "moderation/voice/cues.hpp"

namespace hearth::moderation {

using language_mask = std::uint8_t;  // one bit per pack language

struct cue_hit {
    cue kind{};
    language_mask language = 0;
    std::uint32_t first = 0;  ///< token index
    std::uint32_t last = 0;   ///< one past
};

/// Immutable once built. Cues are indexed by their first word, so an ordinary word costs one look.
class cue_table {
public:
    /// Throws pattern_fault.
    void add(cue kind, language_mask language, const pattern_node& pattern, lexicon& words);

    /// Called once, after the last word is known.
    void seal(const lexicon& words);

    /// Every cue in the message, ascending by first word. Cues do not cross sentences.
    void find(const folded& text, const token_list& words, program_scratch& scratch, std::vector<cue_hit>& out) const;

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(programs_, by_word_, by_letter_, function_words_, number_words_);
    }

    /// Languages the word is a little word of.
    [[nodiscard]] language_mask function_word(word_id word) const noexcept {
        return word < function_words_.size() ? function_words_[word] : language_mask{0};
    }
    [[nodiscard]] bool number_word(word_id word) const noexcept {
        return word < number_words_.size() && number_words_[word] != 0;
    }

private:
    // A cue that a word begins, with what rules it out by the next word; `whole`: the word is all there is to it.
    struct beginning {
        word_bits::in_short second_words;
        std::uint32_t entry = 0;  // which of `programs_`
        cue kind{};
        language_mask language = 0;
        bool whole = false;
    };
    // Up to four letters as one number.
    [[nodiscard]] static std::uint32_t beginning_of(std::string_view word) noexcept {
        std::uint32_t letters = 0;
        for (std::size_t i = 0; i < std::min<std::size_t>(word.size(), 4); ++i)
            letters |= std::uint32_t{static_cast<unsigned char>(word[i])} << (8 * i);
        return letters;
    }
    // A cue that a prefix begins, and as much of the prefix as rules most words out; nothing of it for a number.
    struct prefix_beginning {
        beginning what;
        std::uint32_t letters = 0;
        std::uint32_t mask = 0;  ///< of as many letters as there are
        [[nodiscard]] bool fits(std::uint32_t word) const noexcept { return (word & mask) == letters; }
    };
    struct lists_by_beginning {
        std::vector<std::vector<beginning>> word;
        std::vector<std::vector<prefix_beginning>> letter;
    };
    void place(const program& what, beginning begun);

    std::vector<program> programs_;
    lists_by_beginning building_;  // until `seal`
    flat_lists<beginning> by_word_;
    flat_lists<prefix_beginning> by_letter_;  // first letter of the prefix
    std::vector<language_mask> function_words_;
    std::vector<std::uint8_t> number_words_;
};

/// The language of a message, by its little words.
struct language_guess {
    language_mask likely = 0;   ///< the one with the most of them; 0 when there are too few to tell
    language_mask foreign = 0;  ///< those the message is clearly not in
};

/// `preferred` (the room's languages) wins a tie and is never foreign.
[[nodiscard]] language_guess guess_language(const token_list& words, const cue_table& cues, language_mask preferred);

}  // namespace hearth::moderation
