// Which of a cluster's slots a key lies in, and which server has which slots.
// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
#pragma once

#include <string_view>
#include <vector>

#include "store/redis/endpoint.hpp"
#include "store/redis/reply.hpp"

namespace hearth::store::redis {

inline constexpr int slot_count = 16'384;

/// Of the part between the first { and the } after it, if that is not empty; else of all of it.
[[nodiscard]] int slot_of(std::string_view key);

struct slot_range {
    int first = 0, last = 0;  ///< both belong to it
    host_port primary;
};

/// What CLUSTER SLOTS answered; a server that does not know its own name is the one that was `asked`. Throws runtime_error
/// when it is no such answer.
[[nodiscard]] std::vector<slot_range> read_slots(const reply& got, const host_port& asked);
[[nodiscard]] int covered(const std::vector<slot_range>& ranges);

}  // namespace hearth::store::redis
