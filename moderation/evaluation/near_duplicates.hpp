// Finds lines of a corpus that say almost the same in the same words: they teach nothing and make figures look better.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace hearth::moderation {

struct near_pair {
    std::size_t first = 0;   ///< index of the earlier line
    std::size_t second = 0;  ///< index of the later one
    double alike = 0;        ///< shared runs of three words among all of both, 0 to 1 (Jaccard)
};

/// Two lines are near when they share `alike` of their runs of three words; lines of fewer than four words, when they are
/// equal. Case, accents and punctuation do not count. Linear for lines that share little.
[[nodiscard]] std::vector<near_pair> find_near_duplicates(const std::vector<std::string>& lines, double alike);

}  // namespace hearth::moderation
