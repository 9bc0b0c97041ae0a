// Passwords are stored as Argon2id strings. Each call takes about 30 ms and 19 MiB, so it never runs on a worker:
// see password_pool.hpp.
#pragma once

#include <string>

#include "core/error.hpp"

namespace hearth::identity {

/// A new Argon2id string (19 MiB, 2 passes). Throws std::bad_alloc when the memory is not there.
[[nodiscard]] std::string hash_password(const std::string& password);

/// With an empty `hash` (nobody of that name) it takes as long and is false.
[[nodiscard]] bool verify_password(const std::string& password, const std::string& hash);

/// What a person chose: at least 12 characters, at most 1,024 bytes of UTF-8; bad_request or too_long naming "password".
[[nodiscard]] outcome<void> check_password(std::string_view chosen);

/// A password to hand to a person: 5 groups of 4 characters, 99 random bits.
[[nodiscard]] std::string new_password();

}  // namespace hearth::identity
