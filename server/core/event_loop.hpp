// A worker thread as everything above the network sees it: it runs what it is given, in order, and never waits.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

#include "core/completions.hpp"

namespace hearth {

class event_loop : public completions {
public:
    /// From any thread: runs `work` on this loop after what was given before.
    virtual void post(std::function<void()> work) = 0;
    /// On this loop only: runs `work` once when the handlers that are ready now have run. What work of a round's end asks
    /// for comes at the same end, after it.
    virtual void at_round_end(std::function<void()> work) = 0;
    /// On this loop only: runs `work` after `delay`, unless the loop ends before.
    virtual void after(std::chrono::milliseconds delay, std::function<void()> work) = 0;
    /// Which of the server's loops this is, from 0.
    [[nodiscard]] virtual std::size_t index() const noexcept = 0;
    /// Whether the calling thread is this loop's.
    [[nodiscard]] virtual bool here() const noexcept = 0;

protected:
    ~event_loop() = default;
};

}  // namespace hearth
