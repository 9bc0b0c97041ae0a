// Signals as an event of the main thread: everything else goes on undisturbed.
#pragma once

namespace hearth::ops {

/// Before any thread is made: SIGTERM and SIGINT wait for wait_for_end(), SIGPIPE is ignored.
void catch_signals();

/// Blocks until the process is asked to end; returns the signal's number.
int wait_for_end();

}  // namespace hearth::ops
