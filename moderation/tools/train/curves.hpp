// Where a probability begins to mean something: thresholds read off the curves of lines that were not trained on.
#pragma once

#include <array>
#include <vector>

#include "moderation/evaluation/labelled.hpp"
#include "moderation/learned/model.hpp"

namespace hearth::moderation::training {

/// A share of the ordinary lines and one of the twins.
struct flagged_share {
    double ordinary = 0;
    double twins = 0;
};

/// How much a person can be asked to look at for nothing, and what may never happen.
struct tolerance {
    /// Ordinary lines flagged by the whole judge, rules included, in each language. What the classifier may flag where it
    /// looks grave is moved until they are.
    double in_all = 0.0318;
    /// Flagged by the classifier, the likeliest category being one that is shown on less (model.hpp), or another.
    flagged_share grave{0.019, 0.135}, other{0.002, 0.056};
    /// Beyond the threshold of a single category or of care.
    flagged_share one{0.021, 0.15};
    /// Leans to harm: enough to hold what a rule of the same category found, at severity 4.
    flagged_share leaning{0.012, 0.08};
    /// Flagged by one category that calls a person at once, beyond what is flagged anyway.
    flagged_share paged{0.0015, 0.015};
    /// Reads harmful enough for a rule to hold it. Care lines count as ordinary ones.
    flagged_share borne_out{0.001, 0.004};
    double held_benign = 0.0004;  ///< held by the classifier alone; of disclosures none at all
};

/// Per line and output: calibrated probability from a model that had not seen the line.
using held_out = std::array<std::vector<double>, model_outputs>;

/// `languages` in the order of the packs; `grave_ordinary`, by language: the share of ordinary lines flagged where the
/// classifier looks grave.
[[nodiscard]] model_thresholds choose_thresholds(const std::vector<labelled_line>& corpus,
                                                 const held_out& probabilities,
                                                 const std::vector<std::string>& languages,
                                                 const std::vector<double>& grave_ordinary, const tolerance& allowed);

}  // namespace hearth::moderation::training
