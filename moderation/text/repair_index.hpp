// The words worth undoing a disguise for, findable by how a disguise leaves them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "moderation/text/key_set.hpp"
#include "moderation/text/lexicon.hpp"

namespace hearth::moderation {

class repair_index {
public:
    /// `weight`: severity of the gravest rule that names the word, 0 for words of cues only. `languages`: one bit per pack
    /// language that has the word.
    void add(std::string_view word, int weight, std::uint8_t languages = 0xFF);

    /// Rules name words that begin so.
    void add_prefix(std::string_view prefix, int weight);

    /// The known word that `disguised` stands for, or empty. Understands digits and $ @ ! | + as letters, * as any one
    /// letter, and repeated letters.
    [[nodiscard]] std::string resolve(std::string_view disguised) const;

    /// Cuts letters without spaces into known words, or gives nothing. One of them must be grave; on average they are at
    /// least `average` letters long, so that chance syllables do not count. `gaps` lets letters stand between them that
    /// are no known word.
    [[nodiscard]] std::string run_together(std::string_view letters, std::size_t average, bool gaps) const;

    /// The grave word that is one slip away (a letter left out, put in, changed or swapped) or has the same skeleton (letters
    /// doubled), or empty. Both begin alike.
    /// Only for words that no rule and no cue knows, and towards words of these languages; a slip may be chance, so what it
    /// leads to is a doubt, not a finding.
    [[nodiscard]] std::string_view near(std::string_view word, std::uint8_t languages) const;

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(words_, weights_, languages_, longest_, prefixes_, longest_prefix_, by_skeleton_, by_frame_, by_slip_);
    }

    /// To be called after the last add.
    void seal();

    /// The weight of exactly this word; -1 when unknown.
    [[nodiscard]] int weight_of(std::string_view word) const noexcept;

private:
    using number = word_id;
    [[nodiscard]] number best(std::string_view letters) const;           // no signs left: as it is, or stretched
    [[nodiscard]] number best_censored(std::string_view letters) const;  // with *
    [[nodiscard]] number same_skeleton(std::string_view word, std::uint8_t languages) const;
    [[nodiscard]] std::string by_prefix(std::string_view letters) const;  // stretched or not, begins as a rule says
    [[nodiscard]] bool begins_known(std::string_view letters, std::size_t kept) const;

    lexicon words_;
    std::vector<int> weights_;
    std::vector<std::uint8_t> languages_;
    std::size_t longest_ = 0;  // letters of the longest word: what has more, unless stretched, is none of them
    key_set prefixes_;         // hashes
    std::size_t longest_prefix_ = 0;
    std::unordered_map<std::string, number> by_skeleton_;              // repeats collapsed -> the gravest word
    std::unordered_map<std::uint32_t, std::vector<number>> by_frame_;  // first letter and length
    // Hash of a grave word with one letter left out, or whole -> the word; open addressing, for every unknown word asks.
    struct slip {
        std::uint64_t hash = 0;
        number word = no_word;
    };
    std::vector<slip> by_slip_;
};

}  // namespace hearth::moderation
