#include "moderation/pipeline.hpp"

#include <algorithm>
#include <exception>

namespace hearth::moderation {
namespace {

constexpr std::size_t max_findings = 256;

void number_words(token_list& words, const cue_table& cues) {
    for (auto& one : words.tokens) {
        if (one.word != no_word && cues.number_word(one.word)) one.number = true;
    }
}

}  // namespace

pipeline::pipeline(std::shared_ptr<const ruleset> rules) : rules_(std::move(rules)), phrases_(*rules_) {}

verdict pipeline::run(std::string_view text, const context& where) {
    findings_.clear();
    verdict doubts;
    fold_into(text, plain_);
    tokenize_into(plain_, rules_->words, words_);
    number_words(words_, rules_->cues);
    judge_text(plain_, words_, where, false, doubts);
    changed_.clear();
    repaired_ = repair_into(text, plain_, words_, rules_->repairs, strong_, changed_);
    if (repaired_) {
        tokenize_into(strong_, rules_->words, strong_words_);
        number_words(strong_words_, rules_->cues);
        auto range = changed_.begin();
        for (auto& one : strong_words_.tokens) {
            while (range != changed_.end() && range->end <= one.begin) ++range;
            one.repaired = range != changed_.end() && range->begin <= one.begin;
        }
        judge_text(strong_, strong_words_, where, true, doubts);
    }
    auto result = decide(findings_, where);
    if (plain_.invalid_utf8) raise_for_a_person(result, "engine.invalid_utf8", 0, text.size());
    if (plain_.too_long) raise_for_a_person(result, "engine.too_long", max_folded_bytes, text.size());
    for (const auto& one : doubts.signals) raise_for_a_person(result, one.rule, 0, text.size());
    result.pack_version = rules_->version;
    return result;
}

void pipeline::judge_text(const folded& text, const token_list& words, const context& where, bool repaired, verdict& doubts) {
    matches_.clear();
    if (!phrases_.find(text, words, where.room_topic, matches_)) raise_for_a_person(doubts, "engine.phrases_failed", 0, 0);
    if (repaired) {
        std::erase_if(matches_, [&](const phrase_match& one) {
            return std::none_of(words.tokens.begin() + one.span.first, words.tokens.begin() + one.span.last,
                                [](const token& word) { return word.repaired; });
        });
    }
    if (matches_.empty()) return;
    language_mask preferred = 0;
    for (const auto& name : where.languages) preferred |= rules_->language(name);
    const auto guessed = guess_language(words, rules_->cues, preferred);
    rules_->cues.find(text, words, phrases_.scratch(), cues_);
    for (const auto& one : matches_) {
        if (findings_.size() >= max_findings) {
            raise_for_a_person(doubts, "engine.too_many_findings", 0, 0);
            break;
        }
        add_finding(one, text, words, cues_, guessed);
    }
}

void pipeline::add_finding(const phrase_match& match, const folded& text, const token_list& words, const std::vector<cue_hit>& cues,
                           language_mask languages) {
    const auto& rule = rules_->rules[match.rule];
    finding found;
    found.category = rule.category;
    found.rule = rule.id;
    found.expects = rule.voice;
    found.weak = rule.weak;
    found.voice = read_voice({words, cues, static_cast<language_mask>(rule.language | languages)}, match.span, rule.voice);
    found.begin = text.begin[words.tokens[match.span.first].begin];
    found.end = text.end[words.tokens[match.span.last - 1].end - 1];
    const bool known = std::any_of(findings_.begin(), findings_.end(), [&](const finding& one) {
        return one.rule == found.rule && one.begin < found.end && found.begin < one.end;
    });
    if (!known) findings_.push_back(std::move(found));
}

}  // namespace hearth::moderation
