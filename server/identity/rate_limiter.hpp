// How often somebody may do something: token buckets in a table of fixed size, so that a flood of new names or addresses
// cannot take memory. Nothing is written down anywhere; addresses are only ever kept here, as keyed hashes.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "core/clock.hpp"

namespace hearth::identity {

/// Shared by threads. `burst` uses at once, refilled at `per_minute`; a key that rests is forgotten.
class rate_limiter {
public:
    rate_limiter(int per_minute, int burst, std::size_t most_keys = 65'536);

    /// Takes one use. Nothing: granted; else how long until the next one will be.
    [[nodiscard]] std::optional<std::chrono::milliseconds> take(std::string_view key, time_point now);
    /// Whether a use would be granted, without taking it.
    [[nodiscard]] bool would_grant(std::string_view key, time_point now);
    /// Takes one use that was made elsewhere, even if it is not there: up to a whole burst is owed then.
    void charge(std::string_view key, time_point now);
    /// Gives one use back: what it was taken for needed none.
    void give_back(std::string_view key, time_point now);

private:
    // `left` counts in 60,000ths of a use, so that each millisecond refills a whole number.
    struct bucket {
        std::uint64_t key = 0;  ///< 0: never used
        std::int64_t left = 0;
        time_point at{};
    };

    std::uint64_t hashed(std::string_view key) const;
    /// The key's bucket as of `now`, made if need be.
    bucket& at(std::string_view key, time_point now);
    void refill(bucket& each, time_point now) const;

    const std::int64_t per_minute_;
    const std::int64_t full_;
    std::array<unsigned char, 16> secret_{};
    std::mutex mutex_;
    std::vector<bucket> table_;
};

}  // namespace hearth::identity
