#include "moderation/signals/anchors.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace hearth::moderation {
namespace {

using type = pattern_node::type;
using is_common = std::function<bool(std::string_view)>;

constexpr std::size_t max_product = 12;
constexpr double selective_enough = 9;  // beyond this, fewer literals are worth more than rarer ones

struct candidate {
    std::vector<anchor> anchors;
    double score = 0;
};

// How many words a part of a match takes.
struct extent {
    std::uint32_t least = 0;
    std::uint32_t most = 0;
    extent& operator+=(const extent& other) {
        least += other.least;
        most += other.most;
        return *this;
    }
};

constexpr std::uint32_t words_of_a_number = 3;  // "1,200", "twenty five"

extent extent_of(const pattern_node& node) {
    switch (node.kind) {
        case type::word:
        case type::prefix: return {1, 1};
        case type::number: return {1, words_of_a_number};
        case type::gap: return {0, static_cast<std::uint32_t>(node.words)};
        case type::choice: {
            extent all{std::numeric_limits<std::uint32_t>::max(), 0};
            for (const auto& child : node.children) {
                const auto one = extent_of(child);
                all = {std::min(all.least, one.least), std::max(all.most, one.most)};
            }
            return node.children.empty() ? extent{} : all;
        }
        case type::sequence: break;
    }
    extent all;
    for (const auto& child : node.children) all += extent_of(child);
    return all;
}

double rarity(std::string_view literal, const is_common& common) {
    double score = 0;
    for (std::size_t at = literal.find_first_not_of(' '); at != std::string_view::npos && at < literal.size();) {
        const auto end = std::min(literal.find(' ', at), literal.size());
        const auto word = literal.substr(at, end - at);
        score += word.size() <= 2 || common(word) ? 1.5 : 3.0 + static_cast<double>(word.size());
        at = end + 1;
    }
    return score;
}

candidate rated(std::vector<anchor> anchors, const is_common& common) {
    std::sort(anchors.begin(), anchors.end(), [](const anchor& a, const anchor& b) { return a.literal < b.literal; });
    std::size_t kept = 0;
    double score = 1e9;
    for (auto& one : anchors) {
        score = std::min(score, rarity(one.literal, common));
        if (kept > 0 && anchors[kept - 1].literal == one.literal) {
            auto& same = anchors[kept - 1];
            same.nearest = std::min(same.nearest, one.nearest);
            same.farthest = std::max(same.farthest, one.farthest);
        } else if (auto& place = anchors[kept++]; &place != &one) {
            place = std::move(one);
        }
    }
    anchors.resize(kept);
    return {std::move(anchors), score};
}

bool better(const candidate& left, const candidate& right) {
    const auto a = std::min(left.score, selective_enough);
    const auto b = std::min(right.score, selective_enough);
    if (a != b) return a > b;
    return left.anchors.size() < right.anchors.size();
}

std::vector<std::string> product(const std::vector<std::string>& lefts, const std::vector<std::string>& rights) {
    std::vector<std::string> all;
    for (const auto& left : lefts) {
        for (const auto& right : rights)
            all.push_back(left.empty() || right.empty() ? left + right : left + " " + right);
    }
    return all;
}

// All spellings of a subtree as plain words (" a b" without outer spaces), or nothing when it has gaps, numbers,
// prefixes or too many.
std::optional<std::vector<std::string>> spellings(const pattern_node& node) {
    switch (node.kind) {
        case type::word: return std::vector{node.text};
        case type::prefix:
        case type::number:
        case type::gap: return std::nullopt;
        case type::choice: {
            std::vector<std::string> all;
            for (const auto& child : node.children) {
                auto some = spellings(child);
                if (!some || all.size() + some->size() > max_product) return std::nullopt;
                all.insert(all.end(), some->begin(), some->end());
            }
            return all;
        }
        case type::sequence: break;
    }
    std::vector<std::string> all{""};
    for (const auto& child : node.children) {
        auto some = spellings(child);
        if (!some || all.size() * some->size() > max_product) return std::nullopt;
        all = product(all, *some);
    }
    return all;
}

// The literals of one run of words, as they stand `before` words into a match.
std::vector<anchor> literals_of(const std::vector<std::string>& run, const extent& before) {
    std::vector<anchor> result;
    for (const auto& words : run) {
        const auto further = static_cast<std::uint32_t>(std::count(words.begin(), words.end(), ' '));
        result.push_back({" " + words + " ", before.least + further, before.most + further});
    }
    return result;
}

std::optional<candidate> best(const pattern_node& node, const is_common& common) {
    switch (node.kind) {
        case type::word: return rated({{" " + node.text + " ", 0, 0}}, common);
        case type::prefix: return rated({{" " + node.text, 0, 0}}, common);
        case type::number:
        case type::gap: return std::nullopt;
        case type::choice: {
            std::vector<anchor> all;
            for (const auto& child : node.children) {
                auto one = best(child, common);
                if (!one) return std::nullopt;
                all.insert(all.end(), one->anchors.begin(), one->anchors.end());
            }
            return rated(std::move(all), common);
        }
        case type::sequence: break;
    }
    std::optional<candidate> found;
    const auto offer = [&](candidate one) {
        if (!found || better(one, *found)) found = std::move(one);
    };
    extent before;
    for (std::size_t first = 0; first < node.children.size(); ++first) {
        if (auto one = best(node.children[first], common)) {
            for (auto& each : one->anchors) {
                each.nearest += before.least;
                each.farthest += before.most;
            }
            offer(std::move(*one));
        }
        std::vector<std::string> run{""};
        for (auto last = first; last < node.children.size(); ++last) {
            const auto some = spellings(node.children[last]);
            if (!some || run.size() * some->size() > max_product) break;
            run = product(run, *some);
            if (last == first || std::find(run.begin(), run.end(), "") != run.end()) continue;
            offer(rated(literals_of(run, before), common));
        }
        before += extent_of(node.children[first]);
    }
    return found;
}

}  // namespace

std::vector<anchor> anchors_of(const pattern_node& root, const is_common& common) {
    auto found = best(root, common);
    return found ? std::move(found->anchors) : std::vector<anchor>{};
}

}  // namespace hearth::moderation
