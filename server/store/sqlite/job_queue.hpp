// What waits for a thread of the store: everything there is taken at once, so that groups form while the thread works.
#pragma once

#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>

#include "store/job.hpp"

namespace hearth::store::sqlite {

template <class Context>
class job_queue {
public:
    /// False once closed.
    bool push(std::shared_ptr<job<Context>>& each) {
        return put([&] { waiting_.push_back(std::move(each)); });
    }

    /// All of them, in order, with one wake-up; false once closed.
    bool push_all(job_list<Context>& some) {
        return put([&] {
            waiting_.insert(waiting_.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
        });
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
    template <class Add>
    bool put(Add add) {
        bool wake = false;
        {
            const std::lock_guard lock(mutex_);
            if (closed_) return false;
            wake = waiting_.empty();
            add();
        }
        if (wake) filled_.notify_one();  // without the lock, which the woken thread would only wait for
        return true;
    }

    std::mutex mutex_;
    std::condition_variable filled_;
    job_list<Context> waiting_;
    bool closed_ = false;
};

}  // namespace hearth::store::sqlite
