#include "moderation/signals/phrases.hpp"

#include <algorithm>

namespace hearth::moderation {
namespace {

constexpr std::uint32_t max_matches_per_rule = 8;

// The word that holds the byte before `end`, or ends there.
std::uint32_t word_at(const token_list& words, std::uint32_t end) {
    const auto after = std::upper_bound(words.tokens.begin(), words.tokens.end(), end - 1,
                                        [](std::uint32_t byte, const token& one) { return byte < one.begin; });
    return static_cast<std::uint32_t>(after - words.tokens.begin()) - 1;
}

}  // namespace

phrase_finder::phrase_finder(const ruleset& rules)
    : rules_(rules), memory_(*rules.literals), tried_(rules.patterns.size()), rule_progress_(rules.rules.size()) {}

bool phrase_finder::find(const folded& text, const token_list& words, std::string_view room_topic,
                         std::vector<phrase_match>& out) {
    if (words.tokens.empty()) return true;
    if (!rules_.literals->scan(text.text, memory_, hits_)) return false;
    if (++message_ == 0) {
        std::fill(tried_.begin(), tried_.end(), pattern_progress{});
        std::fill(rule_progress_.begin(), rule_progress_.end(), rule_progress{});
        message_ = 1;
    }
    if (hits_.empty()) return true;
    for (const auto& hit : hits_) rules_.patterns_of.fetch_start(hit.literal);
    named_.read(words, rules_.words.size());
    note_anchored(words);
    drop_unmet();
    note_possible_matches(words);
    // Which anchor led to a match must not matter to which of two that overlap is found.
    std::sort(possible_.begin(), possible_.end());
    for (const auto& one : possible_) try_match(one, text, words, room_topic, out);
    return true;
}

// The patterns that have an anchor in the message, and what they need on its way.
void phrase_finder::note_anchored(const token_list& words) {
    anchored_.clear();
    for (const auto& hit : hits_) rules_.patterns_of.fetch_items(hit.literal);
    for (const auto& hit : hits_) {
        const auto at = word_at(words, hit.end);
        const auto before = at - words.sentences[words.tokens[at].sentence].first;
        for (const auto& anchored : rules_.patterns_of[hit.literal]) {
            if (before < anchored.nearest) continue;
            rules_.needs.fetch_start(anchored.needs.front());
            anchored_.push_back({&anchored, at});
        }
    }
}

// Most of them, on most messages. What is left is fetched.
void phrase_finder::drop_unmet() {
    for (const auto& one : anchored_) rules_.needs.fetch_words(one.what->needs.front());
    std::erase_if(anchored_, [&](const anchored_word& one) { return !meets(one.what->needs); });
    for (const auto& one : anchored_) {
        rules_.patterns[one.what->pattern].fetch();
        __builtin_prefetch(&tried_[one.what->pattern]);
    }
}

// Where they may begin. Each such word once, whichever of a pattern's anchors it was found by.
void phrase_finder::note_possible_matches(const token_list& words) {
    possible_.clear();
    for (const auto& [anchored, at] : anchored_) {
        const auto& sentence = words.sentences[words.tokens[at].sentence];
        const auto& pattern = rules_.patterns[anchored->pattern];
        auto& progress = tried_[anchored->pattern];
        if (progress.message != message_) progress = {message_, at, 0, 0};
        progress.forward(at);
        const auto farthest = std::min<std::uint32_t>(at - sentence.first, anchored->farthest);
        for (auto back = farthest + 1; back-- > anchored->nearest;) {
            if (!progress.first_time(back) || !pattern.may_match(words.tokens, at - back, sentence.last)) continue;
            pattern.fetch_rest();
            possible_.push_back({at - back, anchored->pattern, anchored->rule});
        }
    }
}

void phrase_finder::try_match(const possible_match& possible, const folded& text, const token_list& words,
                              std::string_view room_topic, std::vector<phrase_match>& out) {
    auto& tried = tried_[possible.pattern];
    if (possible.start < tried.next_start) return;
    const auto& rule = rules_.rules[possible.rule];
    if (!rule.context_topic.empty() && rule.context_topic != room_topic) return;
    auto& progress = rule_progress_[possible.rule];
    if (progress.message != message_) progress = {message_, 0, 0xFFFFFFFFU, false, false, false};
    if (progress.matches >= max_matches_per_rule) return;
    const auto number = words.tokens[possible.start].sentence;
    const auto span = rules_.patterns[possible.pattern].match(text, words.tokens, possible.start,
                                                              words.sentences[number].last, programs_);
    if (!span) return;
    tried.next_start = span->last;
    if (progress.guarded_sentence != number) {
        progress.guarded_sentence = number;
        if (!std::exchange(progress.looked_for, true)) progress.required = requirements_met(rule, text, words);
        progress.allowed = progress.required && !guarded(rule, words.sentences[number], text, words);
    }
    if (!progress.allowed) return;
    out.push_back({possible.rule, *span});
    ++progress.matches;
}

bool phrase_finder::stands_in(const compiled_guard& one, const sentence& where, const folded& text,
                              const token_list& words) {
    return meets(one.needs) && one.what.search(text, words.tokens, where.first, where.last, programs_).has_value();
}

bool phrase_finder::guarded(const compiled_rule& rule, const sentence& where, const folded& text,
                            const token_list& words) {
    return std::any_of(rule.unless.begin(), rule.unless.end(),
                       [&](const compiled_guard& one) { return stands_in(one, where, text, words); });
}

bool phrase_finder::requirements_met(const compiled_rule& rule, const folded& text, const token_list& words) {
    if (rule.requires_any.empty()) return true;
    return std::any_of(rule.requires_any.begin(), rule.requires_any.end(), [&](const compiled_guard& one) {
        return std::any_of(words.sentences.begin(), words.sentences.end(),
                           [&](const sentence& where) { return stands_in(one, where, text, words); });
    });
}

}  // namespace hearth::moderation
