// The pattern syntax of packs/README.md as a tree: words, choices, gaps. Reading it knows nothing of matching.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::moderation {

/// A pattern taken apart. `choice` has one child per alternative; an empty `sequence` is the absent optional part.
struct pattern_node {
    enum class type : std::uint8_t { word, prefix, number, gap, sequence, choice };
    type kind = type::sequence;
    std::string text;  ///< word, prefix: folded, one word; number: unit stuck to the digits, or empty for any
    int words = 0;     ///< gap: at most this many
    std::vector<pattern_node> children;
};

/// Why a pattern cannot be read, in words for the pack's author.
struct pattern_fault {
    std::string reason;
};

/// Gives the patterns of a named list, or null when there is none. Throws nothing; the tree is built with them inside.
using list_lookup = std::function<const std::vector<std::string>*(std::string_view name)>;

/// Reads one pattern. Throws pattern_fault.
[[nodiscard]] pattern_node parse_pattern(std::string_view pattern, const list_lookup& lists);

/// How many literal spellings a pattern's largest stretch between gaps has; at most `limit` + 1 is counted.
[[nodiscard]] std::size_t widest_stretch(const pattern_node& root, std::size_t limit);

inline constexpr std::size_t max_stretch = 200'000;
inline constexpr int max_gap_words = 12;
inline constexpr int default_gap_words = 3;

}  // namespace hearth::moderation
