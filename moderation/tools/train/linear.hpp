// One linear model per output, by LIBLINEAR's dual coordinate descent. That solver adds and multiplies in a fixed order
// and takes its permutations from rand(), which is seeded: the same input gives the same bytes.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "moderation/tools/train/examples.hpp"

namespace hearth::moderation::training {

struct linear_settings {
    double cost = 1;             ///< C: how much a training line may pull
    double positive_weight = 1;  ///< a line of the category counts so many times
};

/// Weights by feature number, the last one is the bias.
using weights = std::vector<double>;

/// Trains on the examples that `use` lets through.
[[nodiscard]] weights train_linear(const example_set& set, std::size_t output, const linear_settings& settings,
                                   const std::function<bool(const example&)>& use);

[[nodiscard]] double decision(const weights& of, const example& one);

/// By example: the decision of a model that was not trained on its fold.
[[nodiscard]] std::vector<double> held_out_decisions(const example_set& set, std::size_t output, std::size_t folds,
                                                     const linear_settings& settings);

/// p = 1 / (1 + exp(-(slope * decision + offset))), fitted on decisions of lines that were not trained on (Platt 1999).
struct calibration {
    double slope = 1;
    double offset = 0;
    [[nodiscard]] double probability(double decision) const;
};
[[nodiscard]] calibration calibrate(const std::vector<double>& decisions, const std::vector<bool>& truth);

/// What the last layer answers from, of one line, and whether a person should look at it; `times`: how often it counts.
struct last_example {
    std::array<float, last_inputs> said{};
    bool truth = false;
    int times = 1;
};
/// Logistic regression, calibrated as if every line counted once. So few weights learn nothing by heart: its answers on the
/// lines that it was trained on serve as held-out ones, where the inputs are.
[[nodiscard]] last_layer train_last(const std::vector<last_example>& examples);

}  // namespace hearth::moderation::training
