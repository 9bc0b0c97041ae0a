// A pack proves itself: every example must be surfaced by its rule, no twin may be. The one checker of packs and claims,
// for the build and for whoever writes rules.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/rules/ruleset.hpp"

namespace hearth::moderation {

struct pack_check {
    std::size_t rules = 0, examples = 0, twins = 0;  ///< how many were tried
    std::vector<std::string> problems;               ///< "file:line: rule: reason: …", in the packs' order
};

/// Runs the examples and twins of every rule, or of one language's, through the whole pipeline; the rules judge alone.
/// `compiled` is made from `packs`. `progress`, if any, is told after each rule how many of how many are done.
[[nodiscard]] pack_check check_packs(const pack_set& packs, std::shared_ptr<const ruleset> compiled,
                                     std::string_view language = {},
                                     const std::function<void(std::size_t done, std::size_t all)>& progress = {});

/// What the rules make of one text in a room of this topic, in words: the verdict, what was found, what came to nothing.
[[nodiscard]] std::string explain_text(std::shared_ptr<const ruleset> rules, std::string_view text,
                                       std::string_view topic);

}  // namespace hearth::moderation
