#include "moderation/signals/program.hpp"

#include <algorithm>
#include <map>

namespace hearth::moderation {

using type = pattern_node::type;

struct program::part {
    std::vector<std::uint16_t> first, last;
    bool optional = false;
    std::uint32_t longest = 0;
};

namespace {

constexpr std::size_t max_positions = 6'000;
constexpr std::uint32_t max_words = 60;  // a match's skipped words are bits of one integer

void append(std::vector<std::uint16_t>& to, const std::vector<std::uint16_t>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

program::part program::add(position one) {
    if (positions_.size() >= max_positions)
        throw pattern_fault{"the pattern and its lists have too many words for one rule; split it"};
    const auto at = static_cast<std::uint16_t>(positions_.size());
    positions_.push_back(std::move(one));
    follow_.emplace_back();
    return {{at}, {at}, false, 1};
}

void program::connect(const part& left, const part& right) {
    for (const auto from : left.last) append(follow_[from], right.first);
}

// "1,200" and "twenty five" are several words: a number without a unit takes up to three of them.
program::part program::number(const pattern_node& node) {
    auto all = add({type::number, no_word, node.text});
    if (!node.text.empty()) return all;
    for (auto before = all; all.longest < 3; ++all.longest) {
        auto one = add({type::number, no_word, {}});
        connect(before, one);
        append(all.last, one.last);
        before = std::move(one);
    }
    return all;
}

program::part program::build(const pattern_node& node, lexicon& words) {
    switch (node.kind) {
        case type::word: return add({type::word, words.add(node.text), {}});
        case type::prefix: return add({node.kind, no_word, node.text});
        case type::number: return number(node);
        case type::gap: {
            part all;
            all.optional = true;
            part before;
            for (int i = 0; i < node.words; ++i) {
                auto one = add({type::gap, no_word, {}});
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
                const auto one = build(child, words);
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
        auto one = build(child, words);
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
    const auto whole = build(root, words);
    if (whole.optional) throw pattern_fault{"the pattern may match nothing at all"};
    if (whole.longest > max_words) throw pattern_fault{"a match could be longer than 60 words"};
    longest_ = whole.longest;
    accepts_.assign(positions_.size(), false);
    for (const auto at : whole.last) accepts_[at] = true;

    std::map<std::vector<std::uint16_t>, std::uint16_t> known;  // alternatives of one list share what follows them
    const auto intern = [&](std::vector<std::uint16_t> set) {
        std::sort(set.begin(), set.end());
        set.erase(std::unique(set.begin(), set.end()), set.end());
        const auto [at, fresh] = known.try_emplace(std::move(set), static_cast<std::uint16_t>(sets_.size()));
        if (fresh) {
            follow_set next;
            for (const auto position : at->first) {
                const auto& one = positions_[position];
                if (one.kind == type::word)
                    next.words.push_back({one.word, position});
                else
                    next.others.push_back({position, one.kind, one.kind == type::prefix ? one.text.front() : '\0'});
            }
            std::sort(next.words.begin(), next.words.end());
            sets_.push_back(std::move(next));
        }
        return at->second;
    };
    first_set_ = intern(whole.first);
    set_of_.reserve(positions_.size());
    for (auto& set : follow_) set_of_.push_back(intern(std::move(set)));
    follow_.clear();
    follow_.shrink_to_fit();
    filter(sets_[first_set_], starts_);
    for (const auto at : whole.first) {
        filter(sets_[set_of_[at]], seconds_);
        one_word_ = one_word_ || accepts_[at];
    }
}

void program::filter(const follow_set& from, word_filter& into) const {
    for (const auto& [word, position] : from.words) into.add(word);
    into.anything = into.anything || !from.others.empty();
}

bool program::fits(const other_step& one, const folded& text, const token& word) const {
    switch (one.kind) {
        case type::gap: return true;
        case type::prefix:
            return text.text[word.begin] == one.first_letter &&
                   spelling(text, word).starts_with(positions_[one.position].text);
        case type::number: return word.number && spelling(text, word).ends_with(positions_[one.position].text);
        default: return false;
    }
}

void program::step(const follow_set& from, const folded& text, const token& word, std::uint64_t skipped,
                   std::uint32_t offset, program_scratch& scratch) const {
    const auto reach = [&](std::uint16_t position) {
        if (scratch.seen[position] == scratch.stamp) return;
        scratch.seen[position] = scratch.stamp;
        const bool gap = positions_[position].kind == type::gap;
        scratch.next.push_back({position, gap ? skipped | (std::uint64_t{1} << offset) : skipped});
    };
    if (word.word != no_word) {
        auto at = std::lower_bound(from.words.begin(), from.words.end(), word_step{word.word, 0});
        for (; at != from.words.end() && at->word == word.word; ++at) reach(at->position);
    }
    for (const auto& one : from.others) {
        if (fits(one, text, word)) reach(one.position);
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
                step(sets_[set_of_[one.position]], text, tokens[at], one.skipped, at - start, scratch);
        }
        if (scratch.next.empty()) break;
        for (const auto& one : scratch.next) {
            if (accepts_[one.position]) {
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
    for (const auto& [word, position] : sets_[first_set_].words) result.push_back(word);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

std::string program::first_letters() const {
    std::string letters;
    for (const auto& one : sets_[first_set_].others) letters += one.kind == type::prefix ? one.first_letter : '0';
    return letters;
}

}  // namespace hearth::moderation
