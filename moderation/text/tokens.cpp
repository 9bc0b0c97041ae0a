#include "moderation/text/tokens.hpp"

#include <algorithm>
#include <limits>

namespace hearth::moderation {
namespace {

constexpr std::uint16_t capped(std::size_t value) noexcept {
    return static_cast<std::uint16_t>(std::min<std::size_t>(value, std::numeric_limits<std::uint16_t>::max()));
}

bool reads_as_number(std::string_view word) noexcept {
    if (word.front() < '0' || word.front() > '9') return false;
    const auto unit = std::find_if(word.begin(), word.end(), [](char c) { return c < '0' || c > '9'; });
    const auto letters = std::count_if(unit, word.end(), [](char c) { return c < '0' || c > '9'; });
    return letters <= 5;
}

// Quotations are few: pairs are found first, so that a stray mark quotes nothing.
void mark_quotations(const folded& text, std::vector<token>& tokens) {
    const text_mark* open = nullptr;
    auto next = tokens.begin();
    for (const auto& one : text.marks) {
        if (one.kind == mark::quote_open) {
            open = &one;
        } else if (one.kind == mark::quote_close && open != nullptr) {
            next = std::find_if(next, tokens.end(), [&](const token& t) { return t.begin > open->at; });
            for (; next != tokens.end() && next->begin < one.at; ++next) next->quoted = true;
            open = nullptr;
        }
    }
}

// "Kill. Your. Self." is one sentence in disguise.
void join_single_words(token_list& out) {
    auto& sentences = out.sentences;
    std::size_t kept = 0;
    bool joining = false;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const bool single = sentences[i].last - sentences[i].first == 1 && !sentences[i].question;
        if (single && joining && kept > 0) {
            sentences[kept - 1].last = sentences[i].last;
        } else {
            sentences[kept++] = sentences[i];
            joining = single;
        }
    }
    sentences.resize(kept);
}

}  // namespace

void tokenize_into(const folded& text, const lexicon& words, token_list& out) {
    out.tokens.clear();
    out.sentences.clear();
    const std::string_view all = text.text;
    std::size_t clause = 0;
    std::uint32_t sentence_first = 0;
    auto mark_at = text.marks.begin();
    const auto close_sentence = [&](bool question) {
        const auto last = static_cast<std::uint32_t>(out.tokens.size());
        if (last > sentence_first)
            out.sentences.push_back({sentence_first, last, question});
        else if (question && !out.sentences.empty())
            out.sentences.back().question = true;
        sentence_first = last;
    };
    std::size_t at = 1;
    while (true) {
        for (; mark_at != text.marks.end() && mark_at->at < at; ++mark_at) {
            if (mark_at->kind == mark::sentence || mark_at->kind == mark::question) {
                close_sentence(mark_at->kind == mark::question);
            }
            ++clause;
        }
        if (at >= all.size()) break;
        const auto end = all.find(' ', at);
        token one;
        one.begin = static_cast<std::uint32_t>(at);
        one.end = static_cast<std::uint32_t>(end);
        one.word = words.find(all.substr(at, end - at));
        one.mark = {word_mark::of_word(one.word), word_mark::of_letter(all[at])};
        one.clause = capped(clause);
        one.number = reads_as_number(all.substr(at, end - at));
        out.tokens.push_back(one);
        at = end + 1;
    }
    close_sentence(false);
    if (!text.marks.empty()) {
        mark_quotations(text, out.tokens);
        join_single_words(out);
    }
    for (std::size_t i = 0; i < out.sentences.size(); ++i) {
        for (auto t = out.sentences[i].first; t < out.sentences[i].last; ++t) out.tokens[t].sentence = capped(i);
    }
}

}  // namespace hearth::moderation
