// SHA-256, for what has to be told apart or sealed.
#pragma once

#include <string>
#include <string_view>

namespace hearth::store {

/// 64 lowercase hex digits.
[[nodiscard]] std::string hex_sha256(std::string_view bytes);

}  // namespace hearth::store
