#include "moderation/signals/anchors.hpp"

#include <algorithm>
#include <optional>

namespace hearth::moderation {
namespace {

using type = pattern_node::type;
using is_common = std::function<bool(std::string_view)>;

constexpr std::size_t max_product = 12;
constexpr double selective_enough = 9;  // beyond this, fewer literals are worth more than rarer ones

struct candidate {
    std::vector<std::string> literals;
    double score = 0;
};

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

candidate rated(std::vector<std::string> literals, const is_common& common) {
    std::sort(literals.begin(), literals.end());
    literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
    double score = 1e9;
    for (const auto& literal : literals) score = std::min(score, rarity(literal, common));
    return {std::move(literals), score};
}

bool better(const candidate& left, const candidate& right) {
    const auto a = std::min(left.score, selective_enough);
    const auto b = std::min(right.score, selective_enough);
    if (a != b) return a > b;
    return left.literals.size() < right.literals.size();
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
        std::vector<std::string> product;
        for (const auto& left : all) {
            for (const auto& right : *some)
                product.push_back(left.empty() || right.empty() ? left + right : left + " " + right);
        }
        all = std::move(product);
    }
    return all;
}

std::optional<candidate> best(const pattern_node& node, const is_common& common) {
    switch (node.kind) {
        case type::word: return rated({" " + node.text + " "}, common);
        case type::prefix: return rated({" " + node.text}, common);
        case type::number:
        case type::gap: return std::nullopt;
        case type::choice: {
            candidate all;
            for (const auto& child : node.children) {
                auto one = best(child, common);
                if (!one) return std::nullopt;
                all.literals.insert(all.literals.end(), one->literals.begin(), one->literals.end());
            }
            return rated(std::move(all.literals), common);
        }
        case type::sequence: break;
    }
    std::optional<candidate> found;
    const auto offer = [&](candidate one) {
        if (!found || better(one, *found)) found = std::move(one);
    };
    for (std::size_t first = 0; first < node.children.size(); ++first) {
        if (auto one = best(node.children[first], common)) offer(std::move(*one));
        std::vector<std::string> run{""};
        for (auto last = first; last < node.children.size(); ++last) {
            const auto some = spellings(node.children[last]);
            if (!some || run.size() * some->size() > max_product) break;
            std::vector<std::string> product;
            for (const auto& left : run) {
                for (const auto& right : *some)
                    product.push_back(left.empty() || right.empty() ? left + right : left + " " + right);
            }
            run = std::move(product);
            if (last == first || std::find(run.begin(), run.end(), "") != run.end()) continue;
            std::vector<std::string> literals;
            for (const auto& words : run) literals.push_back(" " + words + " ");
            offer(rated(std::move(literals), common));
        }
    }
    return found;
}

}  // namespace

std::vector<std::string> anchors_of(const pattern_node& root, const is_common& common) {
    auto found = best(root, common);
    return found ? std::move(found->literals) : std::vector<std::string>{};
}

}  // namespace hearth::moderation
