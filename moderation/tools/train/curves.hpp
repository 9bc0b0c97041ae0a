// Where a probability begins to mean something: thresholds read off the curves of lines that were not trained on.
#pragma once

#include <array>
#include <vector>

#include "moderation/evaluation/labelled.hpp"
#include "moderation/learned/model.hpp"

namespace hearth::moderation::training {

/// How much a person can be asked to look at for nothing, and what may never happen.
struct tolerance {
    double noise_ordinary = 0.021;   ///< of ordinary lines, flagged by the classifier
    double noise_twins = 0.15;       ///< of twins
    double grave_ordinary = 0.0015;  ///< of ordinary lines, flagged by one category that calls a person at once …
    double grave_twins = 0.015;      ///< … and of twins, beyond what is flagged anyway
    double borne_out_ordinary =
        0.003;                      ///< of ordinary and care lines, that read harmful enough for a rule to hold them
    double borne_out_twins = 0.03;  ///< … and of twins
    double held_benign = 0.001;     ///< of benign lines, held by the classifier; disclosures: none at all
};

/// Per line and output: calibrated probability from a model that had not seen the line.
using held_out = std::array<std::vector<double>, model_outputs>;

/// `languages` in the order of the packs.
[[nodiscard]] model_thresholds choose_thresholds(const std::vector<labelled_line>& corpus,
                                                 const held_out& probabilities,
                                                 const std::vector<std::string>& languages, const tolerance& allowed);

}  // namespace hearth::moderation::training
