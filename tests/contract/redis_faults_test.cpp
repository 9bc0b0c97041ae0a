// What only the store on Redis promises: a Redis that goes away, stands still, is full or forgets its functions.
#include <signal.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "contract/redis_scene.hpp"
#include "contract/redis_server.hpp"

using namespace hearth;
using namespace hearth::contract;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

struct scene : redis_scene<redis_server> {
    explicit scene(std::vector<std::string> settings = {})
        : redis_scene({.deadline = 500ms, .first_pause = 20ms, .longest_pause = 100ms}, std::move(settings)) {}
    [[nodiscard]] bool back_within(std::chrono::milliseconds most) {
        const auto end = std::chrono::steady_clock::now() + most;
        while (std::chrono::steady_clock::now() < end) {
            if (ask(&store_type::check)) return true;
            std::this_thread::sleep_for(10ms);
        }
        return false;
    }
};

}  // namespace

TEST_CASE("a Redis that is killed answers try_later, and what was acknowledged is there when it comes back") {
    scene s({"--appendfsync", "always"});
    for (int i = 0; i < 50; ++i) REQUIRE(s.say("k" + std::to_string(i)).has_value());
    std::atomic<int> told = 0;
    s.data->on_outside_change(store::at_once::instance(), [&] { ++told; });
    s.group.kill();
    const auto refused = s.say("late");
    CHECK(code_of(refused) == errc::try_later);
    CHECK(refused.error().retry_after);
    s.group.start();
    REQUIRE(s.back_within(2s));
    CHECK(whole_log(*s.data, s.room.id).size() == 50);
    CHECK(s.say("k7")->repeated);
    // Whether all was saved is not known there, so no seq is given that may have been given before.
    const auto next = s.say("new")->seqs.at(0);
    CHECK(next >= 1'000'051);
    CHECK(s.say("newer")->seqs.at(0) == next + 1);
    // What others did meanwhile was not heard, so a change is told.
    for (int i = 0; i < 300 && told == 0; ++i) std::this_thread::sleep_for(10ms);
    CHECK(told > 0);
    s.data->stop();
}

