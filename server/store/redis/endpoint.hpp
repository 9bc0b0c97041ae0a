// Where a Redis server is and how to sign in there, read from its address.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hearth::store::redis {

struct host_port {
    std::string host;
    int port = 0;
    bool operator==(const host_port&) const = default;
    [[nodiscard]] std::string name() const;
};

struct endpoint {
    std::string socket;  ///< path of a Unix socket; empty: host and port
    std::string host = "127.0.0.1";
    int port = 6379;
    std::string user;  ///< empty: the default user
    std::string password;
    int database = 0;
    std::vector<host_port> sentinels;  ///< if any: they say where the primary is, and host and port mean nothing
    std::string primary;               ///< its name among the sentinels
    std::vector<host_port> cluster;    ///< if any: some servers of a cluster, and host and port mean nothing

    /// For people: no name, no password.
    [[nodiscard]] std::string name() const;
};

/// redis://[user[:password]@]host[:port][/database], unix://[user[:password]@]/path[?db=database],
/// sentinel://[user[:password]@]host[:port][,host[:port]]…/primary[/database] or
/// cluster://[user[:password]@]host[:port][,host[:port]]…; what stands before the @ is for the Redis
/// itself and percent-encoded where it must be. Throws data_error, which never repeats a password.
[[nodiscard]] endpoint parse_endpoint(std::string_view address);

}  // namespace hearth::store::redis
