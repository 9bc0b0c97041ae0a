// Finds out from Redis' sentinels where the primary is: from any that answers, the last one that did first.
// https://redis.io/docs/latest/develop/reference/sentinel-clients/
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "store/redis/connection.hpp"

namespace hearth::store::redis {

class sentinels {
public:
    /// Nothing: why, in a line for whoever starts the server.
    using on_found = std::function<void(const host_port* primary, const std::string& why_not)>;

    /// No sentinel is waited for longer than `deadline`, nor than a second.
    sentinels(boost::asio::io_context& loop, const endpoint& where, std::chrono::milliseconds deadline);

    /// Who asks while a search is under way gets what it finds. `done` runs on the loop, maybe at once.
    void find(on_found done);
    /// To be called now and then.
    void look_at_deadline();

private:
    void ask();
    void answered(const reply& got);
    void next(const std::string& why_not);
    void finish(const host_port* found);

    boost::asio::io_context& loop_;
    const endpoint where_;
    const std::chrono::milliseconds deadline_;
    std::unique_ptr<connection> connection_;  // to one of them; kept open
    std::vector<on_found> waiting_;
    std::size_t current_ = 0, tried_ = 0;
    bool name_is_unknown_ = false;  // to one of those that were asked
    std::string why_not_;           // what each said, or why it did not
};

}  // namespace hearth::store::redis
