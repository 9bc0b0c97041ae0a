// The corpus as numbers: what the judge's own stages make of every line, hashed features counted and numbered.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "moderation/evaluation/labelled.hpp"
#include "moderation/learned/model.hpp"
#include "moderation/rules/ruleset.hpp"

namespace hearth::moderation::training {

/// One line: sparse values by feature number, ascending, and what is true of it.
struct example {
    std::vector<std::pair<std::uint32_t, float>> values;
    std::array<bool, model_outputs> truth{};
    std::size_t fold = 0;  ///< which part of cross-validation it is judged in
    std::size_t line = 0;  ///< index into the corpus
    int times = 1;         ///< how often it counts
    std::size_t words = 0;
};

struct example_set {
    std::vector<example> examples;
    std::vector<std::uint32_t> hashes;   ///< feature number -> hash
    std::vector<feature_kind> kinds;     ///< feature number -> kind
    std::vector<std::uint16_t> squares;  ///< feature number -> square of its weight, see square_of()
    std::uint16_t unknown_square = 0;    ///< of a feature that no other line has
};

/// Features that fewer than `rarest` lines hold are left out.
[[nodiscard]] example_set make_examples(const std::vector<labelled_line>& corpus,
                                        const std::shared_ptr<const ruleset>& rules, std::size_t rarest,
                                        std::size_t folds);

[[nodiscard]] std::array<bool, model_outputs> truth_of(const labelled_line& line);

}  // namespace hearth::moderation::training
