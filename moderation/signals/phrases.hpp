// Which rules match a message, and where. Vectorscan says which patterns are worth trying, their automata decide.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
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
        std::uint32_t at = 0;          // the anchor's word …
        std::uint64_t tried = 0;       // … and the words before it that were tried as a start: bit n is word at - n
        std::uint32_t next_start = 0;  // no match may begin within one before it

        // Hits come in the order of the text. A match has at most 60 words, so those that fall out are out of reach.
        void forward(std::uint32_t to) noexcept {
            tried = to - at < 64 ? tried << (to - at) : 0;
            at = to;
        }
        [[nodiscard]] bool first_time(std::uint32_t back) noexcept {
            const auto bit = std::uint64_t{1} << back;
            return (std::exchange(tried, tried | bit) & bit) == 0;
        }
    };
    struct rule_progress {
        std::uint32_t message = 0;
        std::uint32_t matches = 0;
        std::uint32_t guarded_sentence = 0xFFFFFFFFU;  // the last one whose guards were looked at …
        bool allowed = false;                          // … and what they said
        bool looked_for = false;                       // whether `required` was found out
        bool required = false;                         // the message holds what the rule requires of it
    };
    struct worth_trying {
        const anchored_pattern* what;
        std::uint32_t at;  // the anchor's word
    };
    void gather_worth_trying(const token_list& words);
    void try_pattern(const anchored_pattern& anchored, std::uint32_t at, const folded& text, const token_list& words,
                     std::string_view room_topic, std::vector<phrase_match>& out);
    bool match_at(const anchored_pattern& anchored, std::uint32_t start, pattern_progress& tried, const folded& text,
                  const token_list& words, std::string_view room_topic, std::vector<phrase_match>& out);
    [[nodiscard]] bool meets(const need_numbers& needs) const noexcept {
        bool all = true;  // looked at whole: where it would stop cannot be foreseen
        for (const auto which : needs) all &= met_.has(which);
        return all;
    }
    [[nodiscard]] bool stands_in(const compiled_guard& one, const sentence& where, const folded& text,
                                 const token_list& words);
    [[nodiscard]] bool guarded(const compiled_rule& rule, const sentence& where, const folded& text,
                               const token_list& words);
    [[nodiscard]] bool requirements_met(const compiled_rule& rule, const folded& text, const token_list& words);

    const ruleset& rules_;
    literal_set::scratch memory_;
    program_scratch programs_;
    std::vector<literal_set::hit> hits_;
    std::vector<worth_trying> worth_trying_;
    met_needs met_;
    std::vector<pattern_progress> tried_;
    std::vector<rule_progress> rule_progress_;
    std::uint32_t message_ = 0;
};

}  // namespace hearth::moderation
