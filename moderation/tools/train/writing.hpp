// The trained weights as the file that the judge maps into memory.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/learned/model.hpp"
#include "moderation/tools/train/examples.hpp"
#include "moderation/tools/train/linear.hpp"

namespace hearth::moderation::training {

/// The whole file's bytes. Weights become eight bits each; features that say least are left out until the table is three
/// quarters full at most.
[[nodiscard]] std::string model_bytes(const example_set& set, const std::array<weights, model_outputs>& trained,
                                      const std::array<calibration, model_outputs>& calibrated, const last_layer& last,
                                      const model_thresholds& thresholds, std::string_view trained_from,
                                      std::uint32_t slots);

}  // namespace hearth::moderation::training
