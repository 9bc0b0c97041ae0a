// Short answers mean what the message before them means: "same" to a confession is a confession, "do it" to a plan is a
// push, "how?" to a trick asks for the trick.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "moderation/policy/policy.hpp"
#include "moderation/text/tokens.hpp"
#include "moderation/voice/cue_table.hpp"

namespace hearth::moderation {

/// What a short answer does with the message before it.
enum class echo : std::uint8_t { none, agree, push, ask };

/// Longer messages speak for themselves.
inline constexpr std::size_t longest_echo = 8;  // words

[[nodiscard]] echo read_echo(const token_list& words, const std::vector<cue_hit>& cues, language_mask languages);

/// The finding that an answer takes over from what was found in the message before it, if any.
[[nodiscard]] std::optional<finding> echoed(echo how, const std::vector<finding>& before);

}  // namespace hearth::moderation
