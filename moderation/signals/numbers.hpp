// Figures that hurt in a room about eating: weights, BMI, calories, clothes sizes, hours of fasting. A number counts only
// with its unit or its name beside it, so that dates, doses, ages and days sober are never meant.
#pragma once

#include <cstdint>
#include <vector>

#include "moderation/text/tokens.hpp"

namespace hearth::moderation {

/// Word ranges [first, last) that name such a figure.
struct figure {
    std::uint32_t first;
    std::uint32_t last;
};

[[nodiscard]] std::vector<figure> find_diet_figures(const folded& text, const token_list& words);

}  // namespace hearth::moderation
