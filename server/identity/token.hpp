// Random names for things: bearer tokens that open something, and ids that only name it.
#pragma once

#include <string>
#include <string_view>

namespace hearth::identity {

/// 128 random bits in base64url: 22 characters. Whoever has it may use it, so only hash_token() of it is stored. It does not
/// begin with a hyphen: invites are handed to other programs, which would take it for an option.
[[nodiscard]] std::string new_token();

/// SHA-256 of a token: 32 raw bytes. Tokens are random, so no slower hash is needed.
[[nodiscard]] std::string hash_token(std::string_view token);

/// `kind` and 13 base-32 characters (65 random bits): "u" for people, "c" for cases.
[[nodiscard]] std::string new_id(char kind);

/// Compares secrets in a time that tells nothing of where they differ.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

}  // namespace hearth::identity
