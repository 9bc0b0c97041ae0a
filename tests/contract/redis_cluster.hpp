// A real cluster on ports of loopback: three primaries that share the slots, and a replica of each if asked.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "contract/redis_server.hpp"

namespace hearth::contract {

class redis_cluster {
public:
    /// Returns when all agree that the cluster is well. A node that does not answer is given up after a second.
    explicit redis_cluster(bool with_replicas);

    [[nodiscard]] std::string address() const;
    /// The first three begin as primaries, of a third of the slots each; then the replica of each.
    redis_server& node(std::size_t number) { return *nodes_.at(number); }
    /// Which node says that it is the primary of a slot.
    [[nodiscard]] std::size_t owner(int slot) const;
    /// As an operator does it, key by key.
    void move_slot(int slot, std::size_t to);
    /// Whether all agree that the cluster is well, and replicas have what is written now.
    [[nodiscard]] bool well() const;
    void forget_everything();

private:
    [[nodiscard]] std::string id_of(std::size_t number) const;

    std::vector<std::string> ports_;
    std::vector<std::unique_ptr<redis_server>> nodes_;
};

}  // namespace hearth::contract
