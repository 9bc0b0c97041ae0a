// Which hashes are perhaps there: a bit each, in memory that is small beside the table it stands before. Says no for sure.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hearth::moderation {

class hash_marks {
public:
    static constexpr std::size_t bits_per_hash =
        16;  ///< at least: then one in sixteen that are not there is perhaps there

    hash_marks() : hash_marks(0) {}
    explicit hash_marks(std::size_t hashes)
        : bits_(std::bit_ceil(std::max<std::size_t>(hashes * bits_per_hash, 64)) / 64) {}

    void add(std::uint64_t hash) noexcept { bits_[place(hash) / 64] |= std::uint64_t{1} << (place(hash) % 64); }
    [[nodiscard]] bool may_have(std::uint64_t hash) const noexcept {
        const auto at = place(hash);
        return ((bits_[at / 64] >> (at % 64)) & 1U) != 0;
    }

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(bits_);
    }

private:
    // Of bits that the tables do not choose their places by.
    [[nodiscard]] std::size_t place(std::uint64_t hash) const noexcept {
        return (hash * 0x9E3779B97F4A7C15ULL >> 32U) & (bits_.size() * 64 - 1);
    }
    std::vector<std::uint64_t> bits_;
};

}  // namespace hearth::moderation
