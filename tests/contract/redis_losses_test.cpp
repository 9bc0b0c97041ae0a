// What is lost with a primary that is replaced, setting by setting: the rows of docs/OPERATIONS.md.
#include <signal.h>

#include <atomic>
#include <chrono>
#include <future>
#include <iostream>

#include "contract/redis_scene.hpp"
#include "contract/redis_sentinels.hpp"
#include "contract/redis_speaker.hpp"

using namespace hearth;
using namespace hearth::contract;
using namespace std::chrono_literals;

namespace {

using milliseconds = std::chrono::milliseconds;

enum class setting { plain, min_replicas, wait_replicas };

const char* name_of(setting which) {
    return which == setting::plain          ? "plain"
           : which == setting::min_replicas ? "min-replicas-to-write 1"
                                            : "one is waited for";
}

const store::redis::options waiting{.wait_replicas = 1, .wait_within = 300ms};

struct scene : redis_scene<redis_sentinels> {
    explicit scene(setting which) : redis_scene(which == setting::wait_replicas ? waiting : store::redis::options{}) {
        if (which != setting::min_replicas) return;
        for (int i = 0; i < 2; ++i)
            if (!group.node(i).ask("CONFIG SET min-replicas-to-write 1 min-replicas-max-lag 2").starts_with("+OK"))
                throw std::runtime_error("a setting is not taken");
    }
};

struct losses {
    std::size_t acknowledged = 0, lost = 0;
    milliseconds longest{};  ///< from the fault to the acknowledgement of the last that was lost
    bool went_on = false;
};

/// Somebody speaks, `fault` happens to the group, and they speak until something is acknowledged after it.
losses after(setting which, const std::function<void(redis_sentinels&)>& fault, milliseconds then) {
    scene s(which);
    redis_speaker speaker([&](const std::string& key) { return s.say(key).has_value(); });
    std::this_thread::sleep_for(300ms);
    const auto began = redis_speaker::clock::now();
    fault(s.group);
    losses out;
    out.went_on = speaker.heard_after(redis_speaker::clock::now() + then);
    speaker.stop();
    if (!out.went_on) return out;
    const auto lost = speaker.lost(whole_log(*s.data, s.room.id));
    out.acknowledged = speaker.acks().size();
    out.lost = lost.size();
    if (!lost.empty()) out.longest = std::chrono::duration_cast<milliseconds>(lost.back().at - began);
    return out;
}

/// The replica is disconnected; then the primary ends, and comes back when it has been replaced.
void disconnected_then_killed(redis_sentinels& group) {
    group.node(1).signal(SIGSTOP);
    if (!group.node(0).ask("CLIENT KILL TYPE replica").starts_with(":1")) throw std::runtime_error("no replica");
    std::this_thread::sleep_for(700ms);  // sentinels do not notice yet
    group.node(0).kill();
    group.node(1).signal(SIGCONT);
    for (int i = 0; i < 3'000 && !group.all_name(1); ++i) std::this_thread::sleep_for(10ms);
    group.revive(0);
}

void replaced_by_hand(redis_sentinels& group) {
    if (!group.sentinel(0).ask(std::string("SENTINEL FAILOVER ") + redis_sentinels::name).starts_with("+OK"))
        throw std::runtime_error("it is not replaced");
}

}  // namespace

TEST_CASE("what is lost with a primary is what its settings, and whether replicas are waited for, say") {
    struct row {
        const char* what;
        setting which;
        void (*fault)(redis_sentinels&);
        milliseconds then, most;  ///< most: after the fault nothing was acknowledged that is lost
        bool some = false;        ///< something is lost, or the test shows nothing
        std::future<losses> got{};
    };
    row rows[] = {
        {"its replica was disconnected", setting::plain, disconnected_then_killed, 0s, 2s, true},
        {"its replica was disconnected", setting::min_replicas, disconnected_then_killed, 0s, 1s},
        {"its replica was disconnected", setting::wait_replicas, disconnected_then_killed, 0s, 0s},
        {"replaced by hand", setting::plain, replaced_by_hand, 2s, 4s},
        {"replaced by hand", setting::min_replicas, replaced_by_hand, 2s, 4s},
        {"replaced by hand", setting::wait_replicas, replaced_by_hand, 2s, 0s},
    };
    for (auto& each : rows) each.got = std::async(std::launch::async, after, each.which, each.fault, each.then);
    for (auto& each : rows) {
        const auto got = each.got.get();
        std::cout << each.what << ", " << name_of(each.which) << ": " << got.lost << " of " << got.acknowledged
                  << " lost, the last " << got.longest.count() << " ms after it\n";
        INFO(each.what << ", " << name_of(each.which));
        CHECK(got.went_on);
        CHECK(got.longest <= each.most);
        if (each.most == 0s) CHECK(got.lost == 0);
        if (each.some) CHECK(got.lost > 0);
    }
}

TEST_CASE("where a replica is waited for, nothing is acknowledged that it does not have, and then all of it, once") {
    scene s(setting::wait_replicas);
    REQUIRE(s.say("0").has_value());
    CHECK(store::redis::warnings(*s.data).empty());
    s.group.node(1).signal(SIGSTOP);
    std::atomic<int> answered = 0, taken = 0;
    for (int i = 1; i <= 20; ++i)
        s.data->commit(a_say(s.room, a_message(s.rowan.who, std::to_string(i), "text")), store::at_once::instance(),
                       [&](const outcome<store::committed>& got) {
                           taken += got.has_value();
                           ++answered;
                       });
    const auto refused = s.say("21");
    REQUIRE(code_of(refused) == errc::try_later);
    CHECK(mentions(refused.error().detail, "0 of 1 replicas"));
    CHECK(refused.error().retry_after);
    CHECK(answered == 20);
    CHECK(taken == 0);
    CHECK(code_of(s.ask(&store_type::add_account, an_account("Sol", role::member))) == errc::try_later);
    CHECK(code_of(s.ask(&store_type::check)) == errc::try_later);
    // It is written, but through another process, whose connection has written nothing else, it is not acknowledged either.
    CHECK(whole_log(*s.data, s.room.id).size() == 22);
    const auto other = store::redis::open_redis(s.group.address(), waiting);
    CHECK(code_of(store::wait(*other, &store_type::commit, a_say(s.room, a_message(s.rowan.who, "1", "text")))) ==
          errc::try_later);
    CHECK(code_of(s.say("1")) == errc::try_later);
    std::atomic<int> told = 0;
    s.data->on_outside_change(store::at_once::instance(), [&] { ++told; });
    s.group.node(1).signal(SIGCONT);
    for (int i = 0; i < 300 && told == 0; ++i) std::this_thread::sleep_for(10ms);
    CHECK(told > 0);  // whoever listens looks at what was in doubt
    for (int i = 1; i <= 21; ++i) {
        const auto again = s.say(std::to_string(i));
        REQUIRE(again.has_value());
        CHECK(again->repeated);
    }
    s.check_log(22);
    // One that is not there is said at start, and so is a user who may not wait.
    s.group.node(1).kill();
    for (int i = 0; i < 300 && s.group.node(0).ask("INFO replication").find("connected_slaves:0") == std::string::npos;
         ++i)
        std::this_thread::sleep_for(10ms);
    s.data = store::redis::open_redis(s.group.address(), waiting);
    const auto warned = store::redis::warnings(*s.data);
    REQUIRE(warned.size() == 1);
    CHECK(mentions(warned[0], "0 of 1 replicas"));
    CHECK(s.group.node(0).ask("ACL SETUSER default -wait").starts_with("+OK"));
    CHECK(mentions(complaint(s.group.address(), waiting), "NOPERM"));
    CHECK(complaint(s.group.address()).empty());
}
