// A token bucket for one connection: so many at once, so many a minute after that.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace hearth::session {

class throttle {
public:
    using clock = std::chrono::steady_clock;

    throttle(int per_minute, int burst) : per_ms_(per_minute / 60'000.0), burst_(burst), tokens_(burst) {}

    /// Takes one; or says how long to wait for the next.
    std::optional<std::chrono::milliseconds> take(clock::time_point now) {
        const std::chrono::duration<double, std::milli> passed = now - last_;
        tokens_ = std::min(burst_, tokens_ + std::max(0.0, passed.count()) * per_ms_);
        last_ = now;
        if (tokens_ >= 1) {
            tokens_ -= 1;
            return std::nullopt;
        }
        return std::chrono::milliseconds(static_cast<int>((1 - tokens_) / per_ms_) + 1);
    }

private:
    double per_ms_, burst_, tokens_;
    clock::time_point last_{};
};

}  // namespace hearth::session
