// Why a connection ends, as docs/PROTOCOL.md fixes it: 40xx come back, 41xx do not.
#pragma once

#include <cstdint>

namespace hearth {

enum class close_code : std::uint16_t {
    normal = 1000,
    protocol_violation = 1002,
    unsupported_data = 1003,
    invalid_payload = 1007,
    message_too_big = 1009,
    shutting_down = 4000,
    slow_consumer = 4001,
    idle = 4002,
    protocol_error = 4100,
    unauthenticated = 4101,
    banned = 4103,
    replaced = 4108,
    too_many_connections = 4129,
};

}  // namespace hearth
