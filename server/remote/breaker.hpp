// Stops asking a service that fails, and tries it again by one question when some time has passed (the circuit breaker of
// Nygard, Release It!, 2007). Pure: the clock is an argument.
#pragma once

#include <chrono>
#include <cstdint>

namespace hearth::remote {

class breaker {
public:
    using clock = std::chrono::steady_clock;
    enum class state : std::uint8_t {
        closed,    ///< asks
        open,      ///< does not ask
        half_open  ///< one question is under way, to see
    };

    /// Opens after `failures` in a row and stays open for `pause`, twice as long after each probe that fails, at most
    /// `longest`.
    breaker(int failures, clock::duration pause, clock::duration longest)
        : most_(failures), pause_(pause), longest_(longest), now_pause_(pause) {}

    /// Whether a question may be asked now; a `true` from an open breaker is the one probe.
    [[nodiscard]] bool may_ask(clock::time_point now) noexcept;
    void succeeded() noexcept;
    void failed(clock::time_point now) noexcept;

    [[nodiscard]] state now() const noexcept { return state_; }

private:
    int most_;
    int failures_ = 0;
    clock::duration pause_, longest_, now_pause_;
    clock::time_point until_{};
    state state_ = state::closed;
};

}  // namespace hearth::remote
