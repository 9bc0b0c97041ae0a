// The way of one message through the stages: fold, words, phrases, identifiers, numbers, voice, policy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "moderation/learned/features.hpp"
#include "moderation/learned/reading.hpp"
#include "moderation/policy/policy.hpp"
#include "moderation/rules/ruleset.hpp"
#include "moderation/signals/identifiers.hpp"
#include "moderation/signals/numbers.hpp"
#include "moderation/signals/phrases.hpp"

namespace hearth::moderation {

/// One thread's stages and their memory. `judge` wraps it; the pack checker looks inside.
class pipeline {
public:
    explicit pipeline(std::shared_ptr<const ruleset> rules);

    /// Spellings to be read as their terms from now on.
    void read_as(std::shared_ptr<const variants> accepted) { accepted_ = std::move(accepted); }
    [[nodiscard]] const std::shared_ptr<const variants>& accepted() const noexcept { return accepted_; }

    /// May throw when memory runs out; `judge` turns that into a flag.
    [[nodiscard]] verdict run(std::string_view text, const context& where);

    /// `run` in two steps, for the trainer, which brings scores of its own: rules first, …
    void read(std::string_view text, const context& where);
    /// … then the verdict, with what the classifier read (if there is one). `text` and `where` are those of `read`.
    [[nodiscard]] verdict conclude(std::string_view text, const context& where, const learned_reading* learned);

    /// The language of the last message as far as it can be told; 0: it cannot.
    [[nodiscard]] language_mask language() const noexcept { return language_.likely; }
    /// What the last run found before policy, for explanations.
    [[nodiscard]] const std::vector<finding>& findings() const noexcept { return findings_; }
    /// What the classifier sees of the last message; without the rules' findings if it is not to know them.
    [[nodiscard]] const std::vector<feature>& features(bool with_rules = true);
    /// The last message as it was compared, with its disguises undone; empty when there were none.
    [[nodiscard]] std::string_view repaired_text() const noexcept {
        return repaired_ ? std::string_view(strong_.text) : std::string_view();
    }

private:
    void judge_text(const folded& text, const token_list& words, const context& where, bool repaired);
    void find_engine_signals(std::string_view original, const context& where);
    void add_phrase(const phrase_match& match, const folded& text, const token_list& words);
    void add_identifier(const identifier& one);
    void add_figure(const figure& one);
    [[nodiscard]] verdict run_one(std::string_view text, const context& where);
    [[nodiscard]] verdict run_on(std::string_view text, const context& where, verdict alone);
    void read_alone(std::string_view text, const context& where);
    void read_before(const context& where);
    [[nodiscard]] std::vector<near_miss> near_misses();
    void add_echo(std::string_view text);
    void add_learned(const learned_reading& reading);
    [[nodiscard]] word_span telling_words(const model& learned, category_index category, std::size_t words);
    void add(finding one);

    std::shared_ptr<const ruleset> rules_;
    std::shared_ptr<const variants> accepted_ = std::make_shared<const variants>();
    phrase_finder phrases_;
    folded plain_, strong_, before_;
    token_list words_, strong_words_, before_words_;
    std::vector<repaired_range> changed_;
    std::vector<phrase_match> matches_;
    std::vector<cue_hit> cues_;
    std::vector<finding> findings_, before_findings_;
    std::vector<feature> features_;
    glossary::scratch glossary_;
    std::vector<idea_hit> ideas_;
    std::vector<float> word_weights_;
    std::string joined_;
    language_guess language_;
    bool repaired_ = false;
    bool overflown_ = false;  // more findings than are kept
    bool phrases_failed_ = false;
};

}  // namespace hearth::moderation
