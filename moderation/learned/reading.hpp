// From probabilities to findings: what the classifier adds to what the rules found.
#pragma once

#include <string_view>
#include <vector>

#include "moderation/learned/model.hpp"
#include "moderation/policy/policy.hpp"

namespace hearth::moderation {

/// What the classifier makes of a message: a category to show a person, and how sure it is. None: nothing to add.
struct learned_reading {
    bool flag = false;  ///< a person should look
    bool sure = false;  ///< so sure that it may wait for that person (never for one who speaks of their own pain)
    category_index category = 0;
    float probability = 0;  ///< of the category
    second_opinion opinion;
};

/// Pure. `room_topic` decides whether figures matter (eating rooms only), `languages` (a bit each) how much it takes.
[[nodiscard]] learned_reading read_scores(const model_thresholds& from, const model_scores& scores,
                                          std::string_view room_topic, language_mask languages = 0);

/// "model.<category>", for as long as the program runs.
[[nodiscard]] std::string_view model_rule(category_index category) noexcept;

}  // namespace hearth::moderation
