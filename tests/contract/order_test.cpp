// What holds between calls: order, groups, threads, stopping, other processes.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;

namespace {

/// Remembers how results came; runs them on the thread that brings them.
class recorder final : public completions {
public:
    void run(std::vector<std::function<void()>> batch) override {
        const std::lock_guard lock(mutex_);
        batches_.push_back(batch.size());
        for (auto& each : batch) each();
        changed_.notify_all();
    }
    [[nodiscard]] bool wait_for(std::size_t results) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(60), [&] { return total() >= results; });
    }
    [[nodiscard]] std::size_t batches() {
        const std::lock_guard lock(mutex_);
        return batches_.size();
    }

private:
    [[nodiscard]] std::size_t total() const {
        std::size_t sum = 0;
        for (const auto each : batches_) sum += each;
        return sum;
    }
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::size_t> batches_;
};

}  // namespace

TEST_CASE("one thread's writes are answered in the order they were asked, groups in one call") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    constexpr std::size_t count = 500;
    recorder to;
    std::vector<seq_t> answered;
    for (std::size_t i = 0; i < count; ++i)
        f.store().commit(a_say(room, a_message(rowan, "k" + std::to_string(i), "text")), to,
                         [&](outcome<store::committed> got) { answered.push_back(got.value().seqs.at(0)); });
    REQUIRE(to.wait_for(count));
    REQUIRE(answered.size() == count);
    for (std::size_t i = 0; i < count; ++i) REQUIRE(answered.at(i) == i + 1);
    const auto log = whole_log(f.store(), room.id);
    REQUIRE(log.size() == count);
    for (std::size_t i = 0; i < count; ++i) REQUIRE(log[i].key == "k" + std::to_string(i));
    CHECK(to.batches() < count);  // how many groups is the scheduler's affair, on a busy machine more
}

TEST_CASE("a unit that cannot be written takes none of its group with it") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    recorder to;
    std::vector<seq_t> written;
    int broken = 0;
    for (int i = 0; i < 60; ++i) {
        store::room_commit unit = a_say(room, a_message(rowan, "k" + std::to_string(i), "text"));
        // One key for two events passes every check that reads, and fails while it is written.
        if (i % 20 == 10) unit.events.push_back(unit.events.front());
        unit.audit = {an_entry("message.hold", std::to_string(i))};
        f.store().commit(std::move(unit), to, [&](outcome<store::committed> got) {
            if (got)
                written.push_back(got->seqs.at(0));
            else
                ++broken;
        });
    }
    REQUIRE(to.wait_for(60));
    CHECK(broken == 3);
    REQUIRE(written.size() == 57);
    for (std::size_t i = 0; i < written.size(); ++i) REQUIRE(written[i] == i + 1);
    CHECK(whole_log(f.store(), room.id).size() == 57);
    const auto audit = f.ask(&store_type::list_audit, 0, 100);
    REQUIRE(audit->size() == 57);
    CHECK(audit->back().n == 57);
}

TEST_CASE("what is asked at once is answered one by one, as if each had waited for the one before") {
    fixture f;
    const room_info room = f.room(), other = f.room("meadow");
    const person rowan = f.member(room, "Rowan"), sol = f.member(room, "Sol"), ash = f.member(other, "Ash");
    const seq_t old = f.say(room, rowan, "old", "first words");
    const auto say = [](const room_info& in, const person& who, const std::string& key) {
        return a_say(in, a_message(who, key, "text of " + key));
    };
    store::room_commit edit = a_say(room, an_event(event_type::edited, rowan, old, "second words"));
    edit.rewrites = {{old, "second words"}};
    store::room_commit mute = a_commit(room, {an_event(event_type::sanction, sol, 0)});
    mute.standings = {{sol.id, std::optional(noon + hour), {}}};
    mute.audit = {an_entry("person.mute", "u-Sol")};
    store::room_commit held = say(room, rowan, "held");
    held.opened = a_case("c1", room, rowan);
    const std::vector<std::pair<store::room_commit, std::optional<errc>>> asked{
        {say(room, rowan, "a"), {}},
        {say(other, ash, "b"), {}},
        {say(room, sol, "c"), {}},
        {edit, {}},
        {say(room, rowan, "a"), {}},  // again
        {say(other, rowan, "d"), errc::not_a_member},
        {mute, {}},
        {say(room, sol, "e"), errc::muted},
        {held, {}},
        {held, {}},  // again
        {say(other, ash, "f"), {}},
        {say(room, rowan, "g"), {}},
    };
    recorder to;
    std::vector<outcome<store::committed>> got(asked.size(), failure{});  // several servers keep no order between rooms
    std::vector<store::commit_request> units;
    for (std::size_t i = 0; i < asked.size(); ++i)
        units.push_back({std::make_shared<const store::room_commit>(asked[i].first),
                         [&got, i](outcome<store::committed> each) { got[i] = std::move(each); }});
    f.store().commit_all(std::move(units), to);
    REQUIRE(to.wait_for(asked.size()));
    for (std::size_t i = 0; i < asked.size(); ++i) {
        INFO(i);
        if (asked[i].second)
            CHECK(code_of(got[i]) == *asked[i].second);
        else
            CHECK(got[i].has_value());
    }
    CHECK(got[0]->seqs.at(0) == 2);
    CHECK(got[1]->seqs.at(0) == 1);
    CHECK(got[4]->repeated);
    CHECK(got[4]->seqs.at(0) == 2);
    CHECK(got[4]->first->text == "text of a");
    CHECK(got[7].error().retry_after == hour);
    CHECK(got[9]->repeated);
    CHECK(got[11]->seqs.at(0) == 7);
    const auto keys = [&](const room_info& of) {
        std::vector<std::string> out;
        for (const auto& each : whole_log(f.store(), of.id)) out.push_back(each.key);
        return out;
    };
    CHECK(keys(room) == std::vector<std::string>{"old", "a", "c", "", "", "held", "g"});
    CHECK(keys(other) == std::vector<std::string>{"b", "f"});
    CHECK(f.ask(&store_type::find_event, room.id, old)->text == "second words");
    CHECK(f.ask(&store_type::find_case_of, room.id, seq_t{6})->id == case_id{"c1"});
    CHECK(f.ask(&store_type::history_of, room.id, rowan.id)->messages == 4);
}

