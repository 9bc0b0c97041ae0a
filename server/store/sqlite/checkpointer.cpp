#include "store/sqlite/checkpointer.hpp"

#include <utility>

namespace hearth::store::sqlite {
namespace {

// A page that many groups write (a room's last, an author's keys) is copied once however often the log holds it. So under
// load a log may become four times as long first; at rest it stays short, for a file that grows makes its fsync dearer.
constexpr int copy_from_pages = 2'000;  // 8 MiB, this long after the last copy began:
constexpr std::chrono::seconds between_copies{1};
constexpr int copy_at_once_pages = 8'000;  // 32 MiB
constexpr int lengthen_from_pages = 64;    // a command beside the server writes fewer
constexpr std::size_t usual_bytes = 32 + std::size_t{copy_from_pages} * (24 + 4096);  // SQLite's file format, "The WAL"
constexpr int never_past_pages = 16'000;  // 64 MiB: from here the committing thread waits for readers and starts over

}  // namespace

checkpointer::checkpointer(std::unique_ptr<database> db) : db_(std::move(db)) {
    thread_ = std::thread([this] { loop(); });
}

checkpointer::~checkpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_one();
    }
    thread_.join();
}

void checkpointer::after_commit(database& db) {
    if (empty_ && std::chrono::steady_clock::now() >= next_try_) {
        // Fails while a reader is in the way; then not again with every group, for each try may wait.
        next_try_ = std::chrono::steady_clock::now() + std::chrono::seconds(1);
        empty_ = false;
        if (!db.flush_log(database::checkpoint::truncate)) empty_ = true;
        return;
    }
    const int pages = db.log_pages();
    if (pages >= lengthen_from_pages && !std::exchange(lengthened_, true)) {
        const std::lock_guard lock(mutex_);
        to_lengthen_ = true;
        changed_.notify_one();
    }
    if (pages < copy_from_pages) return;
    std::unique_lock lock(mutex_);
    if (stage_ == stage::asked && pages < never_past_pages) return;
    if (stage_ == stage::idle && pages < quiet_until_) return;
    const auto at = std::chrono::steady_clock::now();
    if (stage_ == stage::idle && pages < copy_at_once_pages && at < next_copy_) return;
    if (stage_ == stage::idle && pages < never_past_pages) {
        stage_ = stage::asked;
        next_copy_ = at + between_copies;
        changed_.notify_one();
        return;
    }
    stage_ = stage::idle;
    lock.unlock();
    const bool all =
        db.flush_log(pages < never_past_pages ? database::checkpoint::passive : database::checkpoint::restart);
    // All copied: the next commit starts the log over and the count falls. If not, a reader holds an old page: wait a little.
    quiet_until_ = all ? 0 : pages + copy_from_pages;
}

void checkpointer::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return stopping_ || to_lengthen_ || stage_ == stage::asked; });
        if (stopping_) return;
        const bool lengthen = to_lengthen_;
        bool more = false;
        const bool copy = stage_ == stage::asked;
        lock.unlock();
        try {
            if (lengthen) more = db_->lengthen_log(usual_bytes);
            if (copy) db_->flush_log(database::checkpoint::passive);
        } catch (const error&) {
            // Disk trouble: the committing thread meets it too and says so to its callers.
        }
        lock.lock();
        if (lengthen) to_lengthen_ = more;
        if (copy && stage_ == stage::asked) stage_ = stage::copied;
    }
}

}  // namespace hearth::store::sqlite
