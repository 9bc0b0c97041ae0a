#include "moderation/voice/cue_table.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace hearth::moderation {
namespace {

void each_word(const pattern_node& node, const auto& visit) {
    if (node.kind == pattern_node::type::word) visit(node.text);
    for (const auto& child : node.children) each_word(child, visit);
}

constexpr std::uint32_t no_entry = 0xFFFFFFFFU;

/// Those of a list that are worth it, in order. Which they are cannot be foreseen, so all are asked before any is taken.
void each_of(const auto& list, const auto& worth_it, const auto& take) {
    for (std::size_t from = 0; from < list.size(); from += 64) {
        const auto part = list.subspan(from, std::min<std::size_t>(list.size() - from, 64));
        std::uint64_t worth = 0;
        for (std::size_t i = 0; i < part.size(); ++i) worth |= std::uint64_t{worth_it(part[i])} << i;
        for (; worth != 0; worth &= worth - 1) take(part[static_cast<std::size_t>(std::countr_zero(worth))]);
    }
}

template <class T>
T& slot(std::vector<T>& table, word_id at) {
    if (at >= table.size()) table.resize(at + 1);
    return table[at];
}

}  // namespace

void cue_table::add(cue kind, language_mask language, const pattern_node& pattern, lexicon& words) {
    if (kind == cue::function_word) {
        // Of "i'm" only the "i" is telling: an "m" stands in "m'a", too.
        bool first = true;
        each_word(pattern, [&](const std::string& word) {
            if (std::exchange(first, false)) slot(function_words_, words.add(word)) |= language;
        });
    } else if (kind == cue::number_word) {
        each_word(pattern, [&](const std::string& word) { slot(number_words_, words.add(word)) = 1; });
    } else {
        programs_.emplace_back(pattern, words);
        place(programs_.back(), {programs_.back().second_words(), static_cast<std::uint32_t>(programs_.size() - 1),
                                 kind, language, false});
    }
}

void cue_table::place(const program& what, beginning begun) {
    begun.whole = what.longest() == 1;
    const auto words = what.first_words();
    for (const auto word : words) {
        auto& list = slot(building_.word, word);
        list.push_back(begun);
        list.back().second_words = what.second_words(word);
    }
    begun.whole = false;
    const auto put = [&](char letter, std::string_view prefix) {
        // The classifier learned from a cue that words and prefixes begin as two where both lists have the letter.
        if (!words.empty()) prefix = {};
        const prefix_beginning one{begun, beginning_of(prefix),
                                   beginning_of({"\xFF\xFF\xFF\xFF", std::min<std::size_t>(prefix.size(), 4)})};
        slot(building_.letter, static_cast<unsigned char>(letter)).push_back(one);
    };
    bool number = false;
    for (const auto prefix : what.first_prefixes()) {
        if (!prefix.empty()) put(prefix.front(), prefix);
        number = number || prefix.empty();
    }
    for (char digit = '0'; number && digit <= '9'; ++digit) put(digit, {});
}

void cue_table::seal(const lexicon& words) {
    auto& by_word = building_.word;
    auto& by_letter = building_.letter;
    by_word.resize(words.size());
    by_letter.resize(256);
    // A cue that starts with a number may start with a spelled one, too.
    for (word_id word = 0; word < number_words_.size(); ++word) {
        if (number_words_[word] == 0) continue;
        for (const auto& numbered : by_letter[static_cast<unsigned char>('0')]) {
            auto& list = by_word[word];
            const bool known = std::any_of(list.begin(), list.end(),
                                           [&](const beginning& one) { return one.entry == numbered.what.entry; });
            if (!known) list.push_back(numbered.what);
        }
    }
    by_word_ = flat_lists<beginning>(by_word);
    by_letter_ = flat_lists<prefix_beginning>(by_letter);
    building_ = {};
}

void cue_table::find(const folded& text, const token_list& words, program_scratch& scratch,
                     std::vector<cue_hit>& out) const {
    out.clear();
    for (const auto& one : words.tokens) {
        if (one.word != no_word) by_word_.fetch_start(one.word);
    }
    for (const auto& sentence : words.sentences) {
        for (auto at = sentence.first; at < sentence.last; ++at) {
            const auto take = [&](const beginning& one, std::uint32_t last) {
                out.push_back({one.kind, one.language, at, last});
            };
            const auto next = at + 1 < sentence.last ? words.tokens[at + 1].mark : word_mark{};
            const auto try_it = [&](const beginning& one) {
                const auto& what = programs_[one.entry];
                if (!what.may_match(words.tokens, at, sentence.last)) return;
                if (const auto found = what.match(text, words.tokens, at, sentence.last, scratch))
                    take(one, found->last);
            };
            const auto& word = words.tokens[at];
            each_of(
                by_word_[word.word], [&](const beginning& begun) { return begun.second_words.may_hold(next); },
                [&](const beginning& begun) {
                    if (begun.whole)
                        take(begun, at + 1);
                    else
                        try_it(begun);
                });
            const auto letters = spelling(text, word);
            const auto first = beginning_of(letters);
            auto tried = no_entry;  // of two prefixes of one cue that fit, one is enough
            each_of(
                by_letter_[static_cast<unsigned char>(letters.front())],
                [&](const prefix_beginning& begun) { return begun.fits(first); },
                [&](const prefix_beginning& begun) {
                    if (std::exchange(tried, begun.what.entry) != begun.what.entry &&
                        begun.what.second_words.may_hold(next))
                        try_it(begun.what);
                });
        }
    }
}

language_guess guess_language(const token_list& words, const cue_table& cues, language_mask preferred) {
    std::array<unsigned, 8> counts{};
    for (const auto& word : words.tokens) {
        if (word.word == no_word) continue;
        const auto mask = cues.function_word(word.word);
        for (unsigned bit = 0; mask != 0 && bit < 8; ++bit) counts[bit] += (mask >> bit) & 1U;
    }
    unsigned best = 0;
    for (unsigned bit = 1; bit < 8; ++bit) {
        const bool tie_won =
            counts[bit] == counts[best] && ((preferred >> bit) & 1U) != 0 && ((preferred >> best) & 1U) == 0;
        if (counts[bit] > counts[best] || tie_won) best = bit;
    }
    language_guess result;
    if (counts[best] >= 2) result.likely = static_cast<language_mask>(1U << best);
    for (unsigned bit = 0; counts[best] >= 4 && bit < 8; ++bit) {
        if (counts[bit] <= counts[best] / 4) result.foreign |= static_cast<language_mask>(1U << bit);
    }
    result.foreign &= static_cast<language_mask>(~preferred);
    return result;
}

}  // namespace hearth::moderation
