// What the store promises while sentinels replace its primary.
#include <signal.h>

#include <atomic>
#include <chrono>
#include <iostream>
#include <thread>

#include "contract/redis_scene.hpp"
#include "contract/redis_sentinels.hpp"

using namespace hearth;
using namespace hearth::contract;
using namespace std::chrono_literals;

namespace {

constexpr auto down_after = 1s;

using scene = redis_scene<redis_sentinels>;

}  // namespace

TEST_CASE("a killed primary is followed to its replica, and what was in flight is there once") {
    scene s;
    int said = 0;
    for (; said < 50; ++said) REQUIRE(s.say(std::to_string(said)).has_value());
    REQUIRE(s.group.in_step());
    std::atomic<int> heard = 0;
    s.data->on_outside_change(store::at_once::instance(), [&] { ++heard; });
    s.group.node(0).kill();
    const auto took = s.say_until_taken(std::to_string(said++));
    std::cout << "written again " << took.count() << " ms after the primary was killed\n";
    CHECK(took < down_after + 3s);
    CHECK(s.group.primary() == 1);
    CHECK(s.say("7")->repeated);
    s.check_log(said);
    for (int i = 0; i < 300 && heard == 0; ++i) std::this_thread::sleep_for(10ms);
    CHECK(heard > 0);  // the listening connection has moved as well
}

TEST_CASE("a primary that stands still is left for its replica") {
    scene s;
    REQUIRE(s.say("0").has_value());
    REQUIRE(s.group.in_step());
    s.group.node(0).signal(SIGSTOP);
    CHECK(s.say_until_taken("1") < down_after + 3s);
    s.group.node(0).signal(SIGCONT);
    s.say_until_taken("2");
    s.check_log(3);
}

TEST_CASE("replacing a primary by hand loses nothing when it was told to pause before") {
    scene s;
    int said = 0;
    for (; said < 5; ++said) REQUIRE(s.say(std::to_string(said)).has_value());
    std::thread operating([&] {
        std::this_thread::sleep_for(200ms);
        CHECK(s.group.node(0).ask("CLIENT PAUSE 20000 WRITE").starts_with("+OK"));
        CHECK(s.group.in_step());
        CHECK(s.group.sentinel(0).ask("SENTINEL FAILOVER hearth").starts_with("+OK"));
    });
    for (; said < 200; ++said) {
        s.say_until_taken(std::to_string(said));
        std::this_thread::sleep_for(5ms);
    }
    operating.join();
    CHECK(s.group.node(1).ask("XLEN hearth:{r1}:log") == ":200\r\n");
    s.check_log(said);
}

TEST_CASE("what was acknowledged and not copied yet is lost, but no seq means two things") {
    scene s;
    REQUIRE(s.say("0").has_value());
    REQUIRE(s.group.in_step());
    s.group.node(1).signal(SIGSTOP);
    CHECK(s.group.node(0).ask("CLIENT KILL TYPE replica").starts_with(":1"));  // what is on its way would arrive
    const auto lost = s.say("lost").value().seqs.at(0);
    s.group.node(0).kill();
    s.group.node(1).signal(SIGCONT);
    s.say_until_taken("1");
    s.check_log(2);
    CHECK(whole_log(*s.data, s.room.id).back().seq > lost);
    CHECK_FALSE(s.say("lost")->repeated);
}

TEST_CASE("a user of the access list is enough") {
    redis_sentinels group;
    for (int i = 0; i < 2; ++i)
        CHECK(group.node(i)
                  .ask("ACL SETUSER hearth on >hidden ~hearth:* &hearth:* +@all -@dangerous +info +role")
                  .starts_with("+OK"));
    auto address = group.address();
    address.insert(address.find("127"), "hearth:hidden@");
    const auto data = store::redis::open_redis(address, {.wait_replicas = 1});
    CHECK(store::wait(*data, &store_type::add_account, an_account("Rowan", role::member)).has_value());
    address.replace(address.find("hidden"), 6, "wrong");
    CHECK(mentions(complaint(address), "WRONGPASS"));
}

TEST_CASE("any sentinel that answers is enough, and without one it is said why") {
    redis_sentinels group;
    group.sentinel(0).kill();
    group.sentinel(1).kill();
    CHECK(complaint(group.address()).empty());
    auto other = group.address();
    other.replace(other.find("/hearth"), 7, "/harbour");
    CHECK(mentions(complaint(other), "no sentinel knows a primary of this name"));
    group.sentinel(2).signal(SIGSTOP);
    CHECK(mentions(complaint(group.address()), "none of them answers"));
    group.sentinel(2).kill();
    CHECK(mentions(complaint(group.address()), "Connection refused"));
}
