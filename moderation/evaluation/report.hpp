// The measures as people and programs read them.
#pragma once

#include <string>

#include "moderation/evaluation/measures.hpp"

namespace hearth::moderation {

/// Tables in plain text: the figures of each language, each category, what was taken for what, the worst lines.
[[nodiscard]] std::string report_text(const tally& of, std::size_t worst);

/// The same as one JSON object. Rates are 0 to 1, intervals are [low, high].
[[nodiscard]] std::string report_json(const tally& of, std::size_t worst);

}  // namespace hearth::moderation
