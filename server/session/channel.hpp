// One client's connection as its session sees it, whatever carries it.
#pragma once

#include <string_view>

#include "core/close_code.hpp"
#include "rooms/subscriber.hpp"

namespace hearth::session {

class channel {
public:
    /// Queues one line for this client, behind all that is queued.
    virtual void reply(std::string_view line) = 0;
    virtual void send(const rooms::frame& bytes) = 0;
    /// The same for a part of a replay, which may be more than a client may otherwise have waiting.
    virtual void send_replay(const rooms::frame& bytes) = 0;
    /// May be dropped when the client reads slowly.
    virtual void send_ephemeral(const rooms::frame& bytes) = 0;
    /// Ends the connection once everything asked is answered and everything queued is sent.
    virtual void close(close_code why) = 0;
    /// Everything that was asked is answered now.
    virtual void settled() = 0;

protected:
    ~channel() = default;
};

}  // namespace hearth::session
