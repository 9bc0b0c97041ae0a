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
    for (const auto& hit : hits_) {
        const auto at = word_at(words, hit.end);
        for (const auto pattern : rules_.patterns_of[hit.literal])
            try_pattern(pattern, at, text, words, room_topic, out);
    }
    return true;
}

void phrase_finder::try_pattern(std::uint32_t index, std::uint32_t at, const folded& text, const token_list& words,
                                std::string_view room_topic, std::vector<phrase_match>& out) {
    const auto& pattern = rules_.patterns[index];
    const auto& rule = rules_.rules[pattern.rule];
    if (!rule.context_topic.empty() && rule.context_topic != room_topic) return;
    auto& progress = rule_progress_[pattern.rule];
    if (progress.message != message_) progress = {message_, 0, 0xFFFFFFFFU, false};
    if (progress.matches >= max_matches_per_rule) return;
    auto& tried = tried_[index];
    if (tried.message != message_) tried = {message_, 0};
    const auto& sentence = words.sentences[words.tokens[at].sentence];
    const auto reach = pattern.what.longest();
    auto start = std::max({sentence.first, at + 1 >= reach ? at + 1 - reach : 0, tried.next_start});
    tried.next_start = std::max(tried.next_start, at + 1);
    for (; start <= at; ++start) {
        if (!pattern.what.may_match(words.tokens, start, sentence.last)) continue;
        const auto span = pattern.what.match(text, words.tokens, start, sentence.last, programs_);
        if (!span) continue;
        tried.next_start = std::max(tried.next_start, span->last);
        const auto sentence_number = words.tokens[span->first].sentence;
        if (progress.guarded_sentence != sentence_number) {
            progress.guarded_sentence = sentence_number;
            progress.allowed = allowed(rule, sentence_number, text, words);
        }
        if (!progress.allowed) return;
        out.push_back({pattern.rule, *span});
        if (++progress.matches >= max_matches_per_rule) return;
        start = span->last - 1;
    }
}

bool phrase_finder::allowed(const compiled_rule& rule, std::uint32_t number, const folded& text,
                            const token_list& words) {
    const auto& sentence = words.sentences[number];
    for (const auto& guard : rule.unless) {
        if (guard.search(text, words.tokens, sentence.first, sentence.last, programs_)) return false;
    }
    if (rule.requires_any.empty()) return true;
    return std::any_of(rule.requires_any.begin(), rule.requires_any.end(), [&](const program& one) {
        return std::any_of(words.sentences.begin(), words.sentences.end(), [&](const struct sentence& s) {
            return one.search(text, words.tokens, s.first, s.last, programs_).has_value();
        });
    });
}

}  // namespace hearth::moderation
