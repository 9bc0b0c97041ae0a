#include "moderation/tools/train/linear.hpp"

#include <linear.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <stdexcept>

namespace hearth::moderation::training {
namespace {

constexpr double bias_value = 1;
constexpr double digits = 1e4;  // exp() may differ in its last bit between processors; the file's bytes must not

// The weights for the label 1, the bias last.
weights solve(std::vector<feature_node*>& rows, std::vector<double>& labels, std::size_t inputs, parameter how) {
    problem task{};
    task.l = static_cast<int>(rows.size());
    task.n = static_cast<int>(inputs);
    task.y = labels.data();
    task.x = rows.data();
    task.bias = bias_value;
    if (const char* wrong = check_parameter(&task, &how)) throw std::runtime_error(wrong);
    set_print_string_function([](const char*) {});
    std::srand(1);
    ::model* trained = ::train(&task, &how);
    weights result(trained->w, trained->w + inputs);
    const double side = trained->label[0] == 1 ? 1 : -1;
    free_and_destroy_model(&trained);
    for (auto& one : result) one *= side;
    return result;
}

}  // namespace

weights train_linear(const example_set& set, std::size_t output, const linear_settings& settings,
                     const std::function<bool(const example&)>& use) {
    std::vector<std::vector<feature_node>> rows;
    std::vector<double> labels;
    const auto features = static_cast<int>(set.hashes.size());
    for (const auto& one : set.examples) {
        if (!use(one)) continue;
        std::vector<feature_node> row;
        row.reserve(one.values.size() + 2);
        for (const auto& [number, value] : one.values) row.push_back({static_cast<int>(number) + 1, value});
        row.push_back({features + 1, bias_value});
        row.push_back({-1, 0});
        for (int i = 0; i < one.times; ++i) {
            rows.push_back(row);
            labels.push_back(one.truth[output] ? 1 : -1);
        }
    }
    std::vector<feature_node*> pointers;
    pointers.reserve(rows.size());
    for (auto& row : rows) pointers.push_back(row.data());
    int label = 1;
    double weight = settings.positive_weight;
    parameter how{};
    how.solver_type = L2R_L2LOSS_SVC_DUAL;
    how.eps = 0.05;
    how.C = settings.cost;
    how.nr_weight = 1;
    how.weight_label = &label;
    how.weight = &weight;
    how.p = 0.1;
    return solve(pointers, labels, set.hashes.size() + 1, how);
}

double decision(const weights& of, const example& one) {
    double sum = of.back() * bias_value;
    for (const auto& [number, value] : one.values) sum += of[number] * value;
    return sum;
}

std::vector<double> held_out_decisions(const example_set& set, std::size_t output, std::size_t folds,
                                       const linear_settings& settings) {
    std::vector<double> result(set.examples.size());
    for (std::size_t fold = 0; fold < folds; ++fold) {
        const auto trained = train_linear(set, output, settings, [&](const example& one) { return one.fold != fold; });
        for (std::size_t i = 0; i < set.examples.size(); ++i) {
            if (set.examples[i].fold == fold) result[i] = decision(trained, set.examples[i]);
        }
    }
    return result;
}

double calibration::probability(double decision) const { return 1 / (1 + std::exp(-(slope * decision + offset))); }

calibration calibrate(const std::vector<double>& decisions, const std::vector<bool>& truth) {
    calibration now{1, 0};
    constexpr double ridge = 1e-3;
    for (int round = 0; round < 100; ++round) {  // Newton's method on two parameters
        double ga = ridge * (now.slope - 1), gb = 0, haa = ridge, hab = 0, hbb = 1e-9;
        for (std::size_t i = 0; i < decisions.size(); ++i) {
            const double p = now.probability(decisions[i]);
            const double off = p - (truth[i] ? 1 : 0), curve = p * (1 - p);
            ga += off * decisions[i];
            gb += off;
            haa += curve * decisions[i] * decisions[i];
            hab += curve * decisions[i];
            hbb += curve;
        }
        const double det = haa * hbb - hab * hab;
        if (det <= 0) break;
        const double da = (hbb * ga - hab * gb) / det, db = (haa * gb - hab * ga) / det;
        now.slope -= da;
        now.offset -= db;
        if (std::abs(da) + std::abs(db) < 1e-9) break;
    }
    now.slope = std::round(now.slope * digits) / digits;
    now.offset = std::round(now.offset * digits) / digits;
    return now;
}

last_layer train_last(const std::vector<last_example>& examples) {
    std::vector<std::vector<feature_node>> rows;
    std::vector<feature_node*> pointers;
    std::vector<double> labels;
    for (const auto& one : examples) {
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < last_inputs; ++i) row.push_back({static_cast<int>(i) + 1, one.said[i]});
        row.push_back({static_cast<int>(last_inputs) + 1, bias_value});
        row.push_back({-1, 0});
        pointers.insert(pointers.end(), static_cast<std::size_t>(one.times), row.data());
        labels.insert(labels.end(), static_cast<std::size_t>(one.times), one.truth ? 1 : -1);
    }
    parameter how{};
    how.solver_type = L2R_LR;
    how.eps = 1e-5;
    how.C = 1;
    auto layer = solve(pointers, labels, last_inputs + 1, how);
    std::vector<double> answers;
    std::vector<bool> truth;
    for (const auto& one : examples) {
        answers.push_back(std::inner_product(one.said.begin(), one.said.end(), layer.begin(), layer.back()));
        truth.push_back(one.truth);
    }
    const auto as_counted_once = calibrate(answers, truth);
    for (auto& weight : layer) weight *= as_counted_once.slope;
    layer.back() += as_counted_once.offset;
    last_layer result{};
    std::transform(layer.begin(), layer.end(), result.begin(),
                   [](double weight) { return static_cast<float>(std::round(weight * digits) / digits); });
    return result;
}

}  // namespace hearth::moderation::training
