// Which rules match a message, and where. Vectorscan says which patterns are worth trying, their automata decide.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "moderation/rules/ruleset.hpp"

namespace hearth::moderation {

struct phrase_match {
    std::uint32_t rule = 0;  ///< index into ruleset::rules
    word_span span;
};

/// Scratch of one thread.
class phrase_finder {
public:
    explicit phrase_finder(const ruleset& rules);

    /// Appends the matches in `text` to `out`, at most eight per rule. False when the scan failed: the caller must say so.
    [[nodiscard]] bool find(const folded& text, const token_list& words, std::string_view room_topic,
                            std::vector<phrase_match>& out);

    [[nodiscard]] program_scratch& scratch() noexcept { return programs_; }

private:
    struct pattern_progress {
        std::uint32_t message = 0;     // stamp: the fields below belong to this message
        std::uint32_t next_start = 0;  // word starts below this were tried
    };
    struct rule_progress {
        std::uint32_t message = 0;
        std::uint32_t matches = 0;
        std::uint32_t guarded_sentence = 0xFFFFFFFFU;  // the last one whose guards were looked at …
        bool allowed = false;                          // … and what they said
    };
    void try_pattern(std::uint32_t index, std::uint32_t at, const folded& text, const token_list& words,
                     std::string_view room_topic, std::vector<phrase_match>& out);
    [[nodiscard]] bool allowed(const compiled_rule& rule, std::uint32_t sentence, const folded& text,
                               const token_list& words);

    const ruleset& rules_;
    literal_set::scratch memory_;
    program_scratch programs_;
    std::vector<literal_set::hit> hits_;
    std::vector<pattern_progress> tried_;
    std::vector<rule_progress> rule_progress_;
    std::uint32_t message_ = 0;
};

}  // namespace hearth::moderation
