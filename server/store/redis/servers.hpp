// Where calls go: to one server, to whichever the sentinels name, or to the one in a cluster that has the call's slot.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/redis/lane.hpp"

namespace hearth::store::redis {

class servers {
public:
    struct events {
        std::function<void()> ready;  ///< all of them, or one of them again, or its replicas
        std::function<void(const std::string& why)> lost;
        /// Nothing: there is no answer; `in_doubt`: it may have been done, and what there is says why nobody knows.
        std::function<void(const call& one, const reply* got, bool in_doubt)> answered;
    };

    virtual ~servers() = default;
    virtual void connect() = 0;
    virtual void push(call one) = 0;
    /// After some were pushed: they leave.
    virtual void flush() = 0;
    /// To be called now and then: looks at deadlines, and whether the servers are still those that they were.
    virtual void tick(std::chrono::milliseconds deadline) = 0;
    [[nodiscard]] virtual bool ready() const = 0;
    [[nodiscard]] virtual bool idle() const = 0;
    /// Where somebody who only listens may connect to.
    virtual void locate(reconnecting::on_located found) = 0;
    /// Whether somebody who listens there should stay.
    [[nodiscard]] virtual bool still_there(const endpoint& place) const = 0;
};

[[nodiscard]] std::unique_ptr<servers> one_server(boost::asio::io_context& loop, const endpoint& where,
                                                  const options& how, servers::events to_tell);
[[nodiscard]] std::unique_ptr<servers> cluster_of_servers(boost::asio::io_context& loop, const endpoint& where,
                                                          const options& how, servers::events to_tell);

}  // namespace hearth::store::redis
