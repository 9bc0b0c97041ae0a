#include "net/worker.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

namespace hearth::net {

namespace asio = boost::asio;

worker::~worker() { stop(); }

void worker::start() {
    // The thread waits until its own id is known, so that here() holds from the first handler on.
    asio::post(context_, [] {});
    thread_ = std::thread([this] { context_.run(); });
}

void worker::join() {
    guard_.reset();
    if (thread_.joinable()) thread_.join();
}

void worker::stop() {
    context_.stop();
    join();
}

void worker::run(std::vector<std::function<void()>> batch) {
    asio::post(context_, [batch = std::move(batch)] {
        for (const auto& work : batch) work();
    });
}

void worker::post(std::function<void()> work) { asio::post(context_, std::move(work)); }

void worker::at_round_end(std::function<void()> work) {
    round_.push_back(std::move(work));
    if (round_.size() == 1) asio::post(context_, [this] { end_round(); });
}

void worker::end_round() {
    const auto works = std::exchange(round_, {});
    for (const auto& work : works) work();
}

void worker::after(std::chrono::milliseconds delay, std::function<void()> work) {
    auto timer = std::make_shared<asio::steady_timer>(context_, delay);
    timer->async_wait([timer, work = std::move(work)](boost::system::error_code error) {
        if (!error) work();
    });
}

}  // namespace hearth::net
