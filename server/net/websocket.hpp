// One WebSocket connection: frames in, to its session; what its session and rooms send, out through the outbox.
//
// Waits for the socket without a buffer, a coroutine or a timer of its own: reading uses memory that the worker's
// connections share, and the station looks after who is silent. Everything runs on the station's loop.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "net/address.hpp"
#include "net/frames.hpp"
#include "net/station.hpp"
#include "net/transport.hpp"
#include "session/channel.hpp"
#include "session/session.hpp"

namespace hearth::net {

class websocket_connection final : public std::enable_shared_from_this<websocket_connection>, public session::channel {
public:
    using clock = std::chrono::steady_clock;

    /// After the upgrade was answered. `admitted` counts as long as this is here.
    websocket_connection(std::unique_ptr<transport> stream, station& home, session::services& with,
                         session::introduction intro, admission::pass admitted);
    ~websocket_connection();

    /// Reads what came with the upgrade, then whatever comes, until the connection ends.
    void start(std::string_view already_here);

    // session::channel
    void reply(std::string_view line) override;
    void send(const rooms::frame& bytes) override;
    void send_replay(const rooms::frame& bytes) override;
    void send_ephemeral(const rooms::frame& bytes) override;
    void close(close_code why) override;
    void settled() override;

    void flush();
    /// Before a flush: what is queued may leave with others' first.
    void join(send_batch& batch) { stream_->join(batch); }
    /// Looks whether the peer has been silent for too long: pings it, or ends the connection.
    void look_after(clock::time_point now);
    /// Ends because the server does, with a word on when to come back.
    void send_away(std::chrono::milliseconds come_back_after);
    /// Ends without another word.
    void abandon();

private:
    [[nodiscard]] bool room_for(std::size_t bytes);
    void touch();
    void wait();
    void read();
    void take(std::span<char> bytes);
    void take(const frame_reader::item& what);
    void start_close();
    void too_slow();

    std::unique_ptr<transport> stream_;
    station& home_;
    const limits& bounds_;
    std::shared_ptr<session::session> session_;
    frame_reader reader_;
    admission::pass admitted_;
    clock::time_point since_;  ///< it began or, once closing, the close began
    clock::time_point heard_;  ///< the peer's last bytes
    bool pinged_ = false;      ///< since then
    std::size_t replay_ = 0;   ///< bytes of a replay under way, which may wait beside the usual bound
    std::size_t left_ = 0;     ///< what waited when reading last paused
    bool dirty_ = false;
    bool closing_ = false, close_sent_ = false, close_received_ = false;
    bool deaf_ = false;  ///< too slow: nothing more is queued
    close_code why_ = close_code::idle;
    std::chrono::milliseconds come_back_after_{0};
};

}  // namespace hearth::net
