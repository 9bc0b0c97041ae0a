// Spellings that a person has said stand for a known term. The packs stay as they are written; this is what a house has
// learned beside them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

namespace hearth::moderation {

/// Made once, then shared between threads as it is; a further variant makes a new table.
class variants {
public:
    /// Both folded words. The packs go first: of a word that they know, a variant says nothing.
    void add(std::string word, std::string term) { terms_.insert_or_assign(std::move(word), std::move(term)); }
    /// The term that the word stands for, or empty.
    [[nodiscard]] std::string_view find(const std::string& word) const {
        const auto found = terms_.find(word);
        return found == terms_.end() ? std::string_view() : std::string_view(found->second);
    }
    [[nodiscard]] bool empty() const noexcept { return terms_.empty(); }

private:
    std::unordered_map<std::string, std::string> terms_;
};

}  // namespace hearth::moderation
