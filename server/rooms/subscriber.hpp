// What a room knows of those who listen to it: never a session, never a socket.
#pragma once

#include <memory>
#include <string>

#include "core/person.hpp"
#include "core/room_info.hpp"

namespace hearth::rooms {

/// Bytes of one or more whole WebSocket frames, shared by all who receive them.
using frame = std::shared_ptr<const std::string>;

/// All calls come on the subscriber's own loop.
class subscriber {
public:
    [[nodiscard]] virtual const person& who() const noexcept = 0;
    /// Queues the frame after everything queued before.
    virtual void deliver(const frame& bytes) = 0;
    /// The same, but may be dropped when the reader is slow (presence, typing).
    virtual void deliver_ephemeral(const frame& bytes) = 0;
    /// No longer in the room: banned, or the room was closed.
    virtual void taken_out(room_id room, bool banned) = 0;

protected:
    ~subscriber() = default;
};

}  // namespace hearth::rooms
