// What the store promises while a cluster changes shape.
#include <signal.h>

#include <atomic>
#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "contract/redis_cluster.hpp"
#include "contract/redis_scene.hpp"
#include "store/redis/slots.hpp"

using namespace hearth;
using namespace hearth::contract;
using namespace std::chrono_literals;
using store::redis::slot_of;

namespace {

constexpr auto node_timeout = 1s;

struct scene : redis_scene<redis_cluster> {
    explicit scene(const store::redis::options& how = {}) : redis_scene(how, true) {}
    [[nodiscard]] int slot() const {
        return slot_of("hearth:{r" + std::to_string(static_cast<std::int64_t>(room.id)) + "}:");
    }
};

const int shared_slot = slot_of("hearth:{all}:");

}  // namespace

TEST_CASE("a key's slot is that of the part in braces") {
    CHECK(slot_of("123456789") == 0x31c3);
    CHECK(slot_of("{user1000}.following") == slot_of("user1000"));
    CHECK(slot_of("foo{}{bar}") != slot_of("bar"));
    CHECK(slot_of("foo{{bar}}zap") == slot_of("{bar"));
    CHECK(slot_of("") == 0);
}

TEST_CASE("what is no cluster, or not a whole one, is said") {
    const redis_server alone({"--port", "0"});
    const auto port = redis_server::free_port();
    CHECK(mentions(complaint("cluster://127.0.0.1:" + port), "Connection refused"));
    const auto other = redis_server::free_port();
    const redis_server no_cluster({"--port", other});
    CHECK(mentions(complaint("cluster://127.0.0.1:" + other), "cluster support disabled"));
    const auto part = redis_server::free_port();
    const redis_server in_part(
        {"--port", part, "--cluster-enabled", "yes", "--cluster-port", redis_server::free_port(), "--databases", "1"});
    CHECK(mentions(complaint("cluster://127.0.0.1:" + part), "no slot"));
    CHECK(in_part.ask("CLUSTER ADDSLOTSRANGE 0 99").starts_with("+OK"));
    CHECK(mentions(complaint("cluster://127.0.0.1:" + part), "100 of its 16384"));
}

TEST_CASE("a user of the access list is enough in a cluster") {
    redis_cluster group(false);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(group.node(i)
                  .ask("ACL SETUSER hearth on >hidden ~hearth:* &hearth:* +@all -@dangerous +info")
                  .starts_with("+OK"));
    auto address = group.address();
    address.insert(address.find("127"), "hearth:hidden@");
    const auto data = store::redis::open_redis(address);
    auto room = room_info{};
    room.slug = "harbour";
    room.open = true;
    room = store::wait(*data, &store_type::add_room, room, std::vector<store::audit_entry>{}).value();
    const auto rowan = store::wait(*data, &store_type::add_account, an_account("Rowan", role::member)).value();
    store::room_commit unit = a_say(room, a_message(rowan.who, "k", "text"));
    unit.opened = a_case("c1", room, rowan.who);
    CHECK(store::wait(*data, &store_type::commit, unit).has_value());
    CHECK(store::redis::warnings(*data).empty());
    address.replace(address.find("hidden"), 6, "wrong");
    CHECK(mentions(complaint(address), "WRONGPASS"));
}

