// The instant that what listens over time is told: an argument everywhere, never asked of the machine.
#pragma once

#include <chrono>

namespace hearth::moderation {

using moment = std::chrono::sys_time<std::chrono::milliseconds>;

}  // namespace hearth::moderation
