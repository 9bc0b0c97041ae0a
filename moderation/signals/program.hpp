// A pattern made runnable: an automaton over words whose states are the pattern's own words (Glushkov's construction),
// so that no step of it is empty and a match knows which words it was only allowed to skip.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/signals/pattern.hpp"
#include "moderation/text/lexicon.hpp"
#include "moderation/text/tokens.hpp"

namespace hearth::moderation {

/// Words `first` up to and without `last` matched; bit n of `skipped` says that word first+n fell into a gap.
struct word_span {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint64_t skipped = 0;
};

/// What a run needs besides the pattern; one per thread, reused.
struct program_scratch {
    struct thread {
        std::uint16_t next_set;
        bool accepts;
        std::uint64_t skipped;
    };
    std::vector<thread> now, next;
    std::vector<std::uint32_t> seen;  // per position: stamp of the step that reached it
    std::uint32_t stamp = 0;
};

/// Of all programs together the memory is larger than the caches, and most messages come when others have used those. So
/// what is asked first of a program, and mostly last, is the one line of memory at its beginning; the rest is flat.
class alignas(64) program {
public:
    /// Throws pattern_fault when the pattern has too many words for one automaton.
    program(const pattern_node& root, lexicon& words);
    program() = default;  ///< to be filled by `keep`
    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(starts_, seconds_, positions_, sets_, words_, others_, texts_, longest_, first_set_, one_word_);
    }

    /// Quick: false when no match can begin at word `start` and stay below `limit`.
    [[nodiscard]] bool may_match(const std::vector<token>& tokens, std::uint32_t start,
                                 std::uint32_t limit) const noexcept {
        return starts_.may_hold(tokens[start].mark) &&
               ((start + 1 < limit && seconds_.may_hold(tokens[start + 1].mark)) || one_word_);
    }

    /// Reads ahead what `may_match` reads, and then the rest of the program itself.
    void fetch() const noexcept { __builtin_prefetch(this); }
    void fetch_rest() const noexcept {
        __builtin_prefetch(&positions_);
        __builtin_prefetch(&one_word_);
    }

    /// The longest match that begins at word `start` and stays below word `limit`. Worth asking where `may_match` says so.
    [[nodiscard]] std::optional<word_span> match(const folded& text, const std::vector<token>& tokens,
                                                 std::uint32_t start, std::uint32_t limit,
                                                 program_scratch& scratch) const;

    /// The first match that begins in [from, until).
    [[nodiscard]] std::optional<word_span> search(const folded& text, const std::vector<token>& tokens,
                                                  std::uint32_t from, std::uint32_t until,
                                                  program_scratch& scratch) const;

    /// The most words a match can have.
    [[nodiscard]] std::uint32_t longest() const noexcept { return longest_; }

    /// Words that may come first, for an index.
    [[nodiscard]] std::vector<word_id> first_words() const;
    /// What may come second; anything where a match may be one word long.
    [[nodiscard]] word_bits::in_short second_words() const noexcept {
        return one_word_ ? word_bits::in_short(~std::uint64_t{0}) : seconds_.shortened();
    }
    /// What may come after this word where it comes first; anything where a match may be this word alone.
    [[nodiscard]] word_bits::in_short second_words(word_id first) const noexcept;
    /// The prefixes it may begin with; an empty one where it may begin with a number.
    [[nodiscard]] std::vector<std::string_view> first_prefixes() const;

private:
    using type = pattern_node::type;
    struct position {
        std::uint16_t next_set;
        bool gap;
        bool accepts;
    };
    struct word_step {
        word_id word;
        std::uint16_t position;
        friend bool operator<(const word_step& a, const word_step& b) noexcept {
            return a.word != b.word ? a.word < b.word : a.position < b.position;
        }
    };
    // A position that is no plain word, with what rules most words out at once.
    struct other_step {
        std::uint16_t position;
        std::uint16_t text;  // which of `texts_`: a prefix, or a number's unit
        type kind;
        char first_letter;  // of a prefix
    };
    // Positions that may come next: stretches of `words_`, sorted by their number so that a step is a binary search, and of
    // `others_`.
    struct follow_set {
        std::uint32_t words, words_end, others, others_end;
    };
    struct building;
    struct part;  // first and last positions of a subtree
    void add_set(const building& made, const std::vector<std::uint16_t>& members);
    void filter(const follow_set& from, word_bits& into) const;
    [[nodiscard]] bool fits(const other_step& one, const folded& text, const token& word) const;
    [[nodiscard]] static const word_step* from_word(const word_step* at, const word_step* end, word_id word) noexcept;
    void step(const follow_set& from, const folded& text, const token& word, std::uint64_t skipped,
              std::uint32_t offset, program_scratch& scratch) const;

    word_bits starts_, seconds_;
    std::vector<position> positions_;
    std::vector<follow_set> sets_;
    std::vector<word_step> words_;
    std::vector<other_step> others_;
    std::vector<std::string> texts_;
    std::uint32_t longest_ = 0;
    std::uint16_t first_set_ = 0;
    bool one_word_ = false;  // a match may be one word long
};

}  // namespace hearth::moderation
