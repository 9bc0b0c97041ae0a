#include "moderation/signals/needs.hpp"

#include <algorithm>
#include <optional>

namespace hearth::moderation {
namespace {

using type = pattern_node::type;
using is_common = std::function<bool(std::string_view)>;

constexpr double score_of_a_number = 3;

struct rated_need {
    need what;
    double score = 0;  // of its least telling word
};

bool better(const rated_need& a, const rated_need& b) {
    return a.score != b.score ? a.score > b.score : a.what.words.size() < b.what.words.size();
}

std::optional<rated_need> best_of(const pattern_node& node, const is_common& common);

// What each part of a sequence needs by itself.
void each_need(const pattern_node& node, const is_common& common, std::vector<rated_need>& out) {
    if (node.kind == type::sequence) {
        for (const auto& child : node.children) each_need(child, common, out);
    } else if (auto one = best_of(node, common)) {
        out.push_back(std::move(*one));
    }
}

std::optional<rated_need> best_of(const pattern_node& node, const is_common& common) {
    switch (node.kind) {
        case type::word:
            if (node.text.size() <= 2 || common(node.text)) return std::nullopt;
            return rated_need{{{node.text}, false}, 3.0 + static_cast<double>(node.text.size())};
        case type::number: return rated_need{{{}, true}, score_of_a_number};
        case type::prefix:
        case type::gap: return std::nullopt;
        case type::choice: {
            rated_need all{{}, 1e9};
            for (const auto& child : node.children) {
                const auto one = best_of(child, common);
                if (!one) return std::nullopt;
                all.what.words.insert(all.what.words.end(), one->what.words.begin(), one->what.words.end());
                all.what.number = all.what.number || one->what.number;
                all.score = std::min(all.score, one->score);
            }
            std::sort(all.what.words.begin(), all.what.words.end());
            all.what.words.erase(std::unique(all.what.words.begin(), all.what.words.end()), all.what.words.end());
            return all;
        }
        case type::sequence: break;
    }
    std::vector<rated_need> all;
    each_need(node, common, all);
    const auto best = std::min_element(all.begin(), all.end(), better);
    return best == all.end() ? std::nullopt : std::optional(std::move(*best));
}

}  // namespace

std::vector<need> needs_of(const pattern_node& root, const is_common& common) {
    std::vector<rated_need> all;
    each_need(root, common, all);
    std::stable_sort(all.begin(), all.end(), better);
    std::vector<need> result;
    for (auto& one : all) {
        if (result.size() < max_needs) result.push_back(std::move(one.what));
    }
    return result;
}

need_table::number need_table::add(const need& one, lexicon& words) {
    const auto [at, fresh] = numbers_.try_emplace(one, count_);
    if (!fresh) return at->second;
    for (const auto& word : one.words) {
        const auto id = words.add(word);
        if (id >= by_words_.size()) by_words_.resize(id + 1);
        by_words_[id].push_back(count_);
    }
    if (one.number) by_number_.push_back(count_);
    return count_++;
}

void need_table::seal() {
    by_word_ = flat_lists<number>(by_words_);
    by_words_.clear();
    numbers_.clear();
}

void need_table::find(const token_list& words, met_needs& met) const {
    met.clear(count_);
    met.add(nothing);
    for (const auto& one : words.tokens) {
        if (one.word != no_word) by_word_.fetch_start(one.word);
    }
    for (const auto& one : words.tokens) {
        for (const auto which : by_word_[one.word]) met.add(which);
        if (one.number) {
            for (const auto which : by_number_) met.add(which);
        }
    }
}

}  // namespace hearth::moderation
