// The thread that owns the connections to Redis: those that ask and are answered, and the one that hears what other
// processes changed.
//
// Calls come from any thread and leave in the order in which they came; those that come while the thread is busy leave
// together. What is answered together is handed back together, one call for each completions object. While Redis is
// away every call fails at once with try_later; the thread itself finds the way back.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "store/redis/call.hpp"
#include "store/redis/open.hpp"
#include "store/redis/reconnecting.hpp"
#include "store/redis/servers.hpp"
#include "store/store.hpp"

namespace hearth::store::redis {

class client {
public:
    client(const endpoint& where, const options& how);
    ~client() { stop(); }
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    /// Returns when Redis has answered and listens; throws data_error with what is in the way.
    void wait_until_ready();
    /// False once stopped, but for what follows from an answer.
    bool push(call& one);
    bool push_all(std::vector<call>& some);
    void on_outside_change(completions& to, std::function<void()> changed);
    /// Called on the thread itself, several times a second. To be said before anything is asked.
    void on_tick(std::function<void()> work);
    void on_room_news(completions& to, std::function<void(room_news)> heard);
    /// Returns when everything pushed before is done and answered.
    void stop();

    /// Where all processes hear what has changed, and what only this one hears: the first two arguments of every function
    /// that writes. As many listen to the one as to the other when there is nobody else to tell.
    [[nodiscard]] const std::string& channel() const noexcept { return channel_; }
    [[nodiscard]] const std::string& own_channel() const noexcept { return own_channel_; }
    /// Tells this process from all others on the same Redis.
    [[nodiscard]] const std::string& process() const noexcept { return process_; }

private:
    void loop();
    void wake();
    void take();
    void finished(const call& one, const reply* got);
    void hand_out();
    void hold_news();
    void tell_news();
    void tell_change();
    void tick();
    void ready();
    void lost(const std::string& why);
    void listen();
    void heard(const reply& message);
    [[nodiscard]] bool idle();

    const options how_;
    const std::string process_, channel_, own_channel_, place_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
    boost::asio::steady_timer tick_, hold_;
    std::unique_ptr<servers> servers_;
    reconnecting notices_;
    std::function<void()> on_tick_;

    job_list<const reply> finished_;
    const connection::clock::time_point began_ = connection::clock::now();
    connection::clock::time_point heard_at_{};
    connection::clock::time_point told_at_{};
    std::vector<room_news> news_;
    bool holding_ = false, held_long_ = false;  // what news_ has
    connection::clock::time_point look_again_at_{};
    bool in_doubt_ = false;  // something was in flight when the connection was lost
    bool listening_ = false, changed_ = false, stopping_ = false;
    std::promise<void> opened_;
    bool opened_told_ = false;

    std::mutex mutex_;  // guards these six
    std::thread::id own_thread_;
    std::vector<call> queue_;
    bool woken_ = false, closed_ = false;
    std::vector<std::pair<completions*, std::function<void()>>> listeners_;
    std::vector<std::pair<completions*, std::function<void(room_news)>>> news_listeners_;

    std::once_flag stopped_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace hearth::store::redis
