// What each stage noticed, as findings: whose category, which words, said in which voice.
#include <algorithm>

#include "moderation/pipeline.hpp"

namespace hearth::moderation {

void pipeline::add_phrase(const phrase_match& match, const folded& text, const token_list& words) {
    const auto& rule = rules_->rules[match.rule];
    finding found;
    found.category = rule.category;
    found.rule = rule.id;
    found.expects = rule.voice;
    // A rule of a language that the message is not in has met a look-alike more often than a switch of language.
    found.weak = rule.weak || (language_.likely != 0 && (rule.language & language_.likely) == 0);
    for (auto i = match.span.first; i < match.span.last; ++i) found.weak = found.weak || words.tokens[i].slip;
    found.voice = read_voice({words, cues_, static_cast<language_mask>(rule.language | language_.likely)}, match.span,
                             rule.voice);
    found.begin = text.begin[words.tokens[match.span.first].begin];
    found.end = text.end[words.tokens[match.span.last - 1].end - 1];
    // What people tell of themselves is theirs to tell: a nudge.
    const bool own =
        rule.voice == rule_voice::self || (rule.voice == rule_voice::any && found.voice.who == person::self);
    found.nudge = rule.category == category("privacy.exposure") && own;
    add(std::move(found));
}

// A number or name of one's own is one's own risk: a nudge. Somebody else's is an exposure, and an invitation a lure.
void pipeline::add_identifier(const identifier& one) {
    word_span span{0, 0, 0};
    for (std::uint32_t i = 0; i < words_.tokens.size(); ++i) {
        const auto at = plain_.begin[words_.tokens[i].begin];
        if (at >= one.end) break;
        if (at < one.begin && plain_.end[words_.tokens[i].end - 1] <= one.begin) continue;
        if (span.last == 0) span.first = i;
        span.last = i + 1;
    }
    if (span.last == 0) return;
    const auto sentence = words_.tokens[span.first].sentence;
    const auto says = [&](cue kind) {
        return std::any_of(cues_.begin(), cues_.end(), [&](const cue_hit& hit) {
            return hit.kind == kind && words_.tokens[hit.first].sentence == sentence;
        });
    };
    if (one.kind == identifier::type::phone && says(cue::contact_helpline) && !says(cue::contact_own)) return;
    const bool invites = says(cue::contact_invite) || one.kind == identifier::type::invitation;
    // "@Rowan" is how members call each other; it leads elsewhere only when the words say so.
    if (one.kind == identifier::type::handle && !invites && !says(cue::contact_own) && !says(cue::contact_others) &&
        plain_.begin[words_.tokens[span.first].begin] > one.begin) {
        return;
    }
    finding found;
    found.rule = rule_of(one.kind);
    found.voice = read_voice({words_, cues_, language_.likely}, span, rule_voice::any);
    found.begin = one.begin;
    found.end = one.end;
    if (says(cue::contact_others) && !says(cue::contact_own)) {
        found.category = category("privacy.exposure");
        found.expects = rule_voice::other;
    } else if (invites) {
        found.category = category("privacy.luring");
        found.expects = rule_voice::you;
        found.voice.who = person::you;
    } else {
        found.category = category("privacy.exposure");
        found.expects = rule_voice::self;
        found.nudge = true;
    }
    add(std::move(found));
}

void pipeline::add_figure(const figure& one) {
    finding found;
    found.category = category("eating.numbers");
    found.rule = "engine.diet_figure";
    found.voice = read_voice({words_, cues_, language_.likely}, {one.first, one.last, 0}, rule_voice::any);
    found.begin = plain_.begin[words_.tokens[one.first].begin];
    found.end = plain_.end[words_.tokens[one.last - 1].end - 1];
    add(std::move(found));
}

// Its words are those that say most for the category, so that a person sees at a glance what it went by.
void pipeline::add_learned(const learned_reading& reading) {
    const auto& text = repaired_ ? strong_ : plain_;
    const auto& words = repaired_ ? strong_words_ : words_;
    word_span span{0, static_cast<std::uint32_t>(words.tokens.size()), 0};
    if (rules_->learned) span = telling_words(*rules_->learned, reading.category, words.tokens.size());
    finding found;
    found.category = reading.category;
    found.rule = model_rule(reading.category);
    found.learned = true;
    found.probability = reading.probability;
    found.weak = !reading.sure;
    found.voice = read_voice({words, cues_, language_.likely}, span, rule_voice::any);
    found.begin = text.begin[words.tokens[span.first].begin];
    found.end = text.end[words.tokens[span.last - 1].end - 1];
    add(std::move(found));
}

word_span pipeline::telling_words(const model& learned, category_index category, std::size_t words) {
    learned.explain(features_, category, words, word_weights_);
    const auto most = std::max_element(word_weights_.begin(), word_weights_.end());
    auto first = static_cast<std::uint32_t>(most - word_weights_.begin()), last = first + 1;
    while (first > 0 && word_weights_[first - 1] > *most / 3) --first;
    while (last < word_weights_.size() && word_weights_[last] > *most / 3) ++last;
    return {first, last, 0};
}

}  // namespace hearth::moderation
