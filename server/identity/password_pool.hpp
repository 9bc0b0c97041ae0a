// Keeps password hashing off the workers, and keeps a crowd of sign-ins from taking the machine: one thread, a short queue.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "core/completions.hpp"

namespace hearth::identity {

/// A call beyond the queue's bound, or after stop(), is answered with try_later at once.
class password_pool {
public:
    explicit password_pool(std::size_t most_waiting = 64);
    ~password_pool() { stop(); }
    password_pool(const password_pool&) = delete;
    password_pool& operator=(const password_pool&) = delete;

    void hash(std::string password, completions& to, callback<std::string> done);
    /// With an empty `hash` (nobody of that name) the answer is false and takes as long.
    void verify(std::string password, std::string hash, completions& to, callback<bool> done);
    /// What waits is still done; returns when it is answered.
    void stop();

private:
    template <class T>
    void ask(completions& to, callback<T> done, std::function<T()> work);
    void loop();

    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<std::function<void()>> waiting_;
    bool closed_ = false;
    std::once_flag stopped_;
    std::thread thread_;
};

}  // namespace hearth::identity
