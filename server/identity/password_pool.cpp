#include "identity/password_pool.hpp"

#include "identity/password.hpp"
#include "identity/sodium.hpp"

namespace hearth::identity {
namespace {

template <class T>
void answer(completions& to, callback<T> done, outcome<T> result) {
    std::vector<std::function<void()>> one;
    one.emplace_back([done = std::move(done), result = std::move(result)] { done(result); });
    to.run(std::move(one));
}

failure busy() {
    failure why;
    why.code = errc::try_later;
    why.detail = "too many passwords to check";
    why.retry_after = std::chrono::seconds(2);
    return why;
}

}  // namespace

password_pool::password_pool(std::size_t most_waiting) : most_waiting_(most_waiting) {
    start_sodium();
    thread_ = std::thread([this] { loop(); });
}

template <class T>
void password_pool::ask(completions& to, callback<T> done, std::function<T()> work) {
    {
        const std::lock_guard lock(mutex_);
        if (!closed_ && waiting_.size() < most_waiting_) {
            waiting_.emplace_back([&to, done = std::move(done), work = std::move(work)] {
                outcome<T> result = busy();
                try {
                    result = work();
                } catch (const std::bad_alloc&) {
                    // No memory for Argon2id right now: the caller may try again.
                }
                answer<T>(to, done, std::move(result));
            });
            filled_.notify_one();
            return;
        }
    }
    answer<T>(to, std::move(done), busy());
}

void password_pool::hash(std::string password, completions& to, callback<std::string> done) {
    ask<std::string>(to, std::move(done), [password = std::move(password)] { return hash_password(password); });
}

void password_pool::verify(std::string password, std::string hash, completions& to, callback<bool> done) {
    ask<bool>(to, std::move(done),
              [password = std::move(password), hash = std::move(hash)] { return verify_password(password, hash); });
}

void password_pool::stop() {
    std::call_once(stopped_, [this] {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
            filled_.notify_one();
        }
        thread_.join();
    });
}

void password_pool::loop() {
    (void)verify_password({}, {});  // makes the hash of nobody, so that the first wrong name is not the slow one
    std::unique_lock lock(mutex_);
    for (;;) {
        filled_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const auto next = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        next();
        lock.lock();
    }
}

}  // namespace hearth::identity
