// A primary, its replica and three sentinels that watch them, all real, on ports of loopback.
#pragma once

#include <array>
#include <memory>

#include "contract/redis_server.hpp"

namespace hearth::contract {

class redis_sentinels {
public:
    /// Returns when the sentinels know each other and the replica, and that has caught up.
    redis_sentinels();

    [[nodiscard]] std::string address(int database = 0) const;
    /// The two in the order in which they were made: the first begins as primary.
    redis_server& node(int number) { return *nodes_.at(static_cast<std::size_t>(number)); }
    redis_server& sentinel(int number) { return *sentinels_.at(static_cast<std::size_t>(number)); }
    /// Which of the two says that it is the primary; -1 for none.
    [[nodiscard]] int primary() const;
    /// Whether every sentinel says that it is the primary. One that comes back before that may be taken for it still.
    [[nodiscard]] bool all_name(int number) const;
    /// Starts one that was killed, as the other's replica.
    void revive(int number);
    /// Whether the replica has, within five seconds, all that is written now.
    [[nodiscard]] bool in_step() const;

    static constexpr const char* name = "hearth";

private:
    std::array<std::string, 2> ports_;
    std::array<std::string, 3> sentinel_ports_;
    std::array<std::unique_ptr<redis_server>, 2> nodes_;
    std::array<std::unique_ptr<redis_server>, 3> sentinels_;
};

}  // namespace hearth::contract
