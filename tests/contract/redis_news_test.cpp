// What processes on one Redis tell each other.
#include <atomic>
#include <future>
#include <thread>

#include "contract/fixture.hpp"
#include "contract/redis_server.hpp"
#include "store/redis/news.hpp"
#include "store/redis/open.hpp"

using namespace hearth;
using namespace hearth::contract;
using namespace std::chrono_literals;

namespace {

/// Collects what a store hears.
struct ear {
    explicit ear(store_type& of) {
        of.on_room_news(store::at_once::instance(), [this](store::room_news news) {
            const std::lock_guard lock(mutex);
            heard.push_back(std::move(news));
        });
        of.on_outside_change(store::at_once::instance(), [this] { ++changes; });
    }
    [[nodiscard]] std::vector<store::room_news> wait_for(std::size_t count) {
        for (int i = 0; i < 300; ++i) {
            {
                const std::lock_guard lock(mutex);
                if (heard.size() >= count) return heard;
            }
            std::this_thread::sleep_for(10ms);
        }
        const std::lock_guard lock(mutex);
        return heard;
    }
    std::mutex mutex;
    std::vector<store::room_news> heard;
    std::atomic<int> changes = 0;
};

}  // namespace

TEST_CASE("a commit of another process is heard whole, one's own is not") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    ear here(f.store());
    const auto another = f.open_another();
    f.say(room, rowan, "own", "not for me");

    store::room_commit unit = a_say(room, a_message(rowan, "k1", std::string("nul\0in — text", 15)));
    unit.events.front().fields = "\"intent\":\"support\"";
    unit.events.push_back(an_event(event_type::sanction, rowan, 1));
    unit.events.back().seen_by = audience::person_and_staff;
    unit.opened = a_case("c1", room, rowan);
    unit.standings = {{rowan.id, {}, std::optional(noon + hour)}};
    REQUIRE(store::wait(*another, &store_type::commit, unit).has_value());

    const auto heard = here.wait_for(1);
    REQUIRE(heard.size() == 1);
    const auto& news = heard[0];
    CHECK(news.room == room.id);
    CHECK(news.kase == case_id{"c1"});
    CHECK(news.opened);
    CHECK(news.banned == std::vector{rowan.id});
    REQUIRE(news.events.size() == 2);
    for (const auto& each : news.events) {
        const auto stored = f.ask(&store_type::find_event, room.id, each.seq).value();
        CHECK(each.type == stored.type);
        CHECK(each.seen_by == stored.seen_by);
        CHECK(each.at == stored.at);
        CHECK(each.author.id == stored.author.id);
        CHECK(each.author.name == stored.author.name);
        CHECK(each.key == stored.key);
        CHECK(each.target == stored.target);
        CHECK(each.fields == stored.fields);
        CHECK(each.text == stored.text);
        CHECK(each.ack == stored.ack);
    }
    CHECK(news.events[0].seq == 2);
    f.store().stop();
}

TEST_CASE("words are told to the room alone, standings also as a change") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    const auto another = f.open_another();
    std::this_thread::sleep_for(600ms);  // what opening told
    ear here(f.store());
    REQUIRE(store::wait(*another, &store_type::commit, a_say(room, a_message(rowan, "k1", "text"))).has_value());
    CHECK(here.wait_for(1).size() == 1);
    std::this_thread::sleep_for(600ms);
    CHECK(here.changes == 0);
    store::room_commit lift = a_commit(room, {});
    lift.standings = {{rowan.id, std::optional<time_point>(), std::optional<time_point>()}};
    REQUIRE(store::wait(*another, &store_type::commit, lift).has_value());
    CHECK(here.wait_for(2).back().banned.empty());
    for (int i = 0; i < 200 && here.changes == 0; ++i) std::this_thread::sleep_for(10ms);
    CHECK(here.changes == 1);
    f.store().stop();
}

TEST_CASE("whoever hears may ask the store at once") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    std::promise<bool> found;
    f.store().on_room_news(store::at_once::instance(), [&](const store::room_news& news) {
        f.store().find_case(*news.kase, store::at_once::instance(),
                            [&](const outcome<review_case>& got) { found.set_value(got.has_value()); });
    });
    const auto another = f.open_another();
    store::room_commit unit = a_say(room, a_message(rowan, "k1", "text"));
    unit.opened = a_case("c1", room, rowan);
    REQUIRE(store::wait(*another, &store_type::commit, unit).has_value());
    auto answer = found.get_future();
    REQUIRE(answer.wait_for(5s) == std::future_status::ready);
    CHECK(answer.get());
    f.store().stop();
}

