// What is asked of one server: it waits while the connection is being made, or while the server has enough to do, and
// leaves in the order in which it came.
#pragma once

#include <functional>
#include <vector>

#include "store/redis/call.hpp"
#include "store/redis/reconnecting.hpp"

namespace hearth::store::redis {

class lane {
public:
    struct events {
        std::function<void()> ready;
        std::function<void(const std::string& why)> lost;
        /// Nothing: there is no answer, and whether it was done is not known; not `sent`: it was not.
        std::function<void(call one, const reply* got, bool sent)> answered;
    };

    lane(boost::asio::io_context& loop, const endpoint& where, const options& how, events to_tell);

    void connect() { link_.connect(); }
    /// Answered at once while the server is away.
    void push(call one);
    void flush();
    [[nodiscard]] reconnecting& link() noexcept { return link_; }
    [[nodiscard]] bool ready() const noexcept { return link_.now() == reconnecting::state::ready; }
    [[nodiscard]] bool idle() const noexcept { return waiting_.empty() && in_flight_ == 0; }
    /// Ends a connection that is there or being made; it comes back by itself.
    void drop(const std::string& why);

private:
    void transmit(call one);
    void was_lost(const std::string& why);

    const events tell_;
    reconnecting link_;
    std::vector<call> waiting_;
    std::size_t in_flight_ = 0;
};

}  // namespace hearth::store::redis
