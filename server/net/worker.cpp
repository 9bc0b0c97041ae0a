#include "net/worker.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

namespace hearth::net {

namespace asio = boost::asio;

namespace {

// A round gathers what is ready now; a worker that always finds more ends it here, so that nobody waits for ever. Long
// enough that under load ten messages share a send and hundreds a commit (decision 12).
constexpr std::chrono::milliseconds longest_round{40};
constexpr int handlers_between_looks = 32;  // at the clock

}  // namespace

worker::~worker() { stop(); }

void worker::start() {
    // The thread waits until its own id is known, so that here() holds from the first handler on.
    asio::post(context_, [] {});
    thread_ = std::thread([this] {
        while (context_.run_one() > 0) {
            run_ready();
            end_round();
        }
    });
}

void worker::run_ready() {
    const auto end = std::chrono::steady_clock::now() + longest_round;
    for (int ran = 1; context_.poll_one() > 0; ++ran)
        if (ran % handlers_between_looks == 0 && std::chrono::steady_clock::now() >= end) return;
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

void worker::when_done(std::function<void()> work) {
    if (!here()) return work();
    at_round_end(std::move(work));
}

void worker::post(std::function<void()> work) { asio::post(context_, std::move(work)); }

void worker::at_round_end(std::function<void()> work) { round_.push_back(std::move(work)); }

void worker::end_round() {
    while (!round_.empty()) {
        ending_.swap(round_);
        for (const auto& work : ending_) work();
        ending_.clear();  // and keeps its memory: the two take turns
    }
}

void worker::after(std::chrono::milliseconds delay, std::function<void()> work) {
    auto timer = std::make_shared<asio::steady_timer>(context_, delay);
    timer->async_wait([timer, work = std::move(work)](boost::system::error_code error) {
        if (!error) work();
    });
}

}  // namespace hearth::net
