// Group commit: every write that waits goes into one transaction, so that a busy server pays for one fsync where it
// would pay for fifty, and an idle one commits at once.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "store/sqlite/checkpointer.hpp"
#include "store/sqlite/job_queue.hpp"
#include "store/sqlite/writer.hpp"

namespace hearth::store::sqlite {

using write_job = job<writer>;

class commit_thread {
public:
    commit_thread(std::unique_ptr<database> db, checkpointer& log, std::chrono::milliseconds tick);
    ~commit_thread() { stop(); }

    /// False once stopped.
    bool push(std::shared_ptr<write_job>& each) { return queue_.push(each); }
    bool push_all(job_list<writer>& some) { return queue_.push_all(some); }
    void on_outside_change(completions& to, std::function<void()> changed);
    /// Returns when everything pushed before is done and answered.
    void stop();

private:
    void loop();
    void commit(job_list<writer>& group);
    void transaction(std::span<const std::shared_ptr<write_job>> group);
    /// Whether somebody else has written since the last look; if so what was remembered is forgotten.
    void look_outside();
    void tell_outside();
    void keep_house();

    std::unique_ptr<database> db_;
    writer writer_;
    checkpointer& log_;
    const std::chrono::milliseconds tick_;
    std::int64_t data_version_ = 0;
    bool outside_changed_ = false;
    std::chrono::steady_clock::time_point next_cleaning_{};

    std::mutex listeners_mutex_;
    std::vector<std::pair<completions*, std::function<void()>>> listeners_;

    job_queue<writer> queue_;
    std::once_flag stopped_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace hearth::store::sqlite
