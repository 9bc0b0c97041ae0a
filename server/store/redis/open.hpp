// How the program gets a store on Redis; nothing else above this folder names Redis.
#pragma once

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "store/audit_chain.hpp"
#include "store/store.hpp"

namespace hearth::store::redis {

/// Why Redis cannot be used, in one line for whoever starts the server; without passwords.
class data_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct options {
    std::chrono::milliseconds deadline{5'000};                         ///< for every answer, the handshake's too
    std::chrono::milliseconds first_pause{100}, longest_pause{2'000};  ///< before connecting again
    std::chrono::milliseconds attendance_lives{8'000};                 ///< a process that does not report has gone
    /// What is promised to somebody is answered when so many replicas have it, or with try_later after `wait_within`, which
    /// is well below `deadline`. 0: as soon as the primary has it.
    int wait_replicas = 0;
    std::chrono::milliseconds wait_within{1'000};
    std::chrono::seconds loading{60};  ///< how long opening waits for a Redis that still reads its data
};

/// Opens the store at `address` (endpoint.hpp) and brings its function library there. Any number of processes may at a
/// time. Throws data_error: no such address, nobody there, wrong password, older than Redis 7, data of a newer version,
/// half of a move in it.
[[nodiscard]] std::unique_ptr<store> open_redis(const std::string& address, options how = {});

/// What an operator should know of the settings of the Redis behind a store of open_redis(): a line each, usually none.
[[nodiscard]] std::vector<std::string> warnings(store& data);

/// Walks the whole audit log.
[[nodiscard]] audit_report verify_audit(store& data);

}  // namespace hearth::store::redis
