#include "moderation/signals/frequency.hpp"

#include <algorithm>
#include <set>

namespace hearth::moderation {

void word_frequency::add(std::string_view line, std::size_t language) {
    static const lexicon none;
    fold_into(line, text_);
    tokenize_into(text_, none, words_);
    std::set<std::string_view> once;
    for (const auto& one : words_.tokens) once.insert(spelling(text_, one));
    for (const auto word : once) {
        auto at = having_.find(word);
        if (at == having_.end()) at = having_.try_emplace(std::string(word)).first;
        at->second.resize(std::max(at->second.size(), language + 1));
        ++at->second[language];
    }
    lines_.resize(std::max(lines_.size(), language + 1));
    ++lines_[language];
}

double word_frequency::share(const std::vector<double>& lines_having) const {
    double most = 0;
    for (std::size_t i = 0; i < lines_having.size(); ++i) {
        if (lines_having[i] > 0) most = std::max(most, lines_having[i] / lines_[i]);
    }
    return most;
}

double word_frequency::of(std::string_view word) const {
    const auto found = having_.find(word);
    return found == having_.end() ? 0 : share(found->second);
}

double word_frequency::of_beginning(std::string_view letters) const {
    double all = 0;
    for (auto at = having_.lower_bound(letters); at != having_.end() && at->first.starts_with(letters); ++at)
        all += share(at->second);
    return std::min(all, 1.0);
}

}  // namespace hearth::moderation
