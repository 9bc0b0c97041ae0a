// Guarantee 1 of the wire: what was acknowledged survives a kill at any later instant, and so does its case.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "contract/fixture.hpp"

extern char** environ;

using namespace hearth;
using namespace hearth::contract;

namespace {

struct child {
    pid_t pid = 0;
    int output = -1;
};

child start(const std::string& address, const std::string& round, const user_id& speaker) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    // Beside this suite's own file: contract_sqlite and contract_sqlite_child.
    const std::string program = std::filesystem::read_symlink("/proc/self/exe").string() + "_child";
    std::array<std::string, 4> words{program, address, round, speaker.value};
    std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    child out;
    REQUIRE(::posix_spawn(&out.pid, words[0].c_str(), &actions, nullptr, arguments.data(), environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    out.output = ends[0];
    return out;
}

/// Lets it talk for a while from its first acknowledgement on, kills it, and returns all it had printed.
std::string talk_and_kill(child talking, std::chrono::microseconds while_for) {
    std::string text;
    std::array<char, 65'536> part{};
    const auto more = [&] {
        const auto size = ::read(talking.output, part.data(), part.size());
        if (size > 0) text.append(part.data(), static_cast<std::size_t>(size));
        return size > 0;
    };
    const bool began = more();
    std::thread killer([&] {
        std::this_thread::sleep_for(while_for);
        ::kill(talking.pid, SIGKILL);
    });
    while (more()) {}
    killer.join();
    int status = 0;
    ::waitpid(talking.pid, &status, 0);
    ::close(talking.output);
    REQUIRE(began);
    REQUIRE(WIFSIGNALED(status));
    return text.substr(0, text.rfind('\n') + 1);
}

}  // namespace

TEST_CASE("everything acknowledged before a kill is there after it, whole") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::minstd_rand random(seed);
    std::map<std::string, seq_t> acknowledged;
    for (int round = 0; round < 8; ++round) {
        const auto while_for = std::chrono::microseconds(std::uniform_int_distribution<int>(0, 250'000)(random));
        std::istringstream lines(talk_and_kill(start(f.address(), std::to_string(round), rowan.id), while_for));
        std::string key;
        for (seq_t seq = 0; lines >> key >> seq;)
            if (!acknowledged.emplace(key, seq).second) FAIL(key << " was acknowledged twice");

        f.reopen();
        std::map<std::string, seq_t> stored;
        seq_t next = 0;
        for (const auto& each : whole_log(f.store(), room.id)) {
            const bool whole =
                each.seq == ++next && each.text == "text of " + each.key && stored.emplace(each.key, each.seq).second;
            if (!whole) FAIL("event " << each.seq << " is not what was said");
            // Acknowledged or not: a message and its case are one.
            if (std::stoi(each.key.substr(each.key.find('-') + 1)) % 5 != 0) continue;
            const auto kase = f.ask(&store_type::find_case_of, room.id, each.seq);
            if (!kase || kase->id.value != "c" + each.key) FAIL("message " << each.seq << " has lost its case");
        }
        for (const auto& [said, seq] : acknowledged)
            if (const auto found = stored.find(said); found == stored.end() || found->second != seq)
                FAIL(said << " was acknowledged as " << seq << " and is lost");
        // A repeat after the restart is answered with what there is.
        const auto& [last, seq] = *acknowledged.rbegin();
        const auto again = f.commit(a_say(room, a_message(rowan, last, "changed")));
        REQUIRE(again.repeated);
        REQUIRE(again.seqs.at(0) == seq);
    }
    CHECK(acknowledged.size() > 100);
}
