// Which literal strings to look for so that a pattern can be skipped when none of them stands in the text. The rarer
// the literals, the fewer patterns are tried on an ordinary message.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "moderation/signals/frequency.hpp"
#include "moderation/signals/pattern.hpp"

namespace hearth::moderation {

/// A literal over folded text with its boundary spaces (" want to die ", " thinspo" for a prefix), and how many words of
/// the match stand before the literal's last one: from `nearest` to `farthest`.
struct anchor {
    std::string literal;
    std::uint32_t nearest = 0;
    std::uint32_t farthest = 0;
};

/// Every match of the pattern contains one of them, at one of its distances. Ascending, each literal once. Empty when the
/// pattern has none (only numbers and options). Those that ordinary lines hold least often, all together.
[[nodiscard]] std::vector<anchor> anchors_of(const pattern_node& root, const word_frequency& frequency);

}  // namespace hearth::moderation
