// One command on its way to the server it belongs to, and whoever wants its answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "store/job.hpp"
#include "store/redis/reply.hpp"

namespace hearth::store::redis {

using call_job = job<const reply>;

/// For calls that belong to no slot: each server is asked, and the answers are one list.
inline constexpr int every_server = -1;

struct call {
    std::string wire;
    std::shared_ptr<call_job> asked;
    int slot = every_server;
    bool lasting = false;  ///< what it writes is promised to somebody: replicas are waited for, if that is asked for

    // What a cluster keeps of it on the way.
    std::uint64_t number = 0;  ///< rises in the order in which calls were asked
    std::chrono::steady_clock::time_point until{};
    bool asking = false;  ///< said to a server that does not own the slot yet
};

}  // namespace hearth::store::redis
