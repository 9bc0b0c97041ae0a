// Signals as events of the main thread: everything else goes on undisturbed.
#pragma once

#include <cstdint>

namespace hearth::ops {

enum class wish : std::uint8_t {
    read_again,  ///< SIGHUP
    end,         ///< SIGTERM, SIGINT
};

/// Before any thread is made: what wait_for_wish() knows waits for it, SIGPIPE is ignored.
void catch_signals();

/// Blocks until the process is asked for something. What is asked several times meanwhile counts once.
[[nodiscard]] wish wait_for_wish();

}  // namespace hearth::ops