TEST_CASE("a Redis that stands still is given up within the deadline and found again by itself") {
    scene s;
    REQUIRE(s.say("k1").has_value());
    s.group.signal(SIGSTOP);
    const auto asked = std::chrono::steady_clock::now();
    CHECK(code_of(s.say("k2")) == errc::try_later);
    CHECK(std::chrono::steady_clock::now() - asked < 1'200ms);
    s.group.signal(SIGCONT);
    REQUIRE(s.back_within(3s));
    // Nobody knows whether k2 was written: asked again it is there once.
    REQUIRE(s.say("k2").has_value());
    CHECK(whole_log(*s.data, s.room.id).size() == 2);
}

TEST_CASE("calls that wait when Redis goes are all answered, and stopping without Redis ends") {
    scene s;
    s.group.signal(SIGSTOP);
    std::atomic<int> refused = 0;
    for (int i = 0; i < 200; ++i)
        s.data->commit(a_say(s.room, a_message(s.rowan.who, std::to_string(i), "text")), store::at_once::instance(),
                       [&](const outcome<store::committed>& got) { refused += got.has_error(); });
    s.group.kill();
    s.data->stop();
    CHECK(refused == 200);
}

TEST_CASE("functions that were thrown away are brought again") {
    scene s;
    CHECK(s.group.ask("FUNCTION FLUSH").starts_with("+OK"));
    CHECK(code_of(s.say("k1")) == errc::try_later);
    REQUIRE(s.back_within(2s));
    CHECK(s.say("k1").has_value());
}

TEST_CASE("a full Redis refuses whole units") {
    scene s;
    REQUIRE(s.say("k1").has_value());
    CHECK(s.group.ask("CONFIG SET maxmemory 1mb").starts_with("+OK"));
    store::room_commit unit = a_say(s.room, a_message(s.rowan.who, "k2", "text"));
    unit.opened = a_case("c2", s.room, s.rowan.who);
    CHECK(code_of(s.ask(&store_type::commit, unit)) == errc::try_later);
    CHECK(whole_log(*s.data, s.room.id).size() == 1);
    CHECK(s.group.ask("CONFIG SET maxmemory 0").starts_with("+OK"));
    REQUIRE(s.ask(&store_type::commit, unit).has_value());
    CHECK(s.ask(&store_type::find_case_of, s.room.id, seq_t{2}).has_value());
}

TEST_CASE("what a newer version wrote is left alone") {
    scene s;
    const auto key = "hearth:{all}:room:" + std::to_string(static_cast<std::int64_t>(s.room.id));
    CHECK(s.group.ask("HSET " + key + " v 2").starts_with(":"));
    const auto found = s.ask(&store_type::find_room, "harbour");
    CHECK(code_of(found) == errc::try_later);
    CHECK(found.error().detail.find("newer version") != std::string::npos);
    CHECK(code_of(s.ask(&store_type::update_room, s.room, std::vector<store::audit_entry>{})) == errc::try_later);
}

TEST_CASE("a unit that Redis fails at takes none of those with it that went along") {
    scene s;
    REQUIRE(s.say("k1").has_value());
    REQUIRE(s.say("k2").has_value());
    // {2, "name", …}, as a newer version may have packed it.
    CHECK(s.group.ask("HSET hearth:{r1}:words 1 \"\\x96\\x02\\xa1a\\xa1a\\xa1a\\xa1a\\xa1a\"").starts_with(":"));
    const auto say = [&](const std::string& key) { return a_say(s.room, a_message(s.rowan.who, key, "text")); };
    store::room_commit rewrite = say("k4");
    rewrite.rewrites = {{1, "other words"}};
    std::vector<outcome<store::committed>> got;
    std::promise<void> answered;
    std::vector<store::commit_request> units;
    for (const auto& unit : {say("k3"), rewrite, say("k5")})
        units.push_back({std::make_shared<const store::room_commit>(unit), [&](outcome<store::committed> each) {
                             got.push_back(std::move(each));
                             if (got.size() == 3) answered.set_value();
                         }});
    s.data->commit_all(std::move(units), store::at_once::instance());
    REQUIRE(answered.get_future().wait_for(5s) == std::future_status::ready);
    CHECK(got[0]->seqs.at(0) == 3);
    CHECK(code_of(got[1]) == errc::try_later);
    CHECK(got[1].error().detail.find("newer version") != std::string::npos);
    CHECK(got[2]->seqs.at(0) == 4);
    CHECK(s.say("k4")->seqs.at(0) == 5);
}

TEST_CASE("every key is its room's or nobody's, so that each lies in one slot") {
    scene s;
    store::room_commit unit = a_say(s.room, a_message(s.rowan.who, "k1", "text"));
    unit.opened = a_case("c1", s.room, s.rowan.who);
    unit.audit = {an_entry("message.hold", "1")};
    unit.standings = {{s.rowan.who.id, std::optional(noon), {}}};
    REQUIRE(s.ask(&store_type::commit, unit).has_value());
    REQUIRE(s.ask(&store_type::add_session, a_session(s.rowan.who.id, "token")).has_value());
    REQUIRE(s.ask(&store_type::add_invite, an_invite(s.room.id, "code", 1)).has_value());
    std::istringstream lines(s.group.ask("KEYS *"));
    int keys = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line[0] == '*' || line[0] == '$') continue;
        ++keys;
        INFO(line);
        CHECK((line.starts_with("hearth:{r1}:") || line.starts_with("hearth:{all}:")));
    }
    CHECK(keys > 15);
}

TEST_CASE("the audit chain that Redis wrote is sound, and tells where it was tampered with") {
    scene s;
    for (int i = 0; i < 70; ++i) {  // details of every length around SHA-256's blocks
        auto entry = an_entry("act", std::to_string(i));
        entry.detail = std::string(static_cast<std::size_t>(i), 'd');
        REQUIRE(s.ask(&store_type::write_audit, std::vector{entry}).has_value());
    }
    auto report = store::redis::verify_audit(*s.data);
    CHECK(report.entries == 70);
    CHECK_FALSE(report.first_bad);
    CHECK(s.group.ask("XDEL hearth:{all}:audit 4-0").starts_with(":1"));
    report = store::redis::verify_audit(*s.data);
    CHECK(report.entries == 3);
    CHECK(report.first_bad == 5);
}

