// What is lost with a Redis that is killed, and with one whose machine loses power, by what it is told to sync: the rows of
// docs/OPERATIONS.md.
#include <chrono>
#include <future>
#include <iostream>

#include "contract/redis_scene.hpp"
#include "contract/redis_server.hpp"
#include "contract/redis_speaker.hpp"

using namespace hearth;
using namespace hearth::contract;
using namespace std::chrono_literals;

namespace {

using settings = std::vector<std::string>;
using milliseconds = std::chrono::milliseconds;

struct losses {
    std::size_t acknowledged = 0, lost = 0;
    milliseconds oldest{};  ///< of what was lost: how long before the end it was acknowledged
    bool snapshot_is_there = false;
};

/// Somebody speaks for a while, Redis ends and is started again. A snapshot is made after the first message.
losses after(const settings& told, void (redis_server::*end)()) {
    redis_scene<redis_server> s({.deadline = 500ms, .first_pause = 20ms, .longest_pause = 100ms}, told, "",
                                SYNCED_SIZES);
    if (!s.say("before") || !s.group.ask("SAVE").starts_with("+OK")) throw std::runtime_error("no snapshot");
    redis_speaker speaker([&](const std::string& key) { return s.say(key).has_value(); });
    std::this_thread::sleep_for(2'500ms);
    const auto ended = redis_speaker::clock::now();
    (s.group.*end)();
    speaker.stop();
    s.group.start();
    for (int i = 0; i < 1'000 && !s.ask(&store_type::check); ++i) std::this_thread::sleep_for(10ms);
    const auto log = whole_log(*s.data, s.room.id);
    const auto lost = speaker.lost(log);
    losses out{speaker.acks().size(), lost.size(), {}, !log.empty() && log.front().key == "before"};
    if (!lost.empty()) out.oldest = std::chrono::duration_cast<milliseconds>(ended - lost.front().at);
    return out;
}

const settings always{"--appendfsync", "always"}, everysec{"--appendfsync", "everysec"}, never{"--appendfsync", "no"},
    none{"--appendonly", "no"};

}  // namespace

TEST_CASE("what a Redis that ends has lost of that which was acknowledged is what its settings say") {
    struct row {
        const char* what;
        const settings& told;
        void (redis_server::*end)();
        milliseconds most;  ///< so old may be what is lost
        bool all = false;   ///< since the snapshot
        std::future<losses> got{};
    };
    constexpr auto kill = &redis_server::kill, cut = &redis_server::cut_power;
    row rows[] = {
        {"killed, always", always, kill, 0ms},
        {"killed, everysec", everysec, kill, 2s},  // nothing while the disk keeps up
        {"killed, no append-only file", none, kill, 3s, true},
        {"power lost, always", always, cut, 0ms},
        {"power lost, everysec", everysec, cut, 2s},
        {"power lost, no append-only file", none, cut, 3s, true},
        {"power lost, never synced", never, cut, 3s, true},  // so that a cut that cuts nothing is noticed
    };
    for (auto& each : rows) each.got = std::async(std::launch::async, after, each.told, each.end);
    for (auto& each : rows) {
        const auto got = each.got.get();
        std::cout << each.what << ": " << got.lost << " of " << got.acknowledged << " lost, the oldest "
                  << got.oldest.count() << " ms before the end\n";
        INFO(each.what);
        CHECK(got.acknowledged > 50);
        CHECK(got.oldest <= each.most);
        CHECK((got.lost == got.acknowledged) == each.all);
        if (each.told != never) CHECK(got.snapshot_is_there);
    }
}

TEST_CASE("what was lost and what is said after it have no seq in common, however often Redis ends") {
    redis_scene<redis_server> s({.deadline = 500ms, .first_pause = 20ms, .longest_pause = 100ms}, none);
    const auto end_and_say = [&](const std::string& key) {
        std::this_thread::sleep_for(150ms);
        s.group.kill();
        s.group.start();
        for (int i = 0; i < 1'000 && !s.ask(&store_type::check); ++i) std::this_thread::sleep_for(10ms);
        REQUIRE(s.say(key).has_value());
    };
    REQUIRE(s.group.ask("SAVE").starts_with("+OK"));
    const auto first = s.say("lost").value().seqs.at(0);
    end_and_say("first");
    CHECK(whole_log(*s.data, s.room.id).back().seq > first);
    REQUIRE(s.group.ask("SAVE").starts_with("+OK"));
    end_and_say("before");  // the snapshot is to be of a history that was not the first: those go by the clock
    REQUIRE(s.group.ask("SAVE").starts_with("+OK"));
    seq_t last = 0;
    for (const std::string key : {"one", "two", "three"}) {  // each starts with the snapshot, and has lost the others
        end_and_say(key);
        const auto log = whole_log(*s.data, s.room.id);
        REQUIRE(log.size() == 3);
        CHECK(log.back().key == key);
        CHECK(log.back().seq > last);
        last = log.back().seq;
    }
}

TEST_CASE("nobody goes on writing for a Redis that was ended") {
    std::filesystem::path folder;
    std::future<std::string> answer;  // ends with the child, which has the connection, too
    {
        redis_server server({"--rdb-key-save-delay", "100000"});  // microseconds a key
        folder = server.folder();
        for (int i = 0; i < 100; ++i) REQUIRE(server.ask("SET k" + std::to_string(i) + " v").starts_with("+OK"));
        answer = std::async(std::launch::async, [&server] { return server.ask("BGREWRITEAOF"); });
        const auto begun = [&] {
            return std::any_of(std::filesystem::directory_iterator(folder), {}, [](const auto& file) {
                return file.path().filename().string().starts_with("temp-rewriteaof-");
            });
        };
        for (int i = 0; i < 500 && !begun(); ++i) std::this_thread::sleep_for(10ms);
        REQUIRE(begun());
    }
    CHECK_FALSE(std::filesystem::exists(folder));
    // Redis works in its folder, and so does the child.
    const auto at_work = [&] {
        return std::any_of(std::filesystem::directory_iterator("/proc"), {}, [&](const auto& process) {
            std::error_code not_ours;
            return std::filesystem::read_symlink(process.path() / "cwd", not_ours)
                .string()
                .starts_with(folder.string());
        });
    };
    CHECK_FALSE(at_work());
}
