// What people and rooms may be called, so that a name is what it looks like.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace hearth::identity {

/// The name as it is kept: NFC, no space at the ends, single spaces between. bad_request or too_long naming "name" when it
/// is empty or over `most_chars` code points, is no UTF-8, or holds what cannot be seen: controls, line breaks, bidi marks,
/// zero-width and other ignorable characters, or marks piled on one letter (Unicode TR 39 gives the reasons).
[[nodiscard]] outcome<std::string> clean_name(std::string_view given, std::size_t most_chars = 40);

/// [a-z0-9-]{1,most_chars}
[[nodiscard]] bool valid_slug(std::string_view slug, std::size_t most_chars = 40) noexcept;

/// Nothing when it is not UTF-8.
[[nodiscard]] std::optional<std::size_t> count_code_points(std::string_view text);

}  // namespace hearth::identity