TEST_CASE("a killed primary's slots are followed to its replica, and what was in flight is there once") {
    scene s;
    int said = 0;
    for (; said < 50; ++said) REQUIRE(s.say(std::to_string(said)).has_value());
    std::this_thread::sleep_for(200ms);
    for (const int slot : {s.slot(), shared_slot}) {
        const auto victim = s.group.owner(slot);
        s.group.node(victim).kill();
        const auto took = s.say_until_taken(std::to_string(said++));
        std::cout << "written again " << took.count() << " ms after the primary of slot " << slot << " was killed\n";
        CHECK(took < node_timeout + 3s);
        CHECK(s.say("7")->repeated);
        s.check_log(said);
        s.group.node(victim).start();
        for (int i = 0; i < 1'000 && !s.group.well(); ++i) std::this_thread::sleep_for(10ms);
        REQUIRE(s.group.well());
    }
}

TEST_CASE("in a cluster a replica of the room's own primary is waited for") {
    scene s({.wait_replicas = 1, .wait_within = 300ms});
    REQUIRE(s.say("0").has_value());
    CHECK(store::redis::warnings(*s.data).empty());
    const auto replica = s.group.owner(s.slot()) + 3;
    s.group.node(replica).signal(SIGSTOP);
    const auto refused = s.say("1");
    REQUIRE(code_of(refused) == errc::try_later);
    CHECK(mentions(refused.error().detail, "0 of 1 replicas"));
    s.group.node(replica).signal(SIGCONT);
    s.say_until_taken("1");
    CHECK(s.say("1")->repeated);
    s.check_log(2);
}

TEST_CASE("with a part of the slots down the other rooms go on") {
    redis_cluster group(false);
    for (std::size_t i = 0; i < 3; ++i)
        REQUIRE(group.node(i).ask("CONFIG SET cluster-require-full-coverage no").starts_with("+OK"));
    const auto data = store::redis::open_redis(group.address(), {.deadline = 1s});
    const auto rowan = store::wait(*data, &store_type::add_account, an_account("Rowan", role::member)).value();
    const auto victim = (group.owner(shared_slot) + 1) % 3;
    std::vector<room_info> down, up;
    for (int i = 0; i < 50 && (down.empty() || up.empty()); ++i) {
        room_info room;
        room.slug = "room-" + std::to_string(i);
        room.open = true;
        room = store::wait(*data, &store_type::add_room, room, std::vector<store::audit_entry>{}).value();
        const auto number = std::to_string(static_cast<std::int64_t>(room.id));
        (group.owner(slot_of("hearth:{r" + number + "}:")) == victim ? down : up).push_back(room);
    }
    REQUIRE_FALSE(down.empty());
    REQUIRE_FALSE(up.empty());
    const auto say = [&](const room_info& room, const std::string& key) {
        return store::wait(*data, &store_type::commit, a_say(room, a_message(rowan.who, key, "text")));
    };
    REQUIRE(say(down[0], "0").has_value());
    group.node(victim).kill();
    for (int i = 0; i < 20; ++i) {  // before it is given up, and after
        CHECK(say(up[0], std::to_string(i)).has_value());
        std::this_thread::sleep_for(100ms);
    }
    CHECK(code_of(say(down[0], "1")) == errc::try_later);
}

TEST_CASE("slots that move while people speak keep every message and its order") {
    scene s;
    constexpr int count = 1'500;
    std::atomic<int> taken = 0, refused = 0;
    std::thread speaker([&] {
        for (int i = 0; i < count; ++i) {
            s.data->commit(a_say(s.room, a_message(s.rowan.who, std::to_string(i), "text")), store::at_once::instance(),
                           [&](const outcome<store::committed>& got) { ++(got ? taken : refused); });
            std::this_thread::sleep_for(1ms);
        }
    });
    for (std::size_t round = 0; round < 4; ++round)
        for (const int slot : {s.slot(), shared_slot}) s.group.move_slot(slot, (s.group.owner(slot) + 1) % 3);
    speaker.join();
    for (int i = 0; i < 600 && taken + refused < count; ++i) std::this_thread::sleep_for(10ms);
    CHECK(refused == 0);
    CHECK(taken == count);
    s.check_log(count);
}

TEST_CASE("what an erased person had under way comes into no room behind the erasing") {
    scene s;
    REQUIRE(s.say("0").has_value());
    REQUIRE(s.ask(&store_type::erase_person, s.rowan.who.id, noon).has_value());
    // As if the question whether they are disabled had been asked before.
    CHECK(s.group.node(s.group.owner(shared_slot))
              .ask("HSET hearth:{all}:person:" + s.rowan.who.id.value + " disabled 0")
              .starts_with(":0"));
    CHECK(code_of(s.say("1")) == errc::unauthenticated);
}

TEST_CASE("a case and its audit entry that the queue's server has lost are told again") {
    scene s;
    store::room_commit unit = a_say(s.room, a_message(s.rowan.who, "k", "text"));
    unit.opened = a_case("c1", s.room, s.rowan.who);
    unit.audit = {an_entry("message.hold", "1")};
    REQUIRE(s.ask(&store_type::commit, unit).has_value());
    REQUIRE(s.ask(&store_type::list_cases, store::case_filter{})->cases.size() == 1);
    auto& server = s.group.node(s.group.owner(shared_slot));
    CHECK(server
              .ask("DEL hearth:{all}:queue hearth:{all}:case-index hearth:{all}:carried hearth:{all}:audit "
                   "hearth:{all}:audit-head")
              .starts_with(":5"));
    CHECK(s.ask(&store_type::list_cases, store::case_filter{})->cases.empty());
    const auto sweeps = [&] {  // whoever comes new does, at once
        s.data = store::redis::open_redis(s.group.address());
        bool back = false;
        for (int i = 0; i < 100 && !back; ++i) {
            std::this_thread::sleep_for(20ms);
            back = s.ask(&store_type::list_cases, store::case_filter{})->cases.size() == 1;
        }
        std::this_thread::sleep_for(200ms);
        return back && s.ask(&store_type::find_case, case_id{"c1"}).has_value() &&
               s.ask(&store_type::list_audit, 0, 10)->size() == 1;
    };
    CHECK(sweeps());
    CHECK(sweeps());  // and once only
    // The other way round: a case that the room's server has lost is in no page, and no page fails for it.
    unit = a_say(s.room, a_message(s.rowan.who, "k2", "text"));
    unit.opened = a_case("c2", s.room, s.rowan.who);
    REQUIRE(s.ask(&store_type::commit, unit).has_value());
    CHECK(s.group.node(s.group.owner(s.slot())).ask("HDEL hearth:{r1}:cases c1").starts_with(":1"));
    const auto page = s.ask(&store_type::list_cases, store::case_filter{});
    REQUIRE(page.has_value());
    REQUIRE(page->cases.size() == 1);
    CHECK(page->cases[0].id == case_id{"c2"});
}