TEST_CASE("erased text is in none of the files") {
    scene s;
    const std::string needle = "a sentence nobody else would write";
    for (int i = 0; i < 50; ++i) REQUIRE(s.say("k" + std::to_string(i), needle).has_value());
    store::room_commit report = a_commit(s.room, {});
    report.opened = a_case("c1", s.room, s.rowan.who, 1);
    report.opened->message.text = needle;
    REQUIRE(s.ask(&store_type::commit, report).has_value());
    CHECK(s.ask(&store_type::erase_person, s.rowan.who.id, noon).value() == 50);
    const auto found = [&] {
        for (const auto& entry : fs::recursive_directory_iterator(s.group.folder())) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            if (std::string((std::istreambuf_iterator<char>(file)), {}).find(needle) != std::string::npos) return true;
        }
        return false;
    };
    bool gone = false;
    for (int i = 0; i < 500 && !gone; ++i) {
        gone = !found();
        std::this_thread::sleep_for(10ms);
    }
    CHECK(gone);
}

TEST_CASE("an erasing that was left undone is finished once, whoever goes on with it") {
    scene s;
    const auto another = store::redis::open_redis(s.group.address());
    for (int i = 0; i < 10; ++i) {
        const auto who = s.ask(&store_type::add_account, an_account("G" + std::to_string(i), role::member)).value();
        REQUIRE(s.ask(&store_type::commit, a_say(s.room, a_message(who.who, "k", "text"))).has_value());
        CHECK(s.group.ask("ZADD hearth:{all}:erasing 1000 " + who.who.id.value).starts_with(":1"));
    }
    s.data->finish_interrupted(time_point(500ms));  // nothing is as old as that
    std::this_thread::sleep_for(50ms);
    CHECK(s.group.ask("ZCARD hearth:{all}:erasing").starts_with(":10"));
    for (auto* each : {s.data.get(), another.get()}) each->finish_interrupted(time_point(2s));
    for (int i = 0; i < 500 && !s.group.ask("ZCARD hearth:{all}:erasing").starts_with(":0"); ++i)
        std::this_thread::sleep_for(10ms);
    s.data->finish_interrupted(time_point(2s));
    another->stop();
    for (const auto& each : whole_log(*s.data, s.room.id)) CHECK_FALSE(each.text);
    CHECK(s.ask(&store_type::list_audit, std::int64_t{0}, 100)->size() == 10);
}

TEST_CASE("a silent process is taken out by those who report in time, and by nobody when all were silent") {
    scene s;
    const store::redis::options how{.attendance_lives = 1s};
    const auto here = store::redis::open_redis(s.group.address(), how),
               there = store::redis::open_redis(s.group.address(), how);
    const auto report = [&](store_type& from, bool whole, std::vector<person> came) {
        store::attendance_report what;
        what.room = s.room.id;
        what.whole = whole;
        what.came = std::move(came);
        what.most_named = 50;
        return store::wait(from, &store_type::report_attendance, what).value();
    };
    report(*here, true, {s.rowan.who});
    std::this_thread::sleep_for(300ms);
    CHECK(report(*there, true, {an_account("Sol", role::member).who}).named.size() == 1);
    // `here` has been silent for too long, but so has `there`, nearly: as when Redis was being replaced.
    std::this_thread::sleep_for(800ms);
    CHECK(report(*there, false, {}).named.size() == 1);
    // Now `there` reports as it should, and `here` still does not.
    bool gone = false;
    for (int i = 0; i < 40 && !gone; ++i) {
        std::this_thread::sleep_for(50ms);
        gone = report(*there, false, {}).named.empty();
    }
    CHECK(gone);
    CHECK(report(*here, false, {}).whole_wanted);
}
