// One thread with its own event loop; connections accepted for it never leave it.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>
#include <vector>

#include "core/event_loop.hpp"

namespace hearth::net {

class worker final : public event_loop {
public:
    explicit worker(std::size_t index) : index_(index) {}
    ~worker();

    void start();
    /// Lets the loop end once it has nothing left to do, and waits for the thread.
    void join();
    /// Ends the loop now, whatever is left, and waits for the thread.
    void stop();

    void run(std::vector<std::function<void()>> batch) override;
    void when_done(std::function<void()> work) override;
    void post(std::function<void()> work) override;
    void at_round_end(std::function<void()> work) override;
    void after(std::chrono::milliseconds delay, std::function<void()> work) override;
    [[nodiscard]] std::size_t index() const noexcept override { return index_; }
    [[nodiscard]] bool here() const noexcept override { return thread_.get_id() == std::this_thread::get_id(); }

    [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }

private:
    void run_ready();
    void end_round();

    std::size_t index_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{context_.get_executor()};
    std::vector<std::function<void()>> round_, ending_;
    std::thread thread_;
};

}  // namespace hearth::net
