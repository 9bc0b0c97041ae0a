// Copies the write-ahead log into the database file beside the commits, so that none of them waits for the whole copy.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "store/sqlite/database.hpp"

namespace hearth::store::sqlite {

/// A log starts over only when all of it is copied at an instant without writes. So the bulk is copied by a thread of
/// its own, and the few pages that came meanwhile by the committing thread, between two groups. A log that grows makes its
/// flushes dearer, so that thread also gives a server's log its usual length early, in small steps.
class checkpointer {
public:
    explicit checkpointer(std::unique_ptr<database> db);
    ~checkpointer();
    checkpointer(const checkpointer&) = delete;
    checkpointer& operator=(const checkpointer&) = delete;

    /// On the committing thread, between groups, with its connection.
    void after_commit(database& db);
    /// The log must be empty soon: it still holds text that has to be gone.
    void empty_soon() { empty_ = true; }

private:
    void loop();

    enum class stage { idle, asked, copied };

    std::unique_ptr<database> db_;
    std::atomic<bool> empty_ = false;
    std::chrono::steady_clock::time_point next_try_{};
    std::mutex mutex_;
    std::condition_variable changed_;
    stage stage_ = stage::idle;
    bool lengthened_ = false;  // or being so; the committing thread's
    bool to_lengthen_ = false;
    std::chrono::steady_clock::time_point next_copy_{};
    int quiet_until_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace hearth::store::sqlite
