// What one worker has open: its WebSocket connections, and which of them have something to send at the end of the round.
#pragma once

#include <chrono>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/limits.hpp"
#include "net/send_batch.hpp"
#include "net/worker.hpp"

namespace hearth::net {

class websocket_connection;
class transport;

class station {
public:
    station(std::size_t index, const limits& bounds);

    [[nodiscard]] worker& loop() noexcept { return loop_; }

    /// Sends what the connection has queued once the handlers that are ready now have run.
    void flush_later(std::shared_ptr<websocket_connection> which);

    void add(websocket_connection& which) { sockets_.insert(&which); }
    void remove(websocket_connection& which) { sockets_.erase(&which); }
    void add(transport& http) { requests_.emplace(&http, false); }
    void busy(transport& http, bool now) { requests_[&http] = now; }
    void remove(transport& http) { requests_.erase(&http); }

    /// On the worker's loop: every client is told that the server goes away; plain HTTP connections end, those that are
    /// being answered after that.
    void shut_down();
    /// On the worker's loop, at the very end: lets go of whoever did not leave, while the rooms are still there.
    void abandon();
    [[nodiscard]] bool empty() const noexcept { return sockets_.empty() && requests_.empty(); }

private:
    void flush();
    /// Every now and then: who has been silent for too long is pinged, or let go.
    void look_after_all();

    const std::chrono::milliseconds between_looks_;

    std::vector<std::shared_ptr<websocket_connection>> dirty_;
    send_batch sends_;
    std::unordered_set<websocket_connection*> sockets_;
    std::unordered_map<transport*, bool> requests_;  ///< true: one is being answered
    worker loop_;                                    ///< last, so that what its end lets go still finds the rest
};

}  // namespace hearth::net
