// A set of hashes, asked far more often than filled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hearth::moderation {

class key_set {
public:
    /// A hash, not 0.
    void add(std::uint64_t key);
    [[nodiscard]] bool contains(std::uint64_t key) const noexcept {
        for (auto at = key & mask(); slots_[at] != 0; at = (at + 1) & mask()) {
            if (slots_[at] == key) return true;
        }
        return false;
    }
    /// Reads ahead what contains() will look at.
    void fetch(std::uint64_t key) const noexcept { __builtin_prefetch(&slots_[key & mask()]); }

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(slots_, count_);
    }

private:
    [[nodiscard]] std::size_t mask() const noexcept { return slots_.size() - 1; }

    std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(64);  // open addressing; 0: empty
    std::uint64_t count_ = 0;
};

}  // namespace hearth::moderation
