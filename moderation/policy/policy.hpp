// From findings to a verdict: what voice lowers, what care protects, what never goes below a person's eyes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "moderation/policy/taxonomy.hpp"
#include "moderation/rules/pack.hpp"
#include "moderation/voice/voice.hpp"

namespace hearth::moderation {

/// One match of one rule, with its voice, before policy.
struct finding {
    category_index category = 0;
    std::string_view rule;  ///< rule id; lives as long as the ruleset
    rule_voice expects = rule_voice::any;
    bool weak = false;      ///< alone it only raises the message for a person
    bool nudge = false;     ///< about its author only: tell the author, withhold nothing
    bool learned = false;   ///< the classifier's: it has read the voice already
    float probability = 0;  ///< … and is so sure of it
    voice_reading voice;
    std::size_t begin = 0;  ///< bytes of the original
    std::size_t end = 0;
};

/// A finding after its voice was weighed.
struct weighed {
    disposition action = disposition::publish;
    int severity = 0;
    bool notice = false;
    bool page = false;
    bool lowered = false;
    bool dropped = false;  ///< nothing is left of it: neither shown nor told
};

/// What the classifier makes of the whole message, beside what single rules found in it.
struct second_opinion {
    bool harmful = true;  ///< it could hurt others, and is no cry of its author's own: a rule that says so may hold it
    std::optional<category_index> leans_to{};  ///< short of that: it hurts others more likely than not, and in this way
    bool harmless = false;                     ///< it asks for nobody: a mere hint in it need not trouble a person
    bool nothing = false;                      ///< … and so surely that a plain finding of severity 3 need not either
    bool surely_nothing = false;               ///< … nor one of its author's own pain
    bool no_figure = false;                    ///< no weight, size or calories are told in it
};

/// One finding alone. `strong` tells that weak rules of its category confirm each other.
[[nodiscard]] weighed weigh(const finding& one, bool strong);

/// All findings of a message. Sorts out weak ones, shelters disclosures, picks the leading one.
[[nodiscard]] verdict decide(const std::vector<finding>& findings, const context& where,
                             const second_opinion& other = {});

/// The engine's own doubt ("engine.too_long"): a person looks, whatever else was found.
void raise_for_a_person(verdict& of, std::string_view reason, std::size_t begin, std::size_t end);

}  // namespace hearth::moderation