TEST_CASE("two threads in two rooms and one in both: each one's order holds and no seq is given twice") {
    fixture f;
    const room_info rooms[] = {f.room("harbour", true), f.room("meadow", true)};
    const person rowan = f.member(rooms[0], "Rowan");
    constexpr int count = 200;
    std::mutex mutex;
    std::set<seq_t> given[2];
    std::atomic<int> wrong = 0;
    const auto talk = [&](const std::string& name, std::vector<int> where) {
        recorder to;
        seq_t last[2] = {0, 0};
        for (int i = 0; i < count; ++i) {
            const int room = where[static_cast<std::size_t>(i) % where.size()];
            f.store().commit(a_say(rooms[room], a_message(rowan, name + std::to_string(i), "text")), to,
                             [&, room](outcome<store::committed> got) {
                                 const seq_t seq = got.value().seqs.at(0);
                                 if (seq <= last[room]) ++wrong;
                                 last[room] = seq;
                                 const std::lock_guard lock(mutex);
                                 if (!given[room].insert(seq).second) ++wrong;
                             });
        }
        if (!to.wait_for(count)) ++wrong;
    };
    std::thread first([&] { talk("a", {0}); }), second([&] { talk("b", {1}); }), third([&] { talk("c", {0, 1}); });
    first.join();
    second.join();
    third.join();
    CHECK(wrong == 0);
    for (int room = 0; room < 2; ++room) {
        const auto log = whole_log(f.store(), rooms[room].id);
        REQUIRE(log.size() == 300);
        CHECK(log.back().seq == 300);
        CHECK(given[room].size() == 300);
    }
}

TEST_CASE("one key asked by several at once is said once") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    std::atomic<int> first_time = 0, again = 0;
    std::vector<std::thread> crowd;
    for (int t = 0; t < 3; ++t)
        crowd.emplace_back([&] {
            for (int i = 0; i < 40; ++i) {
                const auto got =
                    f.ask(&store_type::commit, a_say(room, a_message(rowan, "k" + std::to_string(i), "text")));
                ++(got.value().repeated ? again : first_time);
            }
        });
    for (auto& each : crowd) each.join();
    CHECK(first_time == 40);
    CHECK(again == 80);
    CHECK(whole_log(f.store(), room.id).size() == 40);
}

TEST_CASE("what an answer acknowledges is there for a read asked from within it") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    for (int i = 0; i < 20; ++i) {
        std::promise<bool> seen;
        auto& to = store::at_once::instance();
        f.store().commit(a_say(room, a_message(rowan, "k" + std::to_string(i), "text")), to,
                         [&](outcome<store::committed> got) {
                             f.store().find_event(room.id, got.value().seqs.at(0), to,
                                                  [&](outcome<event> found) { seen.set_value(found.has_value()); });
                         });
        REQUIRE(seen.get_future().get());
    }
}

TEST_CASE("stopping answers what was asked and refuses what comes after") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    recorder to;
    std::size_t durable = 0;
    for (int i = 0; i < 100; ++i)
        f.store().commit(a_say(room, a_message(rowan, "k" + std::to_string(i), "text")), to,
                         [&](outcome<store::committed> got) { durable += got.has_value(); });
    f.store().stop();
    CHECK(durable == 100);
    CHECK(code_of(f.ask(&store_type::commit, a_say(room, a_message(rowan, "late", "text")))) == errc::try_later);
    CHECK(code_of(f.ask(&store_type::find_room, "harbour")) == errc::try_later);
    CHECK(code_of(f.ask(&store_type::check)) == errc::try_later);
    f.store().stop();
    f.reopen();
    CHECK(f.ask(&store_type::check).has_value());
    CHECK(whole_log(f.store(), room.id).size() == 100);
}

TEST_CASE("changes of another process are told within two seconds and believed at once") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    f.say(room, rowan, "k1", "one");
    recorder to;
    std::atomic<int> told = 0;
    f.store().on_outside_change(to, [&] { ++told; });
    f.say(room, rowan, "k2", "own changes are no news");

    const auto another = f.open_another();
    store::room_commit ban = a_commit(room, {an_event(event_type::sanction, rowan, 0)});
    ban.standings = {{rowan.id, {}, std::optional(noon + hour)}};
    ban.audit = {an_entry("case.decide", "c1")};
    const int before = told;
    REQUIRE(store::wait(*another, &store_type::commit, ban)->seqs.at(0) == 3);
    // Standing, order and audit chain were all remembered by the first one.
    CHECK(code_of(f.ask(&store_type::commit, a_say(room, a_message(rowan, "k3", "three")))) == errc::banned);
    CHECK(f.commit(a_commit(room, {an_event(event_type::notice, rowan, 0)})).seqs.at(0) == 4);
    REQUIRE(f.ask(&store_type::write_audit, std::vector{an_entry("x", "y")}).has_value());
    CHECK(f.ask(&store_type::list_audit, 0, 10)->back().n == 2);
    REQUIRE(to.wait_for(1));
    CHECK(told > before);

    const int busy = told;
    REQUIRE(store::wait(*another, &store_type::check).has_value());
    for (int i = 0; i < 100 && told == busy; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(told > busy);
    f.store().stop();  // before the recorder goes
}
