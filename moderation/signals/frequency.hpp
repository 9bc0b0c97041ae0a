// How often words stand in ordinary lines: what is rare there tells patterns apart.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/text/fold.hpp"
#include "moderation/text/tokens.hpp"

namespace hearth::moderation {

/// Shares of lines, 0 to 1. Of several languages the one where a word is most frequent counts, since every pattern meets the
/// lines of all.
class word_frequency {
public:
    /// Counts each word of an ordinary line once; `language` is a number that the caller chooses, from 0.
    void add(std::string_view line, std::size_t language);

    /// Of lines that hold this word.
    [[nodiscard]] double of(std::string_view word) const;
    /// At most, of lines that hold a word that begins so.
    [[nodiscard]] double of_beginning(std::string_view letters) const;

private:
    [[nodiscard]] double share(const std::vector<double>& lines_having) const;

    std::vector<double> lines_;                                       // per language
    std::map<std::string, std::vector<double>, std::less<>> having_;  // the same, of lines that hold the word
    folded text_;
    token_list words_;
};

}  // namespace hearth::moderation
