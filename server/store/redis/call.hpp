// One command on its way to the server it belongs to, and whoever wants its answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "store/job.hpp"
#include "store/redis/reply.hpp"

namespace hearth::store::redis {

using call_job = job<const reply>;

/// For calls that belong to no slot: each server is asked, and the answers are one list.
inline constexpr int every_server = -1;

/// Some words of a command as they go over the wire.
struct words {
    std::size_t count = 0;
    std::string bytes;
};

struct call {
    words command;
    /// What comes behind the command and behind how many of these there are: calls of one command go together, and the
    /// answer is a list. None: the command is whole.
    words unit;
    std::shared_ptr<call_job> asked;
    int slot = every_server;
    bool lasting = false;  ///< what it writes is promised to somebody: replicas are waited for, if that is asked for

    // What a cluster keeps of it on the way.
    std::uint64_t number = 0;  ///< rises in the order in which calls were asked
    std::chrono::steady_clock::time_point until{};
    bool asking = false;  ///< said to a server that does not own the slot yet
};

[[nodiscard]] inline bool go_together(const call& a, const call& b) {
    return a.unit.count > 0 && b.unit.count > 0 && !a.asking && !b.asking && a.command.bytes == b.command.bytes;
}

/// One command, of calls that go together or of a single one.
[[nodiscard]] inline std::string wire_of(std::span<const call> some) {
    const call& first = some.front();
    const bool whole = first.unit.count == 0;
    const auto how_many = std::to_string(some.size());
    std::size_t count = first.command.count + (whole ? 0 : 1), size = 64 + first.command.bytes.size();
    for (const auto& each : some) {
        count += each.unit.count;
        size += each.unit.bytes.size();
    }
    std::string out;
    out.reserve(size);
    out += '*' + std::to_string(count) + "\r\n" + first.command.bytes;
    if (whole) return out;
    out += '$' + std::to_string(how_many.size()) + "\r\n" + how_many + "\r\n";
    for (const auto& each : some) out += each.unit.bytes;
    return out;
}

}  // namespace hearth::store::redis
