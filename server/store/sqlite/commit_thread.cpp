#include "store/sqlite/commit_thread.hpp"

namespace hearth::store::sqlite {
namespace {

constexpr std::chrono::minutes between_cleanings{10};

}  // namespace

commit_thread::commit_thread(std::unique_ptr<database> db, checkpointer& log, std::chrono::milliseconds tick)
    : db_(std::move(db)), writer_(*db_), log_(log), tick_(tick) {
    data_version_ = db_->number("PRAGMA data_version");
    thread_ = std::thread([this] { loop(); });
}

void commit_thread::on_outside_change(completions& to, std::function<void()> changed) {
    const std::lock_guard lock(listeners_mutex_);
    listeners_.emplace_back(&to, std::move(changed));
}

void commit_thread::stop() {
    std::call_once(stopped_, [this] {
        queue_.close();
        thread_.join();
    });
}

void commit_thread::loop() {
    while (auto group = queue_.take(tick_)) {
        if (group->empty()) {
            keep_house();
        } else {
            commit(*group);
            answer_all(std::move(*group));
        }
        tell_outside();
        if (std::exchange(writer_.log_holds_erased, false)) log_.empty_soon();
        try {
            log_.after_commit(*db_);
        } catch (const error&) {
            // The log stays longer than it should; the next round tries again.
        }
    }
}

void commit_thread::transaction(std::span<const std::shared_ptr<write_job>> group) {
    db_->run("BEGIN IMMEDIATE");
    look_outside();
    for (const auto& each : group) each->run(writer_);
    db_->run("COMMIT");
}

void commit_thread::commit(job_list<writer>& group) {
    const auto attempt = [this](std::span<const std::shared_ptr<write_job>> part) -> std::optional<error> {
        try {
            transaction(part);
            return std::nullopt;
        } catch (const error& problem) {
            db_->abandon();
            writer_.forget_all();
            return problem;
        } catch (const std::exception& problem) {
            db_->abandon();
            writer_.forget_all();
            return error(trouble::unit, problem.what());
        }
    };
    const auto problem = attempt(group);
    if (!problem) return;
    if (problem->kind() != trouble::unit) {
        for (const auto& each : group) each->fail(unavailable(problem->what()));
        return;
    }
    // A unit that passed its checks and still broke a rule of the schema: nobody else's work is lost for it.
    for (const auto& each : group) {
        const auto own = attempt(std::span(&each, 1));
        if (!own) continue;
        failure why = unavailable(own->what());
        if (own->kind() == trouble::unit) why.code = errc::internal;
        each->fail(std::move(why));
    }
}

void commit_thread::look_outside() {
    const auto version = db_->number("PRAGMA data_version");
    if (version == data_version_) return;
    data_version_ = version;
    outside_changed_ = true;
    writer_.forget_all();
}

void commit_thread::tell_outside() {
    if (!std::exchange(outside_changed_, false)) return;
    const std::lock_guard lock(listeners_mutex_);
    for (const auto& [to, changed] : listeners_) {
        std::vector<std::function<void()>> one{changed};
        to->run(std::move(one));
    }
}

void commit_thread::keep_house() {
    try {
        look_outside();
        const auto at = std::chrono::steady_clock::now();
        if (at < next_cleaning_) return;
        next_cleaning_ = at + between_cleanings;
        const auto old = now() - std::chrono::hours(24);
        db_->run("DELETE FROM sessions WHERE expires_at < ?1", {old});
    } catch (const error&) {
        db_->abandon();
        writer_.forget_all();  // nothing is known for sure until the next look
    }
}

}  // namespace hearth::store::sqlite
