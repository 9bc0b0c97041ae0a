// What is asked of one server: it waits while the connection is being made, or while the server has enough to do, and
// leaves in the order in which it came. Calls that go together (call.hpp) leave as one command; each has its own answer.
//
// Where replicas are waited for (options::wait_replicas), one WAIT follows what leaves together, in the same write, if any
// of it is lasting; answers are kept until that one is there. Redis does nothing else on a connection that waits, so what
// comes meanwhile is gathered and shares the next one. https://redis.io/docs/latest/commands/wait/
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "store/redis/call.hpp"
#include "store/redis/reconnecting.hpp"

namespace hearth::store::redis {

class lane {
public:
    enum class fate : std::uint8_t {
        answered,  ///< by the server
        in_doubt,  ///< it may have been done; a reply, if any, is an error that says why nobody knows
        unsent,    ///< it was not done
    };
    struct events {
        /// The server is there, or the replicas have what was in doubt.
        std::function<void()> ready;
        std::function<void(const std::string& why)> lost;
        std::function<void(call one, const reply* got, fate what)> answered;
    };

    lane(boost::asio::io_context& loop, const endpoint& where, const options& how, events to_tell);

    void connect() { link_.connect(); }
    /// Answered at once while the server is away.
    void push(call one);
    void flush();
    /// To be called now and then.
    void tick(std::chrono::milliseconds deadline);
    [[nodiscard]] reconnecting& link() noexcept { return link_; }
    [[nodiscard]] bool ready() const noexcept { return link_.now() == reconnecting::state::ready; }
    [[nodiscard]] bool idle() const noexcept { return waiting_.empty() && in_flight_ == 0; }
    /// Ends a connection that is there or being made; it comes back by itself.
    void drop(const std::string& why);

private:
    void transmit(std::vector<call> together);
    void await_replicas(std::chrono::milliseconds within);
    void awaited(const reply* got);
    void was_lost(const std::string& why);

    const events tell_;
    const int replicas_;  ///< that are waited for
    const std::chrono::milliseconds within_;
    reconnecting link_;
    std::vector<call> waiting_;
    std::size_t in_flight_ = 0;                 ///< a WAIT is one of them
    bool awaiting_ = false;                     ///< a WAIT is under way
    bool missing_ = false;                      ///< replicas did not have it in time
    std::vector<std::pair<call, reply>> held_;  ///< answers until that of the WAIT
};

}  // namespace hearth::store::redis
