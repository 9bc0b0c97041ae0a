// Telephone numbers, addresses, handles and links: what names a person or leads out of the room.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "moderation/text/tokens.hpp"
#include "moderation/voice/cue_table.hpp"

namespace hearth::moderation {

struct identifier {
    enum class type : std::uint8_t { phone, email, handle, invitation, address };
    type kind = type::phone;
    std::uint32_t begin = 0;  ///< bytes of the original
    std::uint32_t end = 0;
};

/// A quick look: false when nothing in the text can be an identifier.
[[nodiscard]] bool may_hold_identifiers(std::string_view original) noexcept;

/// Helplines, emergency numbers and other public services are never in the list; neither are dates, times and counts.
/// `handle` is a name after "@" or an app's name; whether it is anyone's to give is for the caller to read from the words.
[[nodiscard]] std::vector<identifier> find_identifiers(std::string_view original, const folded& text,
                                                       const token_list& words, const cue_table& cues);

/// The rule id under which an identifier is reported.
[[nodiscard]] std::string_view rule_of(identifier::type kind) noexcept;

}  // namespace hearth::moderation
