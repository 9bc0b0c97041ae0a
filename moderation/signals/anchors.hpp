// Which literal strings to look for so that a pattern can be skipped when none of them stands in the text. The rarer
// the literals, the fewer patterns are tried on an ordinary message.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/signals/pattern.hpp"

namespace hearth::moderation {

/// Literals over folded text with their boundary spaces (" want to die ", " thinspo" for a prefix): every match of the
/// pattern contains one of them. Empty when the pattern has none (only numbers and options). `common` tells the little
/// words, which are poor anchors.
[[nodiscard]] std::vector<std::string> anchors_of(const pattern_node& root,
                                                  const std::function<bool(std::string_view)>& common);

}  // namespace hearth::moderation
