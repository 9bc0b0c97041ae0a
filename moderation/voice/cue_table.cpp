#include "moderation/voice/cue_table.hpp"

#include <algorithm>
#include <utility>

namespace hearth::moderation {
namespace {

void each_word(const pattern_node& node, const auto& visit) {
    if (node.kind == pattern_node::type::word) visit(node.text);
    for (const auto& child : node.children) each_word(child, visit);
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
        entries_.push_back({kind, language, program(pattern, words)});
        place(static_cast<std::uint32_t>(entries_.size() - 1));
    }
}

void cue_table::place(std::uint32_t at) {
    const auto& what = entries_[at].what;
    for (const auto word : what.first_words()) slot(by_word_, word).push_back({at, what.longest() == 1});
    auto letters = what.first_letters();
    if (letters.find('0') != std::string::npos) letters += "123456789";  // a number in digits
    std::sort(letters.begin(), letters.end());
    letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
    for (const char letter : letters) by_letter_[static_cast<unsigned char>(letter)].push_back(at);
}

void cue_table::seal(const lexicon& words) {
    by_word_.resize(words.size());
    // A cue that starts with a number may start with a spelled one, too.
    for (word_id word = 0; word < number_words_.size(); ++word) {
        if (number_words_[word] == 0) continue;
        for (const auto at : by_letter_[static_cast<unsigned char>('0')]) {
            auto& list = by_word_[word];
            const bool known =
                std::any_of(list.begin(), list.end(), [&](const beginning& one) { return one.entry == at; });
            if (!known) list.push_back({at, false});
        }
    }
}

void cue_table::find(const folded& text, const token_list& words, program_scratch& scratch,
                     std::vector<cue_hit>& out) const {
    out.clear();
    for (const auto& sentence : words.sentences) {
        for (auto at = sentence.first; at < sentence.last; ++at) {
            const auto take = [&](const entry& one, std::uint32_t last) {
                out.push_back({one.kind, one.language, at, last});
            };
            const auto try_entry = [&](const entry& one) {
                if (!one.what.may_match(words.tokens, at, sentence.last)) return;
                if (const auto found = one.what.match(text, words.tokens, at, sentence.last, scratch))
                    take(one, found->last);
            };
            const auto& word = words.tokens[at];
            if (word.word < by_word_.size()) {
                for (const auto& begun : by_word_[word.word]) {
                    if (begun.whole)
                        take(entries_[begun.entry], at + 1);
                    else
                        try_entry(entries_[begun.entry]);
                }
            }
            for (const auto index : by_letter_[static_cast<unsigned char>(text.text[word.begin])])
                try_entry(entries_[index]);
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
