// What is said to a Redis before anything is asked of it.
#pragma once

#include <string>
#include <vector>

#include "store/redis/endpoint.hpp"

namespace hearth::store::redis {

/// Commands that have to succeed: who we are, that it is a primary, which database.
[[nodiscard]] std::vector<std::string> signing_in(const endpoint& where);
/// The same, and the functions that everything is asked through.
[[nodiscard]] std::vector<std::string> bringing_library(const endpoint& where);
/// Errors after which this connection is of no use: the functions are gone, or it is no primary any more.
[[nodiscard]] bool has_to_begin_anew(const std::string& error);

}  // namespace hearth::store::redis
