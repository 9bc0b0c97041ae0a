// Whom a line speaks to: the author of the message it answers, and people it calls by name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/person.hpp"

namespace hearth::rooms {

/// Ids of those among `present` whom `text` names: "@Rowan" in any case of ASCII letters, or "Rowan" as it is written,
/// between characters that belong to no word. `author` is not among them.
[[nodiscard]] std::vector<user_id> named_in(std::string_view text, const std::vector<person>& present,
                                            const user_id& author);

}  // namespace hearth::rooms
