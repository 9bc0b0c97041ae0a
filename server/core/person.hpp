// Who someone is to the server: a pseudonymous guest or a staff account, and what they may do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.hpp"
#include "core/ids.hpp"

namespace hearth {

/// Roles in rising standing. A guest is a member; staff read every room, admins also change them.
enum class role : std::uint8_t { member, facilitator, moderator, admin };

[[nodiscard]] std::string_view to_string(role value) noexcept;
[[nodiscard]] std::optional<role> parse_role(std::string_view text) noexcept;

struct person {
    user_id id;
    std::string name;
    hearth::role role = hearth::role::member;
    [[nodiscard]] bool staff() const noexcept { return role >= role::moderator; }
};

/// A staff account; guests have no password and no row of this kind's extra fields.
struct account {
    person who;
    std::string password_hash;  ///< Argon2id string of libsodium; empty for guests
    bool disabled = false;
    time_point created_at{};
    std::int64_t version = 0;  ///< compare-and-set
};

/// What a bearer token opens. Only the hash of the token is stored (identity/token.hpp).
struct session_record {
    std::string token_hash;  ///< 32 raw bytes
    user_id user;
    time_point expires_at{};
    bool link = false;  ///< a sign-in link: it can be exchanged for a session, nothing else
};

struct invite_record {
    std::string code_hash;  ///< 32 raw bytes
    std::string id;         ///< what lists and revocation name it by
    room_id room{};
    std::int64_t uses_left = 1;
    time_point expires_at{};
    time_point created_at{};
    user_id created_by;  ///< empty when made on the command line
};

}  // namespace hearth
