// All packs compiled together: immutable, shared between threads.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "moderation/engine.hpp"
#include "moderation/learned/glossary.hpp"
#include "moderation/learned/model.hpp"
#include "moderation/rules/pack.hpp"
#include "moderation/signals/flat_lists.hpp"
#include "moderation/signals/literals.hpp"
#include "moderation/signals/needs.hpp"
#include "moderation/signals/program.hpp"
#include "moderation/text/lexicon.hpp"
#include "moderation/text/repair.hpp"
#include "moderation/voice/cue_table.hpp"

namespace hearth::moderation {

/// Needs of one pattern; need_table::nothing where there are fewer.
using need_numbers = std::array<need_table::number, max_needs>;

/// A pattern that a rule looks for beside its own.
struct compiled_guard {
    program what;
    need_numbers needs{};
    template <class A>
    void keep(A& io) {
        io(what, needs);
    }
};

struct compiled_rule {
    std::string id;
    category_index category = 0;
    rule_voice voice = rule_voice::any;
    bool weak = false;
    std::string context_topic;
    language_mask language = 0;
    std::vector<compiled_guard> unless, requires_any;
    template <class A>
    void keep(A& io) {
        io(id, category, voice, weak, context_topic, language, unless, requires_any);
    }
};

/// A pattern to try where a literal stands, and where its match may begin: so many words before the literal's last.
struct anchored_pattern {
    std::uint32_t pattern = 0;
    std::uint32_t rule = 0;  ///< the pattern's
    need_numbers needs{};    ///< the pattern's
    std::uint8_t nearest = 0;
    std::uint8_t farthest = 0;
};

class ruleset {
public:
    /// Compiles; what cannot be compiled is added to packs.problems, and the pattern left out.
    explicit ruleset(pack_set& packs);
    ruleset() = default;  ///< to be filled by `keep` and `literals`
    /// What it is made of (rules/archive.hpp), but for the compiled phrases and the classifier.
    template <class A>
    void keep(A& io) {
        io(words, rules, patterns, patterns_of, needs, cues, ideas, repairs, claims, languages, version);
    }

    [[nodiscard]] language_mask language(std::string_view name) const noexcept;

    lexicon words;
    std::vector<compiled_rule> rules;
    std::vector<program> patterns;
    std::unique_ptr<literal_set> literals;
    flat_lists<anchored_pattern> patterns_of;  ///< per literal
    need_table needs;
    cue_table cues;
    glossary ideas;
    repair_index repairs;
    claim_book claims;
    std::vector<std::string> languages;
    std::string version;
    std::shared_ptr<const model> learned;  ///< null: the rules judge alone
};

}  // namespace hearth::moderation
