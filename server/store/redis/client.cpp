#include "store/redis/client.hpp"

#include <pthread.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <csignal>
#include <random>

#include "store/redis/greeting.hpp"
#include "store/redis/news.hpp"

namespace hearth::store::redis {
namespace {

constexpr std::chrono::milliseconds between_looks{250};    // at deadlines
constexpr std::chrono::seconds between_signs{2};           // of life from the listening connection
constexpr std::chrono::milliseconds between_changes{500};  // told: whoever hears of one looks at everything
constexpr std::chrono::seconds look_again_after{1};
constexpr std::chrono::milliseconds deadline_at_end{2'000};  // who stops has little time
constexpr std::chrono::milliseconds longest_pause_in_groups{250};
constexpr std::chrono::milliseconds longest_hold{25};  // of what others said
constexpr int handlers_per_round = 64;                 // then what is answered is handed out

std::string random_name() {
    std::random_device source;
    return std::to_string((std::uint64_t{source()} << 32) | source());
}

/// Where another server takes over soon no long pauses are wanted.
options pausing(options how, const endpoint& where) {
    if (!where.sentinels.empty() || !where.cluster.empty())
        how.longest_pause = std::min(how.longest_pause, longest_pause_in_groups);
    return how;
}

}  // namespace

client::client(const endpoint& where, const options& how)
    : how_(pausing(how, where)),
      process_(random_name()),
      channel_("hearth:" + std::to_string(where.database) + ":changes"),
      own_channel_("hearth:" + std::to_string(where.database) + ":of:" + process_),
      place_(where.name()),
      guard_(context_.get_executor()),
      tick_(context_),
      hold_(context_),
      servers_((where.cluster.empty() ? one_server : cluster_of_servers)(
          context_, where, how_,
          {[this] { ready(); }, [this](const std::string& why) { lost(why); },
           [this](const call& one, const reply* got, bool in_doubt) {
               in_doubt_ = in_doubt_ || in_doubt;
               finished(one, got);
           }})),
      notices_(
          context_, where, how_, signing_in(where), [this] { listen(); },
          [this](const std::string& why) {
              listening_ = false;
              lost(why);
          }) {
    if (!where.sentinels.empty() || !where.cluster.empty())
        notices_.locate_by([this](reconnecting::on_located found) { servers_->locate(std::move(found)); });
    thread_ = std::thread([this] { loop(); });
}

void client::wait_until_ready() { opened_.get_future().get(); }

bool client::push(call& one) {
    const std::lock_guard lock(mutex_);
    if (closed_ && std::this_thread::get_id() != own_thread_) return false;
    queue_.push_back(std::move(one));
    wake();
    return true;
}

bool client::push_all(std::vector<call>& some) {
    const std::lock_guard lock(mutex_);
    if (closed_ && std::this_thread::get_id() != own_thread_) return false;
    queue_.insert(queue_.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    wake();
    return true;
}

void client::wake() {
    if (!std::exchange(woken_, true)) boost::asio::post(context_, [this] { take(); });
}

void client::on_outside_change(completions& to, std::function<void()> changed) {
    const std::lock_guard lock(mutex_);
    listeners_.emplace_back(&to, std::move(changed));
}

void client::on_tick(std::function<void()> work) {
    boost::asio::post(context_, [this, work = std::move(work)]() mutable { on_tick_ = std::move(work); });
}

void client::on_room_news(completions& to, std::function<void(room_news)> heard) {
    const std::lock_guard lock(mutex_);
    news_listeners_.emplace_back(&to, std::move(heard));
}

void client::stop() {
    std::call_once(stopped_, [this] {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        boost::asio::post(context_, [this] { stopping_ = true; });
        thread_.join();
    });
}

void client::loop() {
    {
        const std::lock_guard lock(mutex_);
        own_thread_ = std::this_thread::get_id();
    }
    // hiredis writes with write(2): a server that has gone must be an error, not the end of the process.
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    servers_->connect();
    notices_.connect();
    tick();
    while (!stopping_ || !idle()) {
        context_.run_one();
        for (int i = 0; i < handlers_per_round && context_.poll_one() > 0; ++i) {}
        hand_out();
    }
}

bool client::idle() {
    const std::lock_guard lock(mutex_);
    return queue_.empty() && servers_->idle() && finished_.empty();
}

void client::take() {
    std::vector<call> some;
    {
        const std::lock_guard lock(mutex_);
        some.swap(queue_);
        woken_ = false;
    }
    for (auto& each : some) servers_->push(std::move(each));
    servers_->flush();
}

void client::finished(const call& one, const reply* got) {
    const auto& asked = one.asked;
    if (!got) {
        asked->fail(unavailable("Redis at " + place_ + " does not answer"));
    } else if (got->is_error()) {
        asked->fail(unavailable(got->text));
    } else {
        try {
            asked->run(*got);
        } catch (const std::exception& problem) {
            auto why = unavailable(problem.what());
            why.code = errc::internal;
            asked->fail(std::move(why));
        }
    }
    finished_.push_back(asked);
}

void client::hand_out() {
    const bool answered = !finished_.empty();
    if (answered) answer_all(std::exchange(finished_, {}));
    if (!news_.empty() && (answered || servers_->idle() || held_long_)) tell_news();
    if (!news_.empty()) hold_news();
    if (changed_ && connection::clock::now() - told_at_ >= between_changes) tell_change();
}

/// While an answer is under way: listeners then get what was said here and what was said elsewhere in one send.
void client::hold_news() {
    if (std::exchange(holding_, true)) return;
    hold_.expires_after(longest_hold);
    hold_.async_wait([this](boost::system::error_code problem) { held_long_ = !problem && !news_.empty(); });
}

// Listeners are copied out of the lock: what they do may ask the store again.

void client::tell_news() {
    const auto news = std::make_shared<std::vector<room_news>>(std::exchange(news_, {}));
    if (std::exchange(holding_, false)) hold_.cancel();
    held_long_ = false;
    std::unique_lock lock(mutex_);
    const auto listeners = news_listeners_;
    lock.unlock();
    const bool alone = listeners.size() == 1;
    for (const auto& [to, heard] : listeners)
        to->run({[news, alone, heard = heard] {
            for (auto& each : *news) heard(alone ? std::move(each) : each);
        }});
}

void client::tell_change() {
    changed_ = false;
    told_at_ = connection::clock::now();
    std::unique_lock lock(mutex_);
    const auto listeners = listeners_;
    lock.unlock();
    for (const auto& [to, changed] : listeners) to->run({changed});
}

void client::tick() {
    servers_->tick(stopping_ ? std::min(how_.deadline, deadline_at_end) : how_.deadline);
    if (on_tick_) on_tick_();
    notices_.look_at_deadline(how_.deadline);
    if (notices_.now() == reconnecting::state::ready) {
        const auto silent = connection::clock::now() - heard_at_;
        if (silent > between_signs + how_.deadline)
            notices_.current().drop("nothing was heard");
        else if (!servers_->still_there(notices_.where()))
            notices_.current().drop("it was replaced");
        else if (listening_ && silent > between_signs)
            listen();
    }
    if (look_again_at_ != connection::clock::time_point{} && connection::clock::now() >= look_again_at_) {
        look_again_at_ = {};
        changed_ = true;
    }
    tick_.expires_after(between_looks);
    tick_.async_wait([this](boost::system::error_code problem) {
        if (!problem) tick();
    });
}

void client::ready() {
    if (std::exchange(in_doubt_, false)) {
        // What was in flight may have been written, and a Redis that stood still may do it only now.
        changed_ = true;
        look_again_at_ = connection::clock::now() + look_again_after;
    }
    if (listening_ && servers_->ready() && !std::exchange(opened_told_, true)) opened_.set_value();
}

void client::lost(const std::string& why) {
    // A Redis that was started together with us may still be reading its data.
    if (why.starts_with("LOADING") && connection::clock::now() - began_ < how_.loading) return;
    if (!std::exchange(opened_told_, true))
        opened_.set_exception(std::make_exception_ptr(data_error("cannot use Redis at " + place_ + ": " + why)));
}

void client::listen() {
    if (!listening_) heard_at_ = connection::clock::now();
    notices_.current().subscribe(channel_, own_channel_, [this](const reply& message) { heard(message); });
}

void client::heard(const reply& message) {
    heard_at_ = connection::clock::now();
    if (message.items.size() != 3) return;
    if (message.items[0].text == "message") {
        try {
            const auto& text = message.items[2].text;
            if (told_by(text) == own_channel_) return;
            auto what = read_told(text);
            changed_ = changed_ || what.changed;
            if (what.of_room) news_.push_back(std::move(*what.of_room));
        } catch (const std::exception&) {
            changed_ = true;  // whatever it was: somebody changed something
        }
        return;
    }
    // Subscribed: what was told before that has been missed.
    if (std::exchange(listening_, true)) return;
    changed_ = true;
    if (servers_->ready() && !std::exchange(opened_told_, true)) opened_.set_value();
}

}  // namespace hearth::store::redis
