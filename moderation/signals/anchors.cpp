#include "moderation/signals/anchors.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace hearth::moderation {
namespace {

using type = pattern_node::type;

constexpr std::size_t max_product = 12;
constexpr double rarely = 4e-4;     // the share of lines that hold what was in none that were counted
constexpr double next_to_it = 0.2;  // … hold a further word beside a given one

struct candidate {
    std::vector<anchor> anchors;
    double hits = 0;  // to be expected in an ordinary line
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

double expected_hits(std::string_view literal, const word_frequency& frequency) {
    double share = 1;
    for (std::size_t at = 1; at < literal.size();) {  // a space is first, and last unless it is a beginning
        const auto end = literal.find(' ', at);
        const auto word = literal.substr(at, end - at);
        const auto of_word = end == literal.npos ? frequency.of_beginning(word) : frequency.of(word);
        share = at == 1 ? of_word : std::min(share, of_word) * next_to_it;
        at = end == literal.npos ? end : end + 1;
    }
    return share + rarely;
}

candidate rated(std::vector<anchor> anchors, const word_frequency& frequency) {
    std::sort(anchors.begin(), anchors.end(), [](const anchor& a, const anchor& b) { return a.literal < b.literal; });
    candidate result;
    for (auto& one : anchors) {
        if (!result.anchors.empty() && result.anchors.back().literal == one.literal) {
            auto& same = result.anchors.back();
            same.nearest = std::min(same.nearest, one.nearest);
            same.farthest = std::max(same.farthest, one.farthest);
        } else {
            result.hits += expected_hits(one.literal, frequency);
            result.anchors.push_back(std::move(one));
        }
    }
    return result;
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

std::optional<candidate> best(const pattern_node& node, const word_frequency& frequency) {
    switch (node.kind) {
        case type::word: return rated({{" " + node.text + " ", 0, 0}}, frequency);
        case type::prefix: return rated({{" " + node.text, 0, 0}}, frequency);
        case type::number:
        case type::gap: return std::nullopt;
        case type::choice: {
            std::vector<anchor> all;
            for (const auto& child : node.children) {
                auto one = best(child, frequency);
                if (!one) return std::nullopt;
                all.insert(all.end(), one->anchors.begin(), one->anchors.end());
            }
            return rated(std::move(all), frequency);
        }
        case type::sequence: break;
    }
    std::optional<candidate> found;
    const auto offer = [&](candidate one) {
        if (!found || one.hits < found->hits) found = std::move(one);
    };
    extent before;
    for (std::size_t first = 0; first < node.children.size(); ++first) {
        if (auto one = best(node.children[first], frequency)) {
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
            offer(rated(literals_of(run, before), frequency));
        }
        before += extent_of(node.children[first]);
    }
    return found;
}

}  // namespace

std::vector<anchor> anchors_of(const pattern_node& root, const word_frequency& frequency) {
    auto found = best(root, frequency);
    return found ? std::move(found->anchors) : std::vector<anchor>{};
}

}  // namespace hearth::moderation
