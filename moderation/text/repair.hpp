// Undoes evasions word by word: th1nspo, p r o - a n a, suuuicide, k*ll, look-alike letters. A repaired word is always one
// that rules name, so that ordinary text with digits and signs in it stays what it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "moderation/text/fold.hpp"
#include "moderation/text/lexicon.hpp"
#include "moderation/text/tokens.hpp"

namespace hearth::moderation {

/// The words of all rules by their skeleton: repeats collapsed, so that a stretched word finds them.
class repair_index {
public:
    /// Words of rules only; cues are never a disguise worth undoing. `weight` prefers the graver of two candidates.
    void add(std::string_view word, int weight);

    /// The rule word that `disguised` stands for, or empty. Letters, digits and the signs $ @ ! | + * are understood.
    [[nodiscard]] std::string_view resolve(std::string_view disguised) const;

    /// A rule word spelled exactly so.
    [[nodiscard]] bool knows(std::string_view word) const noexcept { return exact_.find(word) != no_word; }

private:
    struct word {
        std::string text;
        int weight = 0;
    };
    [[nodiscard]] const word* best_for_skeleton(std::string_view letters) const;
    [[nodiscard]] const word* best_for_gaps(std::string_view letters) const;

    lexicon exact_;
    std::vector<word> words_;                                           // by number in exact_
    std::unordered_map<std::string, std::uint32_t> by_skeleton_;        // the gravest word of that skeleton
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_frame_;  // first letter and length, for censored words
};

/// Writes the text as it reads without its disguises into `out`, whose offsets still lead to the original. False when
/// there is nothing to undo. `plain` holds the folded original. `changed` gets the folded ranges [begin, end) of what was undone.
struct repaired_range {
    std::uint32_t begin;
    std::uint32_t end;
};
[[nodiscard]] bool repair_into(std::string_view original, const folded& plain, const token_list& words, const repair_index& index,
                               folded& out, std::vector<repaired_range>& changed);

}  // namespace hearth::moderation
