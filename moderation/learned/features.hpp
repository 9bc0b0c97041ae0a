// What the classifier sees of a message: its words, their runs and beginnings, the ideas in it, and the signs around them. The same
// code feeds training and scoring, so that the two cannot drift apart.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "moderation/learned/glossary.hpp"
#include "moderation/policy/policy.hpp"
#include "moderation/text/fold.hpp"
#include "moderation/text/tokens.hpp"
#include "moderation/voice/cue_table.hpp"

namespace hearth::moderation {

/// Each kind is brought to unit length by itself, so that many of one do not drown the few of another.
enum class feature_kind : std::uint8_t { words, ideas, signs, before };
inline constexpr std::size_t feature_kinds = 4;

/// One piece of a message. `first` and `last` are the token indices it came from, for explanations; equal when it came
/// from no word in particular.
struct feature {
    std::uint32_t hash = 0;
    feature_kind kind = feature_kind::words;
    std::uint16_t first = 0;
    std::uint16_t last = 0;
};

/// What features are taken from. `before` is what the message answers to, or null.
struct feature_source {
    const folded& text;
    const token_list& words;
    const std::vector<cue_hit>& cues;
    const std::vector<idea_hit>& ideas;
    const std::vector<finding>& findings;
    const folded* before_text = nullptr;
    const token_list* before_words = nullptr;
};

/// Past this many words a message is not read further for features: enough for 4,000 characters.
inline constexpr std::size_t max_feature_words = 1'000;
/// What came before counts by its first words only.
inline constexpr std::size_t max_before_words = 40;

/// How many words the features were taken from.
[[nodiscard]] std::size_t words_read(const std::vector<feature>& features) noexcept;

/// Appends nothing that was there before: `out` is cleared. Linear in the message's length.
void extract_features(const feature_source& from, std::vector<feature>& out);

}  // namespace hearth::moderation
