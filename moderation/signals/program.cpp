#include "moderation/signals/program.hpp"

#include <algorithm>
#include <map>

namespace hearth::moderation {

struct program::part {
    std::vector<std::uint16_t> first, last;
    bool optional = false;
    std::uint32_t longest = 0;
};

// The automaton as it grows, each position with its word or text and what may follow it.
struct program::building {
    struct state {
        type kind = type::word;
        word_id word = no_word;
        std::string text;        // prefix, or a number's unit
        std::uint16_t kept = 0;  // which of `texts_` it becomes
        std::vector<std::uint16_t> follow;
    };

    part build(const pattern_node& node);
    part number(const pattern_node& node);
    part add(type kind, word_id word, std::string text);
    void connect(const part& left, const part& right);

    lexicon& words;
    std::vector<state> states;
};

namespace {

constexpr std::size_t max_positions = 6'000;
constexpr std::uint32_t max_words = 60;  // a match's skipped words are bits of one integer

void append(std::vector<std::uint16_t>& to, const std::vector<std::uint16_t>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

program::part program::building::add(type kind, word_id word, std::string text) {
    if (states.size() >= max_positions)
        throw pattern_fault{"the pattern and its lists have too many words for one rule; split it"};
    const auto at = static_cast<std::uint16_t>(states.size());
    states.push_back({kind, word, std::move(text), 0, {}});
    return {{at}, {at}, false, 1};
}

void program::building::connect(const part& left, const part& right) {
    for (const auto from : left.last) append(states[from].follow, right.first);
}

// "1,200" and "twenty five" are several words: a number without a unit takes up to three of them.
program::part program::building::number(const pattern_node& node) {
    auto all = add(type::number, no_word, node.text);
    if (!node.text.empty()) return all;
    for (auto before = all; all.longest < 3; ++all.longest) {
        auto one = add(type::number, no_word, {});
        connect(before, one);
        append(all.last, one.last);
        before = std::move(one);
    }
    return all;
}

program::part program::building::build(const pattern_node& node) {
    switch (node.kind) {
        case type::word: return add(type::word, words.add(node.text), {});
        case type::prefix: return add(node.kind, no_word, node.text);
        case type::number: return number(node);
        case type::gap: {
            part all;
            all.optional = true;
            part before;
            for (int i = 0; i < node.words; ++i) {
                auto one = add(type::gap, no_word, {});
                if (i > 0)
                    connect(before, one);
                else
                    all.first = one.first;
                append(all.last, one.last);
                before = std::move(one);
            }
            all.longest = static_cast<std::uint32_t>(node.words);
            return all;
        }
        case type::choice: {
            part all;
            for (const auto& child : node.children) {
                const auto one = build(child);
                append(all.first, one.first);
                append(all.last, one.last);
                all.optional = all.optional || one.optional;
                all.longest = std::max(all.longest, one.longest);
            }
            return all;
        }
        case type::sequence: break;
    }
    part all;
    all.optional = true;
    for (const auto& child : node.children) {
        auto one = build(child);
        connect(all, one);
        if (all.optional) append(all.first, one.first);
        if (!one.optional) all.last.clear();
        append(all.last, one.last);
        all.optional = all.optional && one.optional;
        all.longest += one.longest;
    }
    return all;
}

program::program(const pattern_node& root, lexicon& words) {
    building made{words, {}};
    const auto whole = made.build(root);
    if (whole.optional) throw pattern_fault{"the pattern may match nothing at all"};
    if (whole.longest > max_words) throw pattern_fault{"a match could be longer than 60 words"};
    longest_ = whole.longest;
    texts_.emplace_back();  // of gaps, and of numbers without a unit
    for (auto& one : made.states) {
        if (one.text.empty()) continue;
        one.kept = static_cast<std::uint16_t>(texts_.size());
        texts_.push_back(one.text);
    }

    std::map<std::vector<std::uint16_t>, std::uint16_t> known;  // alternatives of one list share what follows them
    const auto intern = [&](std::vector<std::uint16_t> set) {
        std::sort(set.begin(), set.end());
        set.erase(std::unique(set.begin(), set.end()), set.end());
        const auto [at, fresh] = known.try_emplace(std::move(set), static_cast<std::uint16_t>(sets_.size()));
        if (fresh) add_set(made, at->first);
        return at->second;
    };
    first_set_ = intern(whole.first);
    positions_.reserve(made.states.size());
    for (auto& one : made.states) positions_.push_back({intern(std::move(one.follow)), one.kind == type::gap, false});
    for (const auto at : whole.last) positions_[at].accepts = true;
    filter(sets_[first_set_], starts_);
    for (const auto at : whole.first) {
        filter(sets_[positions_[at].next_set], seconds_);
        one_word_ = one_word_ || positions_[at].accepts;
    }
}

void program::add_set(const building& made, const std::vector<std::uint16_t>& members) {
    follow_set next{static_cast<std::uint32_t>(words_.size()), 0, static_cast<std::uint32_t>(others_.size()), 0};
    for (const auto at : members) {
        const auto& one = made.states[at];
        if (one.kind == type::word)
            words_.push_back({one.word, at});
        else
            others_.push_back({at, one.kept, one.kind, one.kind == type::prefix ? one.text.front() : '\0'});
    }
    std::sort(words_.begin() + next.words, words_.end());
    next.words_end = static_cast<std::uint32_t>(words_.size());
    next.others_end = static_cast<std::uint32_t>(others_.size());
    sets_.push_back(next);
}

void program::filter(const follow_set& from, word_bits& into) const {
    for (auto at = from.words; at < from.words_end; ++at) into.add_word(words_[at].word);
    for (auto at = from.others; at < from.others_end; ++at) {
        const auto& one = others_[at];
        if (one.kind == type::gap)
            into.add_anything();
        else if (one.kind == type::number)
            into.add_every_letter();  // it may be spelled out
        else
            into.add_letter(one.first_letter);
    }
}

bool program::fits(const other_step& one, const folded& text, const token& word) const {
    switch (one.kind) {
        case type::gap: return true;
        case type::prefix:
            return text.text[word.begin] == one.first_letter && spelling(text, word).starts_with(texts_[one.text]);
        case type::number: return word.number && spelling(text, word).ends_with(texts_[one.text]);
        default: return false;
    }
}

// The first of these steps whose word is not below. As many comparisons for every word, none of them a branch: which way
// they go could not be foreseen.
const program::word_step* program::from_word(const word_step* at, const word_step* end, word_id word) noexcept {
    for (auto count = end - at; count > 0;) {
        const auto half = (count + 1) / 2;
        at += half * static_cast<std::ptrdiff_t>(at[half - 1].word < word);
        count -= half;
    }
    return at;
}

void program::step(const follow_set& from, const folded& text, const token& word, std::uint64_t skipped,
                   std::uint32_t offset, program_scratch& scratch) const {
    const auto reach = [&](std::uint16_t at) {
        if (scratch.seen[at] == scratch.stamp) return;
        scratch.seen[at] = scratch.stamp;
        const auto& one = positions_[at];
        scratch.next.push_back({one.next_set, one.accepts, one.gap ? skipped | (std::uint64_t{1} << offset) : skipped});
    };
    if (word.word != no_word) {
        const auto* const end = words_.data() + from.words_end;
        const auto* at = from_word(words_.data() + from.words, end, word.word);
        for (; at != end && at->word == word.word; ++at) reach(at->position);
    }
    for (auto at = from.others; at < from.others_end; ++at) {
        if (fits(others_[at], text, word)) reach(others_[at].position);
    }
}

std::optional<word_span> program::match(const folded& text, const std::vector<token>& tokens, std::uint32_t start,
                                        std::uint32_t limit, program_scratch& scratch) const {
    if (scratch.seen.size() < positions_.size()) scratch.seen.resize(positions_.size(), 0);
    std::optional<word_span> found;
    scratch.now.clear();
    for (std::uint32_t at = start; at < limit; ++at) {
        if (++scratch.stamp == 0) {
            std::fill(scratch.seen.begin(), scratch.seen.end(), 0);
            scratch.stamp = 1;
        }
        scratch.next.clear();
        if (at == start) {
            step(sets_[first_set_], text, tokens[at], 0, 0, scratch);
        } else {
            for (const auto& one : scratch.now)
                step(sets_[one.next_set], text, tokens[at], one.skipped, at - start, scratch);
        }
        if (scratch.next.empty()) break;
        for (const auto& one : scratch.next) {
            if (one.accepts) {
                found = word_span{start, at + 1, one.skipped};
                break;
            }
        }
        std::swap(scratch.now, scratch.next);
    }
    return found;
}

std::optional<word_span> program::search(const folded& text, const std::vector<token>& tokens, std::uint32_t from,
                                         std::uint32_t until, program_scratch& scratch) const {
    for (auto start = from; start < until; ++start) {
        if (!may_match(tokens, start, until)) continue;
        if (auto found = match(text, tokens, start, until, scratch)) return found;
    }
    return std::nullopt;
}

std::vector<word_id> program::first_words() const {
    std::vector<word_id> result;
    const auto& first = sets_[first_set_];
    for (auto at = first.words; at < first.words_end; ++at) result.push_back(words_[at].word);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

word_bits::in_short program::second_words(word_id first) const noexcept {
    word_bits all;
    const auto& set = sets_[first_set_];
    const auto* const end = words_.data() + set.words_end;
    for (const auto* at = from_word(words_.data() + set.words, end, first); at != end && at->word == first; ++at) {
        if (positions_[at->position].accepts) all.add_anything();
        filter(sets_[positions_[at->position].next_set], all);
    }
    return all.shortened();
}

std::vector<std::string_view> program::first_prefixes() const {
    std::vector<std::string_view> result;
    const auto& first = sets_[first_set_];
    for (auto at = first.others; at < first.others_end; ++at) {
        const auto& one = others_[at];
        result.push_back(one.kind == type::prefix ? std::string_view(texts_[one.text]) : std::string_view());
    }
    return result;
}

}  // namespace hearth::moderation
