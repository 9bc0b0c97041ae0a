// Words as ideas: "burden", "fardeau" and "beban" are one to the classifier, so that what it learns from one line holds for
// lines in other words and in other languages. The glossaries are data, one file per language, with the same ideas in each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "moderation/learned/hash_marks.hpp"
#include "moderation/text/fold.hpp"
#include "moderation/text/key_set.hpp"
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

    /// Memory of one thread.
    class scratch {
        friend class glossary;
        struct perhaps {
            std::uint64_t key;
            std::uint32_t word;
        };
        std::vector<perhaps> single_;       // words, and beginnings of words, that may be ideas by themselves
        std::vector<std::uint64_t> words_;  // hash of each
    };

    /// Every idea of the message in the languages it may be in, ascending by last word.
    void find(const folded& text, const token_list& words, language_mask languages, scratch& memory,
              std::vector<idea_hit>& out) const;

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(names_, numbers_, entries_, marks_, slots_, begins_, longest_prefix_);
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
    hash_marks marks_;  // of keys: most words are no idea, and that is found out here
    // Open addressing: key -> first entry of that key. A slot mostly tells by itself whether it is another's.
    struct slot {
        std::uint32_t first = 0xFFFFFFFFU;
        std::uint32_t check = 0;  ///< other bits of the key than those that say which slot
    };
    [[nodiscard]] static std::uint32_t check_of(std::uint64_t key) noexcept {
        return static_cast<std::uint32_t>(key >> 32U);
    }
    void read_single_words(const folded& text, const token_list& words, scratch& memory) const;
    void look_up_phrase(std::uint64_t before, std::string_view word, language_mask languages, std::uint32_t first,
                        std::uint32_t last, std::vector<idea_hit>& out, std::uint64_t& whole) const;

    std::vector<entry> entries_;  // ascending by key
    std::vector<slot> slots_;
    key_set begins_;                  // hashes of words that begin a longer phrase
    std::size_t longest_prefix_ = 0;  // letters before a star
};

}  // namespace hearth::moderation
