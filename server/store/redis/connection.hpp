// One connection to Redis on an event loop. Its implementation is the only place that knows hiredis.
//
// Whatever is sent while the loop is busy leaves in one write, and answers come in the order of the questions: nobody
// has to ask for pipelining. All of it is used on the loop's thread only.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "store/redis/endpoint.hpp"
#include "store/redis/reply.hpp"

namespace boost::asio {
class io_context;
}

namespace hearth::store::redis {

class connection {
public:
    using clock = std::chrono::steady_clock;
    using on_reply = std::function<void(const reply*)>;  ///< nothing: the connection is gone, and so is the answer

    /// Connects in the background. `lost` is called once, from the loop, when it has ended or never came about; by then
    /// all that was asked has been told.
    connection(boost::asio::io_context& loop, const endpoint& where, std::function<void(std::string why)> lost);
    /// Ends it without telling anybody.
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    /// `wire` is one whole command; `done` is called once.
    void send(std::string_view wire, on_reply done);
    /// `told` hears the confirmations and every message. Asking again confirms again: a sign of life.
    void subscribe(const std::string& channel, const std::string& another, std::function<void(const reply&)> told);
    void drop(const std::string& why);
    /// When the oldest question without an answer was asked.
    [[nodiscard]] std::optional<clock::time_point> waiting_since() const;

private:
    struct link;
    std::shared_ptr<link> link_;
};

}  // namespace hearth::store::redis
