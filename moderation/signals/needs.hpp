// What a pattern cannot match without: sets of words of which the message must hold one each. Where an anchor stands but
// the rest of the pattern does not, this tells so before the pattern is tried.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

/// The most telling needs of a pattern, best first. A part that may be left out, a prefix or a gap needs nothing; nor
/// does one that little words (`common`) could meet, for they stand everywhere.
[[nodiscard]] std::vector<need> needs_of(const pattern_node& root, const std::function<bool(std::string_view)>& common);

/// What one message meets: a bit per need.
class met_needs {
public:
    void clear(std::size_t needs) { bits_.assign((needs + 63) / 64, 0); }
    void add(std::uint32_t which) noexcept { bits_[which / 64] |= std::uint64_t{1} << (which % 64); }
    [[nodiscard]] bool has(std::uint32_t which) const noexcept {
        return ((bits_[which / 64] >> (which % 64)) & 1U) != 0;
    }

private:
    std::vector<std::uint64_t> bits_;
};

/// Numbers for the needs of all patterns; equal ones are one. Immutable once sealed.
class need_table {
public:
    using number = std::uint32_t;
    static constexpr number nothing = 0;  ///< met by every message

    number add(const need& one, lexicon& words);
    /// Called once, after the last add.
    void seal();

    /// What this message meets, into `met`.
    void find(const token_list& words, met_needs& met) const;

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(by_word_, by_number_, count_);
    }

private:
    std::map<need, number> numbers_;             // while building …
    std::vector<std::vector<number>> by_words_;  // … and then in one piece:
    flat_lists<number> by_word_;
    std::vector<number> by_number_;
    std::uint32_t count_ = nothing + 1;
};

}  // namespace hearth::moderation
