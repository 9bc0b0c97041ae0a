// A whole server's threads on one, turned by a dice: workers, the committing thread and the reading thread each do their
// next piece when the schedule says so. The same seed is the same interleaving.
#pragma once

#include <cstdlib>
#include <deque>
#include <map>
#include <random>
#include <vector>

#include "core/event_loop.hpp"
#include "store/store.hpp"

namespace hearth::schedule {

/// One worker. `turn` is a round: some of what is ready, then the round's end.
class loop final : public event_loop {
public:
    explicit loop(std::size_t index) : index_(index) {}

    void run(std::vector<std::function<void()>> batch) override {
        post([batch = std::move(batch)] {
            for (const auto& work : batch) work();
        });
    }
    void post(std::function<void()> work) override { ready_.push_back(std::move(work)); }
    void at_round_end(std::function<void()> work) override { ending_.push_back(std::move(work)); }
    void after(std::chrono::milliseconds, std::function<void()> work) override { later_.push_back(std::move(work)); }
    [[nodiscard]] std::size_t index() const noexcept override { return index_; }
    [[nodiscard]] bool here() const noexcept override { return running_ == this; }

    [[nodiscard]] bool idle() const noexcept { return ready_.empty() && ending_.empty(); }
    void turn(std::size_t most) {
        running_ = this;
        for (std::size_t n = 0; n < most && !ready_.empty(); ++n) {
            const auto work = std::move(ready_.front());
            ready_.pop_front();
            work();
        }
        while (!ending_.empty())
            for (const auto& work : std::exchange(ending_, {})) work();
        running_ = nullptr;
    }
    /// Timers fire when the schedule says so.
    void timers() {
        for (auto& work : std::exchange(later_, {})) post(std::move(work));
    }

private:
    inline static const loop* running_ = nullptr;
    std::size_t index_;
    std::deque<std::function<void()>> ready_;
    std::vector<std::function<void()>> ending_, later_;
};

/// The store's two threads over logs in memory. What a test does not ask for ends the program.
class paper_store final : public store::store {
public:
    std::map<room_id, std::vector<event>> logs;
    int groups = 0;

    [[nodiscard]] bool idle() const noexcept {
        return writes_.empty() && answers_.empty() && reads_.empty() && pages_.empty();
    }

    /// All that waits is one group; `fails`: the disk was full, and nothing of it happened. `silent`: it happened, and the
    /// answer was lost.
    void commit_group(bool fails, bool silent = false) {
        if (writes_.empty()) return;
        ++groups;
        for (auto& [to, request] : std::exchange(writes_, {})) {
            outcome<hearth::store::committed> result = failure{errc::try_later, {}, "full"};
            if (!fails) {
                auto written = write(*request.unit);
                if (!silent) result = std::move(written);
            }
            std::function<void()> answer = [done = std::move(request.done), result = std::move(result)] {
                done(result);
            };
            answers_.emplace_back(to, std::move(answer));
        }
    }
    /// The group's results reach the workers: later than the group is on the disk, and readable.
    void answer_group() {
        std::map<completions*, std::vector<std::function<void()>>> by;
        for (auto& [to, answer] : std::exchange(answers_, {})) by[to].push_back(std::move(answer));
        for (auto& [to, batch] : by) to->run(std::move(batch));
    }
    void read_one() {
        if (reads_.empty()) return;
        const auto work = std::move(reads_.front());
        reads_.pop_front();
        work();
    }
    /// What was read reaches its worker: later than it was read.
    void answer_read() {
        if (pages_.empty()) return;
        auto [to, answer] = std::move(pages_.front());
        pages_.pop_front();
        to->run({std::move(answer)});
    }
    /// Another process writes.
    void write_outside(room_id room, event what) { append(room, std::move(what)); }

