// Every bound on what a client controls, in one place, with units in the names. docs/OPERATIONS.md explains them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace hearth {

struct limits {
    std::size_t frame_bytes = 65'536;
    std::size_t text_chars = 4'000;  ///< Unicode code points
    std::size_t name_chars = 40;
    std::size_t key_chars = 64;
    std::size_t note_chars = 1'000;
    std::size_t title_chars = 80;
    std::size_t rules_chars = 8'000;
    std::size_t slug_chars = 40;
    std::size_t body_bytes = 65'536;  ///< of an HTTP request
    std::size_t header_bytes = 16'384;
    int json_depth = 16;
    int history_events = 100;
    int replay_events = 50;

    std::size_t outbox_bytes = 4 << 20;  ///< at half of it ephemeral events are dropped, at it the connection is closed
    std::size_t replay_bytes = 8 << 20;  ///< further behind than this, a client starts over
    std::size_t commits_waiting = 10'000;  ///< of one worker, for the disk; above it what members say gets try_later
    int connections_per_person = 5;
    int connections_per_address = 200;
    int connections = 18'000;  ///< under the usual descriptor limit of 20,000

    bool rate_limits = true;
    int say_per_minute = 30;
    int say_burst = 10;
    int commands_per_minute = 300;
    int commands_burst = 100;
    int hellos_per_minute_and_address = 120;
    int logins_per_minute_and_address = 20;
    int logins_per_minute_and_name = 10;

    std::chrono::seconds ping_interval{25};  ///< a peer silent for two of them is closed
    std::chrono::seconds hello_within{15};
    std::chrono::seconds request_within{15};
    std::chrono::seconds lease{300};
    std::chrono::seconds session_lives{30 * 24 * 3600};
    /// How long a server whose storage others share says that it drains before it sends its clients to them.
    std::chrono::seconds drain{2};
    std::chrono::seconds shutdown_within{10};  ///< after that
};

}  // namespace hearth
