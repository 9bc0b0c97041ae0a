#include "moderation/tools/train/curves.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace hearth::moderation::training {
namespace {

constexpr double margin = 0.02;  // above the last line that must not be reached
constexpr double never = 2;

// The smallest value that at most `share` of the values reach.
double reached_by(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end(), std::greater<>());
    const auto allowed = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return allowed >= values.size() ? 0 : std::nextafter(values[allowed], never);
}

// The file holds floats; three digits are all that a curve of some thousand lines can tell.
float rounded_up(double value) { return static_cast<float>(std::ceil(value * 1000) / 1000); }

}  // namespace

model_thresholds choose_thresholds(const std::vector<labelled_line>& corpus, const held_out& probabilities,
                                   const std::vector<std::string>& languages, const tolerance& allowed) {
    model_thresholds result{};
    const auto values = [&](std::size_t output, const std::function<bool(const labelled_line&)>& of) {
        std::vector<double> some;
        for (std::size_t i = 0; i < corpus.size(); ++i) {
            if (corpus[i].calibrates && of(corpus[i])) some.push_back(probabilities[output][i]);
        }
        return some;
    };
    const auto ordinary = [](const labelled_line& l) { return l.kind == line_kind::ordinary; };
    const auto twin = [](const labelled_line& l) { return l.kind == line_kind::twin; };
    const auto benign = [](const labelled_line& l) { return l.benign(); };
    const auto care = [](const labelled_line& l) { return l.kind == line_kind::care; };
    for (std::size_t output = 0; output < model_outputs; ++output) {
        auto& one = result[output];
        one.flag = rounded_up(std::max(reached_by(values(output, ordinary), allowed.noise_ordinary),
                                       reached_by(values(output, twin), allowed.noise_twins)));
        one.hold = rounded_up(std::max({reached_by(values(output, benign), allowed.held_benign) + margin,
                                        reached_by(values(output, care), 0) + margin, 0.5}));
        if (output < taxonomy.size() && taxonomy[output].page) {
            one.flag = rounded_up(std::max(reached_by(values(output, ordinary), allowed.grave_ordinary),
                                           reached_by(values(output, twin), allowed.grave_twins)));
        }
        if (output == output_harm) {
            one.hold = rounded_up(std::max({reached_by(values(output, ordinary), allowed.borne_out_ordinary),
                                            reached_by(values(output, twin), allowed.borne_out_twins),
                                            reached_by(values(output, care), allowed.borne_out_ordinary)}));
        }
    }
    for (std::size_t n = 0; n < languages.size() && n < most_languages; ++n) {
        const auto among = [&](line_kind kind) {
            return values(output_any,
                          [&](const labelled_line& l) { return l.kind == kind && l.language == languages[n]; });
        };
        result.any_by_language[n] = rounded_up(std::max(reached_by(among(line_kind::ordinary), allowed.noise_ordinary),
                                                        reached_by(among(line_kind::twin), allowed.noise_twins)));
    }
    return result;
}

}  // namespace hearth::moderation::training
