#include "store/sqlite/read_thread.hpp"

namespace hearth::store::sqlite {

read_thread::read_thread(std::unique_ptr<database> db) : db_(std::move(db)) {
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
        // Each job has a snapshot of its own: its several statements agree, and a long list holds up nobody's log.
        for (const auto& each : *group) {
            try {
                db_->run("BEGIN");
                each->run(*db_);
                db_->run("COMMIT");
            } catch (const std::exception& problem) {
                db_->abandon();
                each->fail(unavailable(problem.what()));
            }
        }
        answer_all(std::move(*group));
    }
}

}  // namespace hearth::store::sqlite
