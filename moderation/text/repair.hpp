// Undoes evasions word by word: th1nspo, p r o - a n a, suuuicide, k*ll, look-alike letters, words run together. A repaired
// word is always one that rules name, so that ordinary text with digits and signs in it stays what it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/text/fold.hpp"
#include "moderation/text/repair_index.hpp"
#include "moderation/text/tokens.hpp"
#include "moderation/text/variants.hpp"

namespace hearth::moderation {

/// A range of the repaired text that differs from what was typed.
struct repaired_range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool slip = false;  ///< a guess at a misspelling, not a disguise undone
};

/// Writes the text as it reads without its disguises into `out`, whose offsets still lead to the original, and the
/// ranges that differ into `changed`. False when there is nothing to undo. `plain` and `words` are the folded original,
/// `languages` those it may be in (a bit each): misspellings are guessed at in them alone. `accepted` are read as their terms,
/// and are no guess.
[[nodiscard]] bool repair_into(std::string_view original, const folded& plain, const token_list& words,
                               std::uint8_t languages, const repair_index& index, const variants& accepted, folded& out,
                               std::vector<repaired_range>& changed);

}  // namespace hearth::moderation
