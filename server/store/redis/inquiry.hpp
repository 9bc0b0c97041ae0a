// One question to whichever of several servers answers it: sentinels are asked where the primary is, a cluster's nodes
// who has which slots. The one that answered last is asked first, over a connection that is kept.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "store/redis/connection.hpp"

namespace hearth::store::redis {

class inquiry {
public:
    /// Who was asked and what it said; nothing: why nobody did, in a line for whoever starts the server.
    using on_answer = std::function<void(const host_port* of, const reply* got, const std::string& why_not)>;

    struct question {
        std::vector<std::string> greeting;  ///< commands before it, that have to succeed
        std::string wire;
        std::function<bool(const reply&)> is_answered;  ///< else the next one is asked
        std::string unanswered;                         ///< what is said of servers that answer otherwise
    };

    /// No server is waited for longer than `deadline`, nor than half a second.
    inquiry(boost::asio::io_context& loop, std::vector<host_port> places, question what,
            std::chrono::milliseconds deadline);

    /// Who asks while an inquiry is under way gets what it finds. `done` runs on the loop, maybe at once.
    void find(on_answer done);
    /// To be called now and then.
    void look_at_deadline();
    /// Who is asked from now on, as well.
    void add(const host_port& place);

private:
    void ask();
    void send();
    void answered(const reply& got);
    void next(const std::string& why_not);
    void finish(const reply* got);

    boost::asio::io_context& loop_;
    std::vector<host_port> places_;
    const question what_;
    const std::chrono::milliseconds deadline_;
    std::unique_ptr<connection> connection_;  // to one of them
    std::vector<on_answer> waiting_;
    std::size_t current_ = 0, tried_ = 0;
    bool answered_otherwise_ = false;
    std::string why_not_;  // what each said, or why it did not
};

}  // namespace hearth::store::redis
