#include "moderation/signals/phrases.hpp"

#include <algorithm>

namespace hearth::moderation {
namespace {

constexpr std::uint32_t max_matches_per_rule = 8;
constexpr std::size_t fetched_ahead = 6, first_set_ahead = 3;  // patterns

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
    rules_.needs.find(words, met_);
    gather_worth_trying(words);
    for (std::size_t i = 0; i < worth_trying_.size(); ++i) {
        const auto ahead = [&](std::size_t by) -> const program& {
            return rules_.patterns[worth_trying_[std::min(i + by, worth_trying_.size() - 1)].what->pattern];
        };
        ahead(fetched_ahead).fetch_rest();
        ahead(first_set_ahead).fetch_first_set();
        try_pattern(*worth_trying_[i].what, worth_trying_[i].at, text, words, room_topic, out);
    }
    return true;
}

// The patterns whose needs are met, and their memory on its way.
void phrase_finder::gather_worth_trying(const token_list& words) {
    worth_trying_.clear();
    for (const auto& hit : hits_) rules_.patterns_of.fetch_items(hit.literal);
    for (const auto& hit : hits_) {
        const auto at = word_at(words, hit.end);
        for (const auto& anchored : rules_.patterns_of[hit.literal]) {
            if (at - words.sentences[words.tokens[at].sentence].first < anchored.nearest || !meets(anchored.needs))
                continue;
            rules_.patterns[anchored.pattern].fetch();
            __builtin_prefetch(&tried_[anchored.pattern]);
            worth_trying_.push_back({&anchored, at});
        }
    }
}

void phrase_finder::try_pattern(const anchored_pattern& anchored, std::uint32_t at, const folded& text,
                                const token_list& words, std::string_view room_topic, std::vector<phrase_match>& out) {
    const auto& sentence = words.sentences[words.tokens[at].sentence];
    const auto room = at - sentence.first;
    const auto& pattern = rules_.patterns[anchored.pattern];
    auto& tried = tried_[anchored.pattern];
    if (tried.message != message_) tried = {message_, at, 0, 0};
    tried.forward(at);
    for (auto back = std::min<std::uint32_t>(room, anchored.farthest) + 1; back-- > anchored.nearest;) {
        const auto start = at - back;
        if (start < tried.next_start || !tried.first_time(back)) continue;
        if (!pattern.may_match(words.tokens, start, sentence.last)) continue;
        if (!match_at(anchored, start, tried, text, words, room_topic, out)) return;
    }
}

// False when no further match of this pattern's rule counts in this message or sentence.
bool phrase_finder::match_at(const anchored_pattern& anchored, std::uint32_t start, pattern_progress& tried,
                             const folded& text, const token_list& words, std::string_view room_topic,
                             std::vector<phrase_match>& out) {
    auto& progress = rule_progress_[anchored.rule];
    if (progress.message != message_) progress = {message_, 0, 0xFFFFFFFFU, false, false, false};
    if (progress.matches >= max_matches_per_rule) return false;
    const auto number = words.tokens[start].sentence;
    const auto span =
        rules_.patterns[anchored.pattern].match(text, words.tokens, start, words.sentences[number].last, programs_);
    if (!span) return true;
    const auto& rule = rules_.rules[anchored.rule];
    if (!rule.context_topic.empty() && rule.context_topic != room_topic) return false;
    tried.next_start = span->last;
    if (progress.guarded_sentence != number) {
        progress.guarded_sentence = number;
        if (!std::exchange(progress.looked_for, true)) progress.required = requirements_met(rule, text, words);
        progress.allowed = progress.required && !guarded(rule, words.sentences[number], text, words);
    }
    if (!progress.allowed) return false;
    out.push_back({anchored.rule, *span});
    return ++progress.matches < max_matches_per_rule;
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
