// What waits for a thread of the store: everything there is taken at once, so that groups form while the thread works.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "store/sqlite/job.hpp"

namespace hearth::store::sqlite {

template <class Context>
class job_queue {
public:
    /// False once closed.
    bool push(std::shared_ptr<job<Context>>& each) {
        const std::lock_guard lock(mutex_);
        if (closed_) return false;
        waiting_.push_back(std::move(each));
        if (waiting_.size() == 1) filled_.notify_one();
        return true;
    }

    /// All of them, in order, with one wake-up; false once closed.
    bool push_all(job_list<Context>& some) {
        const std::lock_guard lock(mutex_);
        if (closed_) return false;
        const bool wake = waiting_.empty();
        waiting_.insert(waiting_.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
        if (wake) filled_.notify_one();
        return true;
    }

    /// Waits until there is something, `patience` is over (an empty list) or it is closed and empty (nothing).
    std::optional<job_list<Context>> take(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        filled_.wait_for(lock, patience, [this] { return closed_ || !waiting_.empty(); });
        if (waiting_.empty() && closed_) return std::nullopt;
        return std::exchange(waiting_, {});
    }

    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        filled_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable filled_;
    job_list<Context> waiting_;
    bool closed_ = false;
};

}  // namespace hearth::store::sqlite
