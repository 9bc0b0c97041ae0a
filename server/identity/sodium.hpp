// libsodium wants to be started once before anything random or secret is asked of it.
#pragma once

namespace hearth::identity {

/// Safe to call from any thread, any number of times. Throws std::runtime_error when there is no randomness to be had.
void start_sodium();

}  // namespace hearth::identity
