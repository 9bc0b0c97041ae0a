// Where a Redis server is and how to sign in there, read from its address.
#pragma once

#include <string>
#include <string_view>

namespace hearth::store::redis {

struct endpoint {
    std::string socket;  ///< path of a Unix socket; empty: host and port
    std::string host = "127.0.0.1";
    int port = 6379;
    std::string user;  ///< empty: the default user
    std::string password;
    int database = 0;

    /// For people: no name, no password.
    [[nodiscard]] std::string name() const;
};

/// redis://[user[:password]@]host[:port][/database] or unix://[user[:password]@]/path[?db=database]; what stands before
/// the @ percent-encoded where it must be. Throws data_error, which never repeats a password.
[[nodiscard]] endpoint parse_endpoint(std::string_view address);

}  // namespace hearth::store::redis
