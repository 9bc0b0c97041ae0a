#include "identity/rate_limiter.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "identity/sodium.hpp"

namespace hearth::identity {
namespace {

constexpr std::int64_t one_use = 60'000;  // a use in the unit that `per_minute` uses a millisecond refill
constexpr std::size_t ways = 8;           // buckets that one key may live in

}  // namespace

rate_limiter::rate_limiter(int per_minute, int burst, std::size_t most_keys)
    : per_minute_(std::max(per_minute, 1)), full_(std::max(burst, 1) * one_use) {
    start_sodium();
    randombytes_buf(secret_.data(), secret_.size());
    table_.resize(std::max<std::size_t>((most_keys + ways - 1) / ways, 1) * ways);
}

std::uint64_t rate_limiter::hashed(std::string_view key) const {
    // Keyed, so that nobody outside can find names that share a bucket.
    std::array<unsigned char, crypto_shorthash_BYTES> out{};
    crypto_shorthash(out.data(), reinterpret_cast<const unsigned char*>(key.data()), key.size(), secret_.data());
    std::uint64_t number = 0;
    std::memcpy(&number, out.data(), sizeof number);
    return number == 0 ? 1 : number;
}

void rate_limiter::refill(bucket& each, time_point now) const {
    const auto passed = (now - each.at).count();
    if (passed > 0)
        each.left = passed >= 2 * full_ / per_minute_ ? full_ : std::min(full_, each.left + passed * per_minute_);
    each.at = now;  // also when the wall clock was set back: nothing is gained, and nobody waits for it to catch up
}

rate_limiter::bucket& rate_limiter::at(std::string_view key, time_point now) {
    const std::uint64_t number = hashed(key);
    bucket* const set = &table_[number % (table_.size() / ways) * ways];
    bucket* best = set;
    for (bucket* each = set; each != set + ways; ++each) {
        if (each->key == number) {
            refill(*each, now);
            return *each;
        }
        // A place for a newcomer: an unused one, else the one whose owner loses least by being forgotten.
        if (each->key != 0) refill(*each, now);
        if (best->key != 0 && (each->key == 0 || each->left > best->left)) best = each;
    }
    *best = {number, full_, now};
    return *best;
}

std::optional<std::chrono::milliseconds> rate_limiter::take(std::string_view key, time_point now) {
    const std::lock_guard lock(mutex_);
    bucket& mine = at(key, now);
    if (mine.left >= one_use) {
        mine.left -= one_use;
        return std::nullopt;
    }
    return std::chrono::milliseconds((one_use - mine.left + per_minute_ - 1) / per_minute_);
}

bool rate_limiter::would_grant(std::string_view key, time_point now) {
    const std::lock_guard lock(mutex_);
    return at(key, now).left >= one_use;
}

void rate_limiter::charge(std::string_view key, time_point now) {
    const std::lock_guard lock(mutex_);
    bucket& mine = at(key, now);
    mine.left = std::max(-full_, mine.left - one_use);
}

void rate_limiter::give_back(std::string_view key, time_point now) {
    const std::lock_guard lock(mutex_);
    bucket& mine = at(key, now);
    mine.left = std::min(full_, mine.left + one_use);
}

}  // namespace hearth::identity
