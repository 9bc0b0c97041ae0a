// What packs say, as entries that people can read and compare: a rule, a claim, a language's voice and ideas.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "moderation/rules/pack.hpp"

namespace hearth::moderation {

struct pack_entry {
    using field = std::pair<std::string, std::vector<std::string>>;

    std::string id;  ///< the rule's or claim's; "voice" and "ideas" for what a language has once
    std::string language;
    std::string file;
    std::uint32_t line = 0;     ///< 0: the whole file
    std::vector<field> fields;  ///< as in the file; "{name}" holds a word list that the patterns use
};

/// In the packs' order. A claim is one entry per language, with its card's words.
[[nodiscard]] std::vector<pack_entry> describe(const pack_set& packs);

struct pack_change {
    enum class kind : std::uint8_t { added, removed, changed };

    kind what = kind::changed;
    pack_entry entry;                  ///< as it is now; of a removed one, as it was
    std::vector<std::string> details;  ///< of a changed one, a line each: "patterns + want to go", "voice: self -> you"
};

/// What leads from one set to another, by id and language. Where something stands in its file is no change.
[[nodiscard]] std::vector<pack_change> difference(const pack_set& from, const pack_set& to);

}  // namespace hearth::moderation
