#include "moderation/signals/needs.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace hearth::moderation {
namespace {

using type = pattern_node::type;

constexpr double with_a_number = 0.2;  // the share of lines that hold one
constexpr double rarely = 1e-4;        // … that hold what was in none that were counted

struct rated_need {
    need what;
    double unmet = 1;  // the share of ordinary lines that do not meet it
};

bool better(const rated_need& a, const rated_need& b) {
    return a.unmet != b.unmet ? a.unmet > b.unmet : a.what.words.size() < b.what.words.size();
}

std::optional<rated_need> best_of(const pattern_node& node, const word_frequency& frequency);

// What each part of a sequence needs by itself.
void each_need(const pattern_node& node, const word_frequency& frequency, std::vector<rated_need>& out) {
    if (node.kind == type::sequence) {
        for (const auto& child : node.children) each_need(child, frequency, out);
    } else if (auto one = best_of(node, frequency)) {
        out.push_back(std::move(*one));
    }
}

std::optional<rated_need> best_of(const pattern_node& node, const word_frequency& frequency) {
    switch (node.kind) {
        case type::word: return rated_need{{{node.text}, false}, 1 - std::min(1.0, frequency.of(node.text) + rarely)};
        case type::number: return rated_need{{{}, true}, 1 - with_a_number};
        case type::prefix:
        case type::gap: return std::nullopt;
        case type::choice: {
            rated_need all{{}, 1};
            for (const auto& child : node.children) {
                const auto one = best_of(child, frequency);
                if (!one) return std::nullopt;
                all.what.words.insert(all.what.words.end(), one->what.words.begin(), one->what.words.end());
                all.what.number = all.what.number || one->what.number;
                all.unmet *= one->unmet;
            }
            std::sort(all.what.words.begin(), all.what.words.end());
            all.what.words.erase(std::unique(all.what.words.begin(), all.what.words.end()), all.what.words.end());
            return all;
        }
        case type::sequence: break;
    }
    std::vector<rated_need> all;
    each_need(node, frequency, all);
    const auto best = std::min_element(all.begin(), all.end(), better);
    return best == all.end() ? std::nullopt : std::optional(std::move(*best));
}

// Whether every one of the literals holds a word that meets it.
bool met_by_all(const std::vector<anchor>& anchors, const need& one) {
    const auto meets = [&](const anchor& each) {
        const std::string_view literal = each.literal;
        for (std::size_t at = 1, end = 0; (end = literal.find(' ', at)) != literal.npos; at = end + 1) {
            if (std::binary_search(one.words.begin(), one.words.end(), literal.substr(at, end - at))) return true;
        }
        return false;
    };
    return !anchors.empty() && std::all_of(anchors.begin(), anchors.end(), meets);
}

}  // namespace

std::vector<need> needs_of(const pattern_node& root, const std::vector<anchor>& found,
                           const word_frequency& frequency) {
    std::vector<rated_need> all;
    each_need(root, frequency, all);
    std::stable_sort(all.begin(), all.end(), better);
    std::vector<need> result;
    for (auto& one : all) {
        if (result.size() < max_needs && !met_by_all(found, one.what)) result.push_back(std::move(one.what));
    }
    return result;
}

void named_words::add(bit which) {
    bits_[which / 64] |= std::uint64_t{1} << (which % 64);
    set_.push_back(which);
}

void named_words::read(const token_list& words, std::size_t all) {
    for (const auto which : set_) bits_[which / 64] = 0;
    set_.clear();
    bits_.resize(of(static_cast<word_id>(all)) / 64 + 1);
    for (const auto& one : words.tokens) {
        if (one.word != no_word) add(of(one.word));
        if (one.number) add(number);
    }
}

need_table::number need_table::add(const need& one, lexicon& words) {
    if (lists_.empty()) lists_.emplace_back();  // nothing
    const auto [at, fresh] = numbers_.try_emplace(one, static_cast<number>(lists_.size()));
    if (!fresh) return at->second;
    auto& list = lists_.emplace_back();
    if (one.number) list.push_back(named_words::number);
    for (const auto& word : one.words) list.push_back(named_words::of(words.add(word)));
    return at->second;
}

void need_table::seal() {
    met_by_ = flat_lists<named_words::bit>(lists_);
    lists_.clear();
    numbers_.clear();
}

}  // namespace hearth::moderation
