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

    /// Appends the matches in `text` to `out`, ascending by first word, at most eight per rule. Of one pattern none overlap:
    /// the one that begins first counts. False when the scan failed: the caller must say so.
    [[nodiscard]] bool find(const folded& text, const token_list& words, std::string_view room_topic,
                            std::vector<phrase_match>& out);

    [[nodiscard]] program_scratch& scratch() noexcept { return programs_; }

private:
    struct pattern_progress {
        std::uint32_t message = 0;     // stamp: the fields below belong to this message
        std::uint32_t at = 0;          // the anchor's word …
        std::uint64_t noted = 0;       // … and the words before it that were noted as a start: bit n is word at - n
        std::uint32_t next_start = 0;  // no match may begin within one before it

        // Hits come in the order of the text. A match has at most 60 words, so those that fall out are out of reach.
        void forward(std::uint32_t to) noexcept {
            noted = to - at < 64 ? noted << (to - at) : 0;
            at = to;
        }
        [[nodiscard]] bool first_time(std::uint32_t back) noexcept {
            const auto bit = std::uint64_t{1} << back;
            return (std::exchange(noted, noted | bit) & bit) == 0;
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
    struct anchored_word {
        const anchored_pattern* what;
        std::uint32_t at;  // the anchor's word
    };
    // A pattern whose anchor and needs stand in the message, and a word that it may begin with.
    struct possible_match {
        std::uint32_t start;
        std::uint32_t pattern;
        std::uint32_t rule;
        friend bool operator<(const possible_match& a, const possible_match& b) noexcept {
            return a.start != b.start ? a.start < b.start : a.pattern < b.pattern;
        }
    };
    void note_anchored(const token_list& words);
    void drop_unmet();
    void note_possible_matches(const token_list& words);
    void try_match(const possible_match& possible, const folded& text, const token_list& words,
                   std::string_view room_topic, std::vector<phrase_match>& out);
    [[nodiscard]] bool meets(const need_numbers& needs) const noexcept {
        return std::all_of(needs.begin(), needs.end(), [&](need_table::number which) {
            return which == need_table::nothing || rules_.needs.met(which, named_);
        });
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
    std::vector<anchored_word> anchored_;
    std::vector<possible_match> possible_;
    named_words named_;
    std::vector<pattern_progress> tried_;
    std::vector<rule_progress> rule_progress_;
    std::uint32_t message_ = 0;
};

}  // namespace hearth::moderation
