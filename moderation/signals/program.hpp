// A pattern made runnable: an automaton over words whose states are the pattern's own words (Glushkov's construction),
// so that no step of it is empty and a match knows which words it was only allowed to skip.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
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
        std::uint16_t position;
        std::uint64_t skipped;
    };
    std::vector<thread> now, next;
    std::vector<std::uint32_t> seen;  // per position: stamp of the step that reached it
    std::uint32_t stamp = 0;
};

class program {
public:
    /// Throws pattern_fault when the pattern has too many words for one automaton.
    program(const pattern_node& root, lexicon& words);
    program() = default;  ///< to be filled by `keep`
    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(positions_, sets_, set_of_, first_set_, accepts_, longest_, starts_, seconds_, one_word_);
    }

    /// Quick: false when no match can begin with this word.
    [[nodiscard]] bool may_start(const token& word) const noexcept { return starts_.may_hold(word); }
    /// Quick: false when no match can have this word as its second.
    [[nodiscard]] bool may_go_on(const token& word) const noexcept { return seconds_.may_hold(word); }

    /// Quick: false when no match can begin at word `start` and stay below `limit`.
    [[nodiscard]] bool may_match(const std::vector<token>& tokens, std::uint32_t start,
                                 std::uint32_t limit) const noexcept {
        return may_start(tokens[start]) && (one_word_ || (start + 1 < limit && may_go_on(tokens[start + 1])));
    }

    /// Reads ahead what `may_match` reads, and then what `match` reads first: of all programs together they are larger than
    /// the caches, and most messages come when others have used those.
    void fetch() const noexcept {
        __builtin_prefetch(this);
        __builtin_prefetch(&starts_);
        __builtin_prefetch(&seconds_);
        __builtin_prefetch(&one_word_);
    }
    void fetch_first_set() const noexcept {
        __builtin_prefetch(sets_.data() + first_set_);
        __builtin_prefetch(set_of_.data());
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
    /// First letters of the prefixes it may begin with; a digit for numbers.
    [[nodiscard]] std::string first_letters() const;

private:
    struct position {
        pattern_node::type kind = pattern_node::type::word;
        word_id word = no_word;
        std::string text;  // prefix, or a number's unit
        template <class A>
        void keep(A& io) {
            io(kind, word, text);
        }
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
        pattern_node::type kind;
        char first_letter;  // of a prefix
    };
    // Positions that may come next, words sorted by their number so that a step is a binary search.
    struct follow_set {
        std::vector<word_step> words;
        std::vector<other_step> others;
        template <class A>
        void keep(A& io) {
            io(words, others);
        }
    };
    // Words hashed to 256 bits: says no for sure, yes perhaps.
    struct word_filter {
        std::array<std::uint64_t, 4> bits{};
        bool anything = false;  // a prefix, a number or a gap
        void add(word_id word) noexcept { bits[(word >> 6U) & 3U] |= std::uint64_t{1} << (word & 63U); }
        [[nodiscard]] bool may_hold(const token& one) const noexcept {
            return anything || (one.word != no_word && ((bits[(one.word >> 6U) & 3U] >> (one.word & 63U)) & 1U) != 0);
        }
    };
    void filter(const follow_set& from, word_filter& into) const;
    struct part;  // first and last positions of a subtree
    part build(const pattern_node& node, lexicon& words);
    part number(const pattern_node& node);
    part add(position one);
    void connect(const part& left, const part& right);
    [[nodiscard]] bool fits(const other_step& one, const folded& text, const token& word) const;
    void step(const follow_set& from, const folded& text, const token& word, std::uint64_t skipped,
              std::uint32_t offset, program_scratch& scratch) const;

    std::vector<position> positions_;
    std::vector<std::vector<std::uint16_t>> follow_;  // while building
    std::vector<follow_set> sets_;
    std::vector<std::uint16_t> set_of_;  // per position
    std::uint16_t first_set_ = 0;
    std::vector<bool> accepts_;
    std::uint32_t longest_ = 0;
    word_filter starts_, seconds_;
    bool one_word_ = false;  // a match may be one word long
};

}  // namespace hearth::moderation
