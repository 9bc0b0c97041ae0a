// A word as it was typed, with the digits, signs and joints that folding would part it at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::moderation {

/// What stands between two spaces or apostrophes. Letters are folded and look-alikes read as Latin; digits and $ @ ! | + * are kept;
/// joints (hyphens, dots, emoji) part `pieces` and are left out of `joined`. Of a plain word only its place is told.
struct text_cluster {
    std::string joined;
    std::vector<std::string> pieces;
    std::uint32_t begin = 0;  ///< in the original
    std::uint32_t end = 0;
    bool suspicious = false;  ///< something in it may be a disguise
    bool mixed = false;       ///< Latin letters and look-alikes of other scripts in one word
    bool foreign = false;     ///< nothing but look-alikes: another language, or a disguise beside others
};

/// Reads the cluster around byte `at` of `original`, not going back before `floor`. Long ones and links are never suspicious.
[[nodiscard]] text_cluster read_cluster(std::string_view original, std::uint32_t at, std::uint32_t floor);

}  // namespace hearth::moderation
