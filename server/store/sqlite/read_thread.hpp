// Reads, beside the writes: a second connection sees the last commit as it was, whatever is being written.
#pragma once

#include <memory>
#include <mutex>
#include <thread>

#include "store/sqlite/database.hpp"
#include "store/sqlite/job_queue.hpp"

namespace hearth::store::sqlite {

using read_job = job<database>;

class read_thread {
public:
    explicit read_thread(std::unique_ptr<database> db);
    ~read_thread() { stop(); }

    /// False once stopped.
    bool push(std::shared_ptr<read_job>& each) { return queue_.push(each); }
    /// Returns when everything pushed before is done and answered.
    void stop();

private:
    void loop();

    std::unique_ptr<database> db_;
    job_queue<database> queue_;
    std::once_flag stopped_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace hearth::store::sqlite
