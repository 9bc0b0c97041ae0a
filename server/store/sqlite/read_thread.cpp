#include "store/sqlite/read_thread.hpp"

#include <algorithm>

namespace hearth::store::sqlite {
read_thread::read_thread(std::unique_ptr<database> db, std::chrono::milliseconds snapshot_lasts)
    : db_(std::move(db)), snapshot_lasts_(snapshot_lasts) {
    db_->script("PRAGMA query_only = ON");
    thread_ = std::thread([this] { loop(); });
}

void read_thread::stop() {
    std::call_once(stopped_, [this] {
        queue_.close();
        thread_.join();
    });
}

void read_thread::loop() {
    constexpr std::chrono::hours for_ever{24};
    while (auto group = queue_.take(for_ever)) {
        for (std::span<const std::shared_ptr<read_job>> left(*group); !left.empty();) left = left.subspan(read(left));
        answer_all(std::move(*group));
    }
}

std::size_t read_thread::read(std::span<const std::shared_ptr<read_job>> jobs) {
    std::size_t begun = 0;
    try {
        db_->run("BEGIN");
        const auto end = std::chrono::steady_clock::now() + snapshot_lasts_;
        do jobs[begun++]->run(*db_);
        while (begun < jobs.size() && std::chrono::steady_clock::now() < end);
        db_->run("COMMIT");
    } catch (const std::exception& problem) {
        db_->abandon();
        begun = std::max<std::size_t>(begun, 1);
        jobs[begun - 1]->fail(unavailable(problem.what()));
    }
    return begun;
}

}  // namespace hearth::store::sqlite
