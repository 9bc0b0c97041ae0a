// A connection that comes back by itself: it finds out where to go, signs in, is ready, is lost, waits a little longer each
// time, begins anew.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "store/redis/connection.hpp"
#include "store/redis/open.hpp"

namespace hearth::store::redis {

class reconnecting {
public:
    enum class state : std::uint8_t { locating, connecting, ready, waiting };
    using on_located = std::function<void(const host_port* where, const std::string& why_not)>;

    /// `greeting` are the commands that have to succeed before it is ready; a replica's ROLE is no success.
    reconnecting(boost::asio::io_context& loop, endpoint where, const options& how, std::vector<std::string> greeting,
                 std::function<void()> ready, std::function<void(const std::string& why)> lost);
    /// Asked each time before connecting, instead of going to the endpoint's host and port.
    void locate_by(std::function<void(on_located)> locate) { locate_ = std::move(locate); }

    void connect();
    /// Ends a connection whose oldest question has waited longer than that. To be called now and then.
    void look_at_deadline(std::chrono::milliseconds deadline);
    [[nodiscard]] state now() const noexcept { return state_; }
    /// While connecting or ready.
    [[nodiscard]] connection& current() { return *connection_; }
    [[nodiscard]] const endpoint& where() const noexcept { return where_; }

private:
    void open();
    /// Each after the answer to the one before: Redis ends a connection that sends much before it has signed in, and why it
    /// was turned away would be lost with it.
    void greet(std::size_t next);
    void was_lost(const std::string& why);

    boost::asio::io_context& loop_;
    endpoint where_;
    const options how_;
    const std::vector<std::string> greeting_;
    std::function<void()> ready_;
    std::function<void(const std::string&)> lost_;
    std::function<void(on_located)> locate_;
    std::unique_ptr<connection> connection_;
    state state_ = state::waiting;
    std::chrono::milliseconds pause_;
    boost::asio::steady_timer again_;
    /// Gone with this: a pause that is over may already wait to be told so when a cluster lets its lane go.
    std::shared_ptr<const bool> here_ = std::make_shared<const bool>(true);
};

}  // namespace hearth::store::redis
