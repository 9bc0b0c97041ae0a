// What a pattern cannot match without: sets of words of which the message must hold one each. Where an anchor stands but
// the rest of the pattern does not, this tells so before the pattern is tried.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "moderation/signals/anchors.hpp"
#include "moderation/signals/flat_lists.hpp"
#include "moderation/signals/pattern.hpp"
#include "moderation/text/lexicon.hpp"
#include "moderation/text/tokens.hpp"

namespace hearth::moderation {

/// One of these words, or any number where `number` is set.
struct need {
    std::vector<std::string> words;  ///< ascending
    bool number = false;
    friend bool operator<(const need& a, const need& b) { return a.number != b.number ? b.number : a.words < b.words; }
};

inline constexpr std::size_t max_needs = 3;  ///< of one pattern

/// The needs of a pattern that the fewest ordinary lines meet, best first. A part that may be left out, a prefix or a gap needs
/// nothing. What every one of the anchors meets that were `found` is left out: it is asked of messages that hold one.
[[nodiscard]] std::vector<need> needs_of(const pattern_node& root, const std::vector<anchor>& found,
                                         const word_frequency& frequency);

/// The words of one message: a bit for each word that rules and cues name, and one for numbers.
class named_words {
public:
    using bit = std::uint32_t;
    static constexpr bit number = 0;
    [[nodiscard]] static bit of(word_id word) noexcept { return word + 1; }

    /// Forgets the message before; `all`: how many words there are.
    void read(const token_list& words, std::size_t all);
    [[nodiscard]] bool has(bit which) const noexcept { return ((bits_[which / 64] >> (which % 64)) & 1U) != 0; }

private:
    void add(bit which);
    std::vector<std::uint64_t> bits_;
    std::vector<bit> set_;
};

/// The needs of all patterns, each as a number; equal ones are one. Immutable once sealed.
class need_table {
public:
    using number = std::uint32_t;
    static constexpr number nothing = 0;  ///< met by every message

    number add(const need& one, lexicon& words);
    /// Called once, after the last add.
    void seal();

    /// Whether a message of these words meets it, which must not be `nothing`.
    [[nodiscard]] bool met(number which, const named_words& by) const noexcept {
        const auto any_of = met_by_[which];
        return std::any_of(any_of.begin(), any_of.end(), [&](named_words::bit one) { return by.has(one); });
    }
    /// Reads ahead where `met` looks, and then what it reads there.
    void fetch_start(number which) const noexcept { met_by_.fetch_start(which); }
    void fetch_words(number which) const noexcept { met_by_.fetch_items(which); }

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(met_by_);
    }

private:
    std::map<need, number> numbers_;                    // while building …
    std::vector<std::vector<named_words::bit>> lists_;  // … and then in one piece:
    flat_lists<named_words::bit> met_by_;
};

}  // namespace hearth::moderation
