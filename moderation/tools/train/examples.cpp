#include "moderation/tools/train/examples.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "moderation/pipeline.hpp"

namespace hearth::moderation::training {
namespace {

constexpr int ordinary_times = 6;  // more gains nothing, fewer surfaces up to 5 % less at the same noise

// By content, so that adding a line to the corpus moves no other line to another fold.
std::size_t fold_of(const labelled_line& line, std::size_t folds) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : line.text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<std::size_t>((hash >> 20U) % folds);
}

}  // namespace

std::array<bool, model_outputs> truth_of(const labelled_line& line) {
    std::array<bool, model_outputs> truth{};
    if (line.benign()) return truth;
    for (const auto one : line.categories) {
        truth[one] = true;
        if (!asks_for_a_person(one)) continue;
        truth[taxonomy[one].lane == lane::care ? output_care : output_harm] = true;
        truth[output_any] = true;
    }
    return truth;
}

example_set make_examples(const std::vector<labelled_line>& corpus, const std::shared_ptr<const ruleset>& rules,
                          std::size_t rarest, std::size_t folds) {
    pipeline stages(rules);
    std::vector<std::vector<feature>> all;
    all.reserve(corpus.size());
    struct sighting {
        std::size_t lines = 0;
        feature_kind kind = feature_kind::words;
    };
    std::map<std::uint32_t, sighting> seen_in;  // ordered, so that numbers do not depend on a hash table's mood
    for (const auto& line : corpus) {
        stages.read(line.text, context_of(line));
        // Rules look better on lines their writers saw than they are: the classifier must not learn to trust them there.
        all.push_back(stages.features(!line.shown_to_rules));
        std::map<std::uint32_t, feature_kind> seen;
        for (const auto& one : all.back()) seen.emplace(one.hash, one.kind);
        for (const auto& [hash, kind] : seen) {
            auto& sighted = seen_in[hash];
            ++sighted.lines;
            sighted.kind = kind;
        }
    }
    example_set set;
    std::unordered_map<std::uint32_t, std::uint32_t> number;
    for (const auto& [hash, sighted] : seen_in) {
        if (sighted.lines < rarest || hash == 0) continue;
        number.emplace(hash, static_cast<std::uint32_t>(set.hashes.size()));
        set.hashes.push_back(hash);
        set.kinds.push_back(sighted.kind);
        set.squares.push_back(square_of(sighted.lines, corpus.size()));
    }
    set.unknown_square = square_of(1, corpus.size());
    for (std::size_t i = 0; i < corpus.size(); ++i) {
        example one;
        one.line = i;
        one.fold = fold_of(corpus[i], folds);
        one.truth = truth_of(corpus[i]);
        one.words = words_read(all[i]);
        // Twins are many here and rare in life; ordinary lines are what a person would have to look at for nothing.
        if (corpus[i].kind == line_kind::ordinary) one.times = ordinary_times;
        std::array<std::uint64_t, feature_kinds> squares{};
        for (const auto& f : all[i]) {
            const auto known = number.find(f.hash);
            squares[static_cast<std::size_t>(f.kind)] +=
                known != number.end() ? set.squares[known->second] : set.unknown_square;
        }
        std::map<std::uint32_t, float> values;
        for (const auto& f : all[i]) {
            const auto known = number.find(f.hash);
            if (known == number.end()) continue;
            const auto weight = std::sqrt(static_cast<float>(set.squares[known->second]) / square_unit);
            values[known->second] += weight * scale_to_unit(squares[static_cast<std::size_t>(f.kind)]);
        }
        one.values.assign(values.begin(), values.end());
        set.examples.push_back(std::move(one));
    }
    return set;
}

}  // namespace hearth::moderation::training