    void commit(hearth::store::room_commit unit, completions& to, callback<hearth::store::committed> done) override {
        writes_.emplace_back(
            &to, hearth::store::commit_request{std::make_shared<const hearth::store::room_commit>(std::move(unit)),
                                               std::move(done)});
    }
    void commit_all(std::vector<hearth::store::commit_request> units, completions& to) override {
        for (auto& each : units) writes_.emplace_back(&to, std::move(each));
    }
    void events_after(room_id room, seq_t after, int limit, std::optional<person> viewer, completions& to,
                      callback<hearth::store::event_page> done) override {
        read(to, std::move(done), [this, room, after, limit, viewer] {
            hearth::store::event_page page;
            for (const auto& e : logs[room]) {
                if (e.seq <= after || (viewer && !visible(e.seen_by, e.author.id, *viewer))) continue;
                page.more = page.events.size() == static_cast<std::size_t>(limit);
                if (page.more) break;
                page.events.push_back(e);
            }
            page.head = logs[room].size();
            return page;
        });
    }
    void events_before(room_id room, std::optional<seq_t> before, int limit, std::optional<person> viewer,
                       completions& to, callback<hearth::store::event_page> done) override {
        read(to, std::move(done), [this, room, before, limit, viewer] {
            hearth::store::event_page page;
            const auto& log = logs[room];
            for (auto it = log.rbegin(); it != log.rend() && !page.more; ++it) {
                if ((before && it->seq >= *before) || (viewer && !visible(it->seen_by, it->author.id, *viewer)))
                    continue;
                page.more = page.events.size() == static_cast<std::size_t>(limit);
                if (!page.more) page.events.insert(page.events.begin(), *it);
            }
            page.head = log.size();
            return page;
        });
    }

#define HEARTH_NOT_ASKED(name, ...) \
    void name(__VA_ARGS__) override { std::abort(); }
    using strings = std::vector<hearth::store::audit_entry>;
    using found_session = std::pair<session_record, person>;
    HEARTH_NOT_ASKED(add_account, account, completions&, callback<account>)
    HEARTH_NOT_ASKED(find_account, std::string, completions&, callback<account>)
    HEARTH_NOT_ASKED(find_account_by_id, user_id, completions&, callback<account>)
    HEARTH_NOT_ASKED(update_account, account, completions&, callback<account>)
    HEARTH_NOT_ASKED(list_accounts, completions&, callback<std::vector<account>>)
    HEARTH_NOT_ASKED(erase_person, user_id, time_point, completions&, callback<std::int64_t>)
    HEARTH_NOT_ASKED(add_session, session_record, completions&, callback<void>)
    HEARTH_NOT_ASKED(find_session, std::string, time_point, completions&, callback<found_session>)
    HEARTH_NOT_ASKED(end_session, std::string, completions&, callback<void>)
    HEARTH_NOT_ASKED(add_invite, invite_record, completions&, callback<void>)
    HEARTH_NOT_ASKED(find_invite, std::string, time_point, completions&, callback<invite_record>)
    HEARTH_NOT_ASKED(list_invites, room_id, completions&, callback<std::vector<invite_record>>)
    HEARTH_NOT_ASKED(revoke_invite, room_id, std::string, completions&, callback<void>)
    HEARTH_NOT_ASKED(redeem_invite, std::string, account, session_record, completions&, callback<room_id>)
    HEARTH_NOT_ASKED(redeem_invite_for, std::string, user_id, time_point, completions&, callback<room_id>)
    HEARTH_NOT_ASKED(add_room, room_info, strings, completions&, callback<room_info>)
    HEARTH_NOT_ASKED(find_room, std::string, completions&, callback<room_info>)
    HEARTH_NOT_ASKED(update_room, room_info, strings, completions&, callback<room_info>)
    HEARTH_NOT_ASKED(rooms_of, user_id, completions&, callback<std::vector<room_info>>)
    HEARTH_NOT_ASKED(find_membership, room_id, user_id, completions&, callback<membership>)
    HEARTH_NOT_ASKED(accept_rules, room_id, user_id, std::int64_t, completions&, callback<void>)
    HEARTH_NOT_ASKED(find_event, room_id, seq_t, completions&, callback<event>)
    HEARTH_NOT_ASKED(find_case, case_id, completions&, callback<review_case>)
    HEARTH_NOT_ASKED(find_case_of, room_id, seq_t, completions&, callback<review_case>)
    HEARTH_NOT_ASKED(list_cases, hearth::store::case_filter, completions&, callback<hearth::store::case_page>)
    HEARTH_NOT_ASKED(history_of, room_id, user_id, completions&, callback<hearth::store::author_history>)
    HEARTH_NOT_ASKED(decide_variant, variant_decision, strings, completions&, callback<void>)
    HEARTH_NOT_ASKED(list_variants, completions&, callback<std::vector<variant_decision>>)
    HEARTH_NOT_ASKED(write_audit, strings, completions&, callback<void>)
    HEARTH_NOT_ASKED(list_audit, std::int64_t, int, completions&, callback<strings>)
    HEARTH_NOT_ASKED(check, completions&, callback<void>)
    HEARTH_NOT_ASKED(on_outside_change, completions&, std::function<void()>)
#undef HEARTH_NOT_ASKED
    void list_rooms(completions& to, callback<std::vector<room_info>> done) override {
        read(to, std::move(done), [] { return std::vector<room_info>{}; });
    }
    void stop() override {}

private:
    template <class T, class Work>
    void read(completions& to, callback<T> done, Work work) {
        reads_.push_back([this, &to, done = std::move(done), work = std::move(work)] {
            pages_.emplace_back(&to, [done, got = work()] { done(got); });
        });
    }
    seq_t append(room_id room, event what) {
        auto& log = logs[room];
        what.seq = log.size() + 1;
        log.push_back(std::move(what));
        return log.size();
    }
    hearth::store::committed write(const hearth::store::room_commit& unit) {
        hearth::store::committed out;
        for (const auto& each : unit.events) {
            for (const auto& e : logs[unit.room])
                if (e.key == each.key && e.author.id == each.author.id) {
                    out.repeated = true;
                    out.first = e;
                    out.seqs = {e.seq};
                    return out;
                }
            out.seqs.push_back(append(unit.room, each));
        }
        return out;
    }

    std::vector<std::pair<completions*, hearth::store::commit_request>> writes_;
    std::vector<std::pair<completions*, std::function<void()>>> answers_;
    std::deque<std::function<void()>> reads_;
    std::deque<std::pair<completions*, std::function<void()>>> pages_;
};

}  // namespace hearth::schedule