TEST_CASE("a process that is alone tells nobody") {
    const redis_server server;
    const auto data = store::redis::open_redis(server.address());
    room_info room;
    room.slug = "harbour";
    room.open = true;
    room = store::wait(*data, &store_type::add_room, room, std::vector<store::audit_entry>{}).value();
    const account rowan = store::wait(*data, &store_type::add_account, an_account("Rowan", role::member)).value();
    const auto say = [&](const std::string& key) {
        REQUIRE(store::wait(*data, &store_type::commit, a_say(room, a_message(rowan.who, key, "text"))).has_value());
    };
    const auto told = [&] { return server.ask("INFO commandstats").find("cmdstat_publish:") != std::string::npos; };
    say("k1");
    CHECK_FALSE(told());
    const auto another = store::redis::open_redis(server.address());
    say("k2");
    CHECK(told());
}

TEST_CASE("what waited together is one call and, of a room, one piece of news; a case is one of its own") {
    const redis_server server;
    const auto data = store::redis::open_redis(server.address());
    room_info room;
    room.slug = "harbour";
    room.open = true;
    room = store::wait(*data, &store_type::add_room, room, std::vector<store::audit_entry>{}).value();
    const account rowan = store::wait(*data, &store_type::add_account, an_account("Rowan", role::member)).value();
    const auto another = store::redis::open_redis(server.address());
    ear there(*another);
    (void)server.ask("CONFIG RESETSTAT");
    std::atomic<int> written = 0;
    std::vector<store::commit_request> units;
    for (int i = 0; i < 20; ++i) {
        auto unit = a_say(room, a_message(rowan.who, "k" + std::to_string(i), "text"));
        if (i == 9) unit.opened = a_case("c1", room, rowan.who);
        units.push_back({std::make_shared<const store::room_commit>(std::move(unit)),
                         [&](const outcome<store::committed>& got) { written += got.has_value() ? 1 : 0; }});
    }
    data->commit_all(std::move(units), store::at_once::instance());
    const auto heard = there.wait_for(3);
    REQUIRE(heard.size() == 3);
    CHECK(heard[0].events.size() == 9);
    CHECK(heard[1].kase == case_id{"c1"});
    CHECK(heard[1].events.size() == 1);
    REQUIRE(heard[2].events.size() == 10);
    for (std::size_t i = 0; i < 10; ++i) CHECK(heard[2].events[i].seq == i + 11);
    CHECK(heard[2].events[0].key == "k10");
    const auto stats = server.ask("INFO commandstats");
    CHECK(stats.find("cmdstat_fcall:calls=1,") != std::string::npos);
    CHECK(stats.find("cmdstat_publish:calls=3,") != std::string::npos);
    data->stop();
    CHECK(written == 20);
    another->stop();
}

TEST_CASE("what others said waits for an answer that is under way, but only a moment") {
    const redis_server server;
    const auto quick = store::redis::open_redis(server.address());
    // Nobody replicates: an answer takes as long as replicas are waited for.
    const auto slow = store::redis::open_redis(server.address(), {.wait_replicas = 1, .wait_within = 2s});
    room_info room;
    room.slug = "harbour";
    room.open = true;
    room = store::wait(*quick, &store_type::add_room, room, std::vector<store::audit_entry>{}).value();
    const account rowan = store::wait(*quick, &store_type::add_account, an_account("Rowan", role::member)).value();
    const auto say = [&](store_type& data, const std::string& key, std::function<void()> done) {
        data.commit(a_say(room, a_message(rowan.who, key, "text")), store::at_once::instance(),
                    [done = std::move(done)](const outcome<store::committed>&) { done(); });
    };
    std::promise<void> heard;
    std::atomic<bool> answered = false;
    slow->on_room_news(store::at_once::instance(), [&](const store::room_news& news) {
        if (!news.events.empty() && news.events.front().key == "theirs") heard.set_value();
    });
    say(*slow, "ours", [&] { answered = true; });
    std::this_thread::sleep_for(100ms);
    const auto said = std::chrono::steady_clock::now();
    say(*quick, "theirs", [] {});
    REQUIRE(heard.get_future().wait_for(5s) == std::future_status::ready);
    CHECK_FALSE(answered);
    CHECK(std::chrono::steady_clock::now() - said >= 20ms);
    CHECK(std::chrono::steady_clock::now() - said < 1s);
    slow->stop();
    quick->stop();
}

TEST_CASE("what is told is read back, and what is no such thing is refused") {
    using store::redis::read_told;
    const auto change = read_told("3:one7:changed");
    CHECK(change.origin == "one");
    CHECK(change.changed);
    CHECK_FALSE(change.of_room);
    CHECK(read_told("3:one6:future4:more").changed);
    const auto news = read_told("3:one4:room1:7-:1:01:11:u1:11:0");
    CHECK_FALSE(news.of_room->kase);
    CHECK(news.of_room->room == room_id{7});
    CHECK(news.of_room->banned == std::vector{user_id{"u"}});
    for (const char* wrong : {"", "3:one", "one", "9:one", "3:one4:room", "3:one4:room1:x-:1:01:01:0", "-1:x", ":"}) {
        INFO(wrong);
        CHECK_THROWS(read_told(wrong));
    }
}
