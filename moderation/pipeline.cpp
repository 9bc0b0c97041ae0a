#include "moderation/pipeline.hpp"

#include <algorithm>
#include <limits>

#include "moderation/voice/echo.hpp"
namespace hearth::moderation {
namespace {

constexpr std::size_t max_findings = 256;
constexpr std::size_t max_near_misses = 8;
constexpr int grave = 3;  // severity
constexpr double sure_together = 0.8;

void number_words(token_list& words, const cue_table& cues) {
    for (auto& one : words.tokens) {
        if (one.word != no_word && cues.number_word(one.word)) one.number = true;
    }
}

}  // namespace

pipeline::pipeline(std::shared_ptr<const ruleset> rules) : rules_(std::move(rules)), phrases_(*rules_) {}

verdict pipeline::run(std::string_view text, const context& where) {
    auto alone = run_one(text, where);
    if (alone.action != disposition::publish || where.own_before.empty() || words_.tokens.size() > longest_echo)
        return alone;
    return run_on(text, where, std::move(alone));
}

// A few words that end what their author began ("I have it all here" – "tonight"), or a sentence cut into lines.
// What the lines before say without them was judged when it was said.
verdict pipeline::run_on(std::string_view text, const context& where, verdict alone) {
    auto here = where;
    here.before = here.own_before = {};
    joined_.assign(where.own_before);
    std::replace(joined_.begin(), joined_.end(), '\n', ' ');
    const auto start = joined_.size() + 1;
    joined_.append(1, ' ').append(text);
    auto together = run_one(joined_, here);
    if (together.action == disposition::publish) return alone;
    // Any two lines can read a little like harm together: a rule must say so, or the classifier be sure.
    const bool told = std::any_of(together.signals.begin(), together.signals.end(),
                                  [](const signal& one) { return !one.rule.starts_with("model."); });
    if (!told && together.score < sure_together) return alone;
    const auto first = run_one(std::string_view(joined_).substr(0, start - 1), here);
    const bool nothing_new = first.category == together.category || first.severity > together.severity;
    if (first.action != disposition::publish && nothing_new) return alone;
    together.action = disposition::publish_and_flag;  // half of it has been read already
    together.leanings = alone.leanings;
    together.near_misses = std::move(alone.near_misses);
    for (auto& one : together.signals) {
        one.begin = std::max(one.begin, start) - start;
        one.end = std::max(one.end, start) - start;
    }
    return together;
}

verdict pipeline::run_one(std::string_view text, const context& where) {
    read(text, where);
    if (!rules_->learned || words_.tokens.empty()) return conclude(text, where, nullptr);
    const auto& learned = *rules_->learned;
    const auto reading =
        read_scores(learned.thresholds(), learned.score(features()), where.room_topic, language_.likely);
    return conclude(text, where, &reading);
}

void pipeline::read(std::string_view text, const context& where) {
    read_before(where);
    read_alone(text, where);
    add_echo(text);
}

void pipeline::read_alone(std::string_view text, const context& where) {
    findings_.clear();
    overflown_ = phrases_failed_ = false;
    fold_into(text, plain_);
    tokenize_into(plain_, rules_->words, words_);
    number_words(words_, rules_->cues);
    language_mask preferred = 0;
    for (const auto& name : where.languages) preferred |= rules_->language(name);
    language_ = guess_language(words_, rules_->cues, preferred);
    find_engine_signals(text, where);
    judge_text(plain_, words_, where, false);
    changed_.clear();
    repaired_ = repair_into(text, plain_, words_, static_cast<language_mask>(~language_.foreign), rules_->repairs,
                            *accepted_, strong_, changed_);
    if (!repaired_) return;
    tokenize_into(strong_, rules_->words, strong_words_);
    number_words(strong_words_, rules_->cues);
    auto range = changed_.begin();
    for (auto& one : strong_words_.tokens) {
        while (range != changed_.end() && range->end <= one.begin) ++range;
        one.repaired = range != changed_.end() && range->begin <= one.begin;
        one.slip = one.repaired && range->slip;
    }
    judge_text(strong_, strong_words_, where, true);
}

void pipeline::read_before(const context& where) {
    before_findings_.clear();
    before_words_.tokens.clear();
    if (where.before.empty()) return;
    read_alone(where.before, where);
    before_findings_ = findings_;
    fold_into(where.before, before_);
    tokenize_into(before_, rules_->words, before_words_);
}

void pipeline::add_echo(std::string_view text) {
    if (before_findings_.empty() || words_.tokens.size() > longest_echo) return;
    rules_->cues.find(plain_, words_, phrases_.scratch(), cues_);
    auto found = echoed(read_echo(words_, cues_, static_cast<language_mask>(~language_.foreign)), before_findings_);
    if (!found) return;
    found->begin = 0;
    found->end = text.size();
    add(std::move(*found));
}

verdict pipeline::conclude(std::string_view text, const context& where, const learned_reading* learned) {
    if (learned != nullptr && learned->flag) add_learned(*learned);
    auto result = decide(findings_, where, learned != nullptr ? learned->opinion : second_opinion{});
    if (where.before_unread) raise_for_a_person(result, "engine.before_unread", 0, text.size());
    if (plain_.invalid_utf8) raise_for_a_person(result, "engine.invalid_utf8", 0, text.size());
    if (plain_.too_long) raise_for_a_person(result, "engine.too_long", 0, text.size());
    if (overflown_) raise_for_a_person(result, "engine.too_many_findings", 0, text.size());
    if (phrases_failed_) raise_for_a_person(result, "engine.phrases_failed", 0, text.size());
    result.near_misses = near_misses();
    result.pack_version = rules_->version;
    return result;
}

// Repair has guessed at them and the rules have read the guess: this only gathers what came of it.
std::vector<near_miss> pipeline::near_misses() {
    std::vector<near_miss> all;
    if (findings_.empty() || std::none_of(changed_.begin(), changed_.end(), [](const auto& one) { return one.slip; }))
        return all;
    rules_->ideas.find(plain_, words_, std::numeric_limits<language_mask>::max(), glossary_, ideas_);
    std::uint32_t at = 0;  // both go forward
    for (const auto& range : changed_) {
        if (!range.slip || all.size() == max_near_misses) continue;
        const auto begin = strong_.begin[range.begin], end = strong_.end[range.end - 1];
        while (at < words_.tokens.size() && plain_.begin[words_.tokens[at].begin] < begin) ++at;
        if (at == words_.tokens.size()) break;
        const auto spoken = std::find_if(findings_.begin(), findings_.end(), [&](const finding& one) {
            return !one.learned && taxonomy[one.category].severity >= grave && one.begin <= begin && end <= one.end;
        });
        const bool idea = std::any_of(ideas_.begin(), ideas_.end(),
                                      [&](const idea_hit& hit) { return hit.first == at && hit.last == at + 1; });
        if (spoken == findings_.end() || idea) continue;
        all.push_back({std::string(spelling(plain_, words_.tokens[at])),
                       strong_.text.substr(range.begin, range.end - range.begin),
                       std::string(taxonomy[spoken->category].id), begin, end});
    }
    return all;
}

const std::vector<feature>& pipeline::features(bool with_rules) {
    const auto& text = repaired_ ? strong_ : plain_;
    const auto& words = repaired_ ? strong_words_ : words_;
    rules_->cues.find(text, words, phrases_.scratch(), cues_);
    rules_->ideas.find(text, words, static_cast<language_mask>(~language_.foreign), glossary_, ideas_);
    static const std::vector<finding> none;
    feature_source from{text, words, cues_, ideas_, with_rules ? findings_ : none};
    if (!before_words_.tokens.empty()) {
        from.before_text = &before_;
        from.before_words = &before_words_;
    }
    extract_features(from, features_);
    return features_;
}

void pipeline::find_engine_signals(std::string_view original, const context& where) {
    std::vector<identifier> identifiers;
    if (may_hold_identifiers(original)) identifiers = find_identifiers(original, plain_, words_, rules_->cues);
    std::vector<figure> figures;
    if (where.room_topic == "eating") figures = find_diet_figures(plain_, words_);
    if (identifiers.empty() && figures.empty()) return;
    rules_->cues.find(plain_, words_, phrases_.scratch(), cues_);
    for (const auto& one : identifiers) add_identifier(one);
    for (const auto& one : figures) add_figure(one);
}

void pipeline::judge_text(const folded& text, const token_list& words, const context& where, bool repaired) {
    matches_.clear();
    if (!phrases_.find(text, words, where.room_topic, matches_)) phrases_failed_ = true;
    if (repaired) {
        std::erase_if(matches_, [&](const phrase_match& one) {
            return std::none_of(words.tokens.begin() + one.span.first, words.tokens.begin() + one.span.last,
                                [](const token& word) { return word.repaired; });
        });
    }
    if (matches_.empty()) return;
    rules_->cues.find(text, words, phrases_.scratch(), cues_);
    for (const auto& one : matches_) add_phrase(one, text, words);
}

// A rule is heard once of the same words: by the first of its matches that its voice leaves something of.
void pipeline::add(finding one) {
    const auto known = std::find_if(findings_.begin(), findings_.end(), [&](const finding& other) {
        return other.rule == one.rule && other.begin < one.end && one.begin < other.end;
    });
    if (known != findings_.end()) {
        if (weigh(*known, false).dropped && !weigh(one, false).dropped) *known = std::move(one);
    } else if (findings_.size() < max_findings) {
        findings_.push_back(std::move(one));
    } else {
        overflown_ = true;
    }
}

}  // namespace hearth::moderation
