#include "store/redis/reconnecting.hpp"

#include <algorithm>

namespace hearth::store::redis {
namespace {

/// What an operator reads instead of Redis' own words, where those say little.
std::string explained(const std::string& error) {
    if (error.starts_with("ERR unknown command `FUNCTION`") || error.starts_with("ERR unknown command 'FUNCTION'"))
        return "Redis 7.0 or newer is needed";
    return error;
}

/// What ROLE answers.
bool is_replica(const reply& got) {
    return got.what == reply::type::list && !got.items.empty() && got.items[0].text == "slave";
}

}  // namespace

reconnecting::reconnecting(boost::asio::io_context& loop, endpoint where, const options& how,
                           std::vector<std::string> greeting, std::function<void()> ready,
                           std::function<void(const std::string& why)> lost)
    : loop_(loop),
      where_(std::move(where)),
      how_(how),
      greeting_(std::move(greeting)),
      ready_(std::move(ready)),
      lost_(std::move(lost)),
      pause_(how.first_pause),
      again_(loop) {}

void reconnecting::connect() {
    if (!locate_) return open();
    state_ = state::locating;
    locate_([this](const host_port* found, const std::string& why_not) {
        if (!found) return was_lost(why_not);
        where_.host = found->host;
        where_.port = found->port;
        open();
    });
}

void reconnecting::open() {
    state_ = state::connecting;
    connection_ = std::make_unique<connection>(loop_, where_, [this](const std::string& why) { was_lost(why); });
    greet(0);
}

void reconnecting::greet(std::size_t next) {
    if (next == greeting_.size()) {
        state_ = state::ready;
        pause_ = how_.first_pause;
        return ready_();
    }
    connection_->send(greeting_[next], [this, next](const reply* got) {
        if (!got || state_ != state::connecting) return;
        if (got->is_error()) return connection_->drop(explained(got->text));
        if (is_replica(*got)) return connection_->drop(host_port{where_.host, where_.port}.name() + " is a replica");
        greet(next + 1);
    });
}

void reconnecting::was_lost(const std::string& why) {
    state_ = state::waiting;
    lost_(why);
    again_.expires_after(pause_);
    pause_ = std::min(2 * pause_, how_.longest_pause);
    again_.async_wait([this, here = std::weak_ptr(here_)](boost::system::error_code problem) {
        if (!problem && !here.expired()) connect();
    });
}

void reconnecting::look_at_deadline(std::chrono::milliseconds deadline) {
    if (state_ != state::connecting && state_ != state::ready) return;
    if (const auto since = connection_->waiting_since(); since && connection::clock::now() - *since > deadline)
        connection_->drop("no answer within " + std::to_string(deadline.count()) + " ms");
}

}  // namespace hearth::store::redis
