// What waits for a thread of the store: everything there is taken at once, so that groups form while the thread works.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <vector>

#include "store/job.hpp"

namespace hearth::store::sqlite {

template <class Context>
class job_queue {
public:
    /// False once closed. The taker is woken when the calling thread has done what is ready for it, so that what a worker's
    /// round brings one by one is taken together; others' pushes wake it at their own time.
    bool push(std::shared_ptr<job<Context>>& each) {
        completions* const from = &each->to();
        {
            const std::lock_guard lock(mutex_);
            if (closed_) return false;
            waiting_.push_back(std::move(each));
            if (std::find(will_wake_.begin(), will_wake_.end(), from) != will_wake_.end()) return true;
            will_wake_.push_back(from);
        }
        from->when_done([this] { wake(); });
        return true;
    }

    /// All of them, in order, with one wake-up; false once closed.
    bool push_all(job_list<Context>& some) {
        {
            const std::lock_guard lock(mutex_);
            if (closed_) return false;
            waiting_.insert(waiting_.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
        }
        filled_.notify_one();  // without the lock, which the woken thread would only wait for
        return true;
    }

    /// Waits until there is something, `patience` is over (an empty list) or it is closed and empty (nothing).
    std::optional<job_list<Context>> take(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        filled_.wait_for(lock, patience, [this] { return closed_ || !waiting_.empty(); });
        if (waiting_.empty() && closed_) return std::nullopt;
        will_wake_.clear();
        return std::exchange(waiting_, {});
    }

    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        filled_.notify_one();
    }

private:
    /// Unless somebody else's wake-up was in time for it.
    void wake() {
        {
            const std::lock_guard lock(mutex_);
            if (waiting_.empty()) return;
        }
        filled_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable filled_;
    job_list<Context> waiting_;
    std::vector<completions*> will_wake_;  ///< the taker for what waits now
    bool closed_ = false;
};

}  // namespace hearth::store::sqlite
