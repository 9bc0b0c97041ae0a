// Reads, beside the writes: a second connection sees the last commit as it was, whatever is being written.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <thread>

#include "store/sqlite/database.hpp"
#include "store/sqlite/job_queue.hpp"

namespace hearth::store::sqlite {

using read_job = job<database>;

class read_thread {
public:
    static constexpr std::chrono::milliseconds default_snapshot{2};

    /// What waits together reads one snapshot, begun after all of it was asked for, but begins no read later than
    /// `snapshot_lasts`: a snapshot holds up the log, which cannot start over below it.
    explicit read_thread(std::unique_ptr<database> db, std::chrono::milliseconds snapshot_lasts = default_snapshot);
    ~read_thread() { stop(); }

    /// False once stopped.
    bool push(std::shared_ptr<read_job>& each) { return queue_.push(each); }
    /// Returns when everything pushed before is done and answered.
    void stop();

private:
    void loop();
    /// Reads for some of them, the first ones, in one snapshot that all their statements agree with; how many.
    std::size_t read(std::span<const std::shared_ptr<read_job>> jobs);

    std::unique_ptr<database> db_;
    const std::chrono::milliseconds snapshot_lasts_;
    job_queue<database> queue_;
    std::once_flag stopped_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace hearth::store::sqlite
