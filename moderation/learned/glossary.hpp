// Words as ideas: "burden", "fardeau" and "beban" are one to the classifier, so that what it learns from one line holds for
// lines in other words and in other languages. The glossaries are data, one file per language, with the same ideas in each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "moderation/text/fold.hpp"
#include "moderation/text/tokens.hpp"
#include "moderation/voice/cue_table.hpp"

namespace hearth::moderation {

using idea = std::uint16_t;

/// An idea where it stands in a message.
struct idea_hit {
    idea what = 0;
    std::uint32_t first = 0;  ///< token index
    std::uint32_t last = 0;   ///< one past
};

class glossary {
public:
    /// `word*` stands for every word that begins so. Phrases of more than three words are left out: false.
    bool add(std::string_view name, std::string_view phrase, language_mask language);
    /// Called once, after the last add.
    void seal();

    /// Every idea of the message in the languages it may be in, ascending by last word.
    void find(const folded& text, const token_list& words, language_mask languages, std::vector<idea_hit>& out) const;

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(names_, numbers_, entries_, slots_, begins_, longest_prefix_);
    }

    [[nodiscard]] std::size_t ideas() const noexcept { return names_.size(); }
    [[nodiscard]] const std::string& name(idea which) const { return names_[which]; }

private:
    struct entry {
        std::uint64_t key = 0;  ///< hash of its words; another one for `word*`
        idea what = 0;
        language_mask languages = 0;
    };
    void look_up(std::uint64_t key, language_mask languages, std::uint32_t first, std::uint32_t last,
                 std::vector<idea_hit>& out) const;

    std::vector<std::string> names_;
    std::unordered_map<std::string, idea> numbers_;
    std::vector<entry> entries_;                // ascending by key
    std::vector<std::uint32_t> slots_;          // open addressing: key -> first entry of that key
    std::unordered_set<std::uint64_t> begins_;  // hashes of words that begin a longer phrase
    std::size_t longest_prefix_ = 0;            // letters before a star
};

}  // namespace hearth::moderation
