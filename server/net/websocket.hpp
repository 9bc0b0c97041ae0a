// One WebSocket connection: Beast reads and answers the protocol's own frames, shared frames go straight to the outbox.
#pragma once

#include <memory>
#include <string>

#include "net/station.hpp"
#include "net/transport.hpp"
#include "session/channel.hpp"
#include "session/session.hpp"

namespace hearth::net {

class websocket_connection final : public std::enable_shared_from_this<websocket_connection>, public session::channel {
public:
    struct beast;  // Beast's stream and its buffers; only websocket.cpp knows them

    websocket_connection(std::unique_ptr<transport> stream, station& home, session::services& with,
                         session::introduction intro);
    ~websocket_connection();

    // session::channel
    void reply(std::string_view line) override;
    void send(const rooms::frame& bytes) override;
    void send_ephemeral(const rooms::frame& bytes) override;
    void close(close_code why) override;
    void settled() override;

    void flush();
    /// Ends without another word.
    void abandon();

private:
    friend struct websocket_driver;
    [[nodiscard]] bool room_for(std::size_t bytes);
    void touch();
    void start_close();
    void too_slow();

    std::unique_ptr<transport> stream_;
    std::unique_ptr<beast> beast_;
    station& home_;
    const limits& bounds_;
    std::shared_ptr<session::session> session_;
    bool dirty_ = false;
    bool closing_ = false, close_started_ = false;
    bool deaf_ = false;  ///< too slow: nothing more is queued
    close_code why_ = close_code::idle;
};

}  // namespace hearth::net
