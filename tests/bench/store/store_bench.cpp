// What a commit costs: CPU per message in groups of a given size, and how long one message waits on an idle store.
//   store_bench DIRECTORY|redis://…|unix://… [MESSAGES [paced]]
// `paced`: the store also looks at how often each author has spoken, as it does for a server with rate limits.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <semaphore>
#include <string>
#include <vector>

#include "contract/values.hpp"
#include "store/redis/open.hpp"
#include "store/sqlite/open.hpp"
#include "store/waiting.hpp"

using namespace hearth;
using namespace hearth::contract;

namespace {

double cpu_seconds() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Counts what comes back; the next group is asked for when the last one is answered.
class tally final : public completions {
public:
    void run(std::vector<std::function<void()>> batch) override {
        ++calls;
        for (auto& each : batch) each();
    }
    int calls = 0;
};

struct scene {
    std::unique_ptr<store::store> talking;
    room_info room;
    std::vector<person> people;
    int said = 0;
    bool paced = false;

    store::room_commit next() {
        const person& who = people[static_cast<std::size_t>(said) % people.size()];
        // The length of an ordinary message, and an acknowledgement as the server writes it.
        event message = a_message(who, "k-" + std::to_string(said++), std::string(160, 'x'));
        auto unit = a_say(room, std::move(message));
        if (paced) unit.speaker_pace = store::pace{1'000'000, 1'000'000};
        return unit;
    }
};

scene set_up(const std::string& where, int members) {
    scene out;
    if (where.find("://") != std::string::npos)
        out.talking = store::redis::open_redis(where);
    else
        out.talking = store::sqlite::open_sqlite(where);
    room_info wanted;
    wanted.slug = "harbour";
    out.room = store::wait(*out.talking, &store_type::add_room, wanted, std::vector<store::audit_entry>{}).value();
    store::wait(*out.talking, &store_type::add_invite, an_invite(out.room.id, "code", members)).value();
    for (int i = 0; i < members; ++i) {
        const account guest = an_account("g" + std::to_string(i), role::member);
        store::wait(*out.talking, &store_type::redeem_invite, "code", guest, a_session(guest.who.id, guest.who.name))
            .value();
        out.people.push_back(guest.who);
    }
    return out;
}

/// Takes one call of the store as a whole group: it is pushed while the one before is still being written.
void groups(scene& s, int size, int messages) {
    tally to;
    std::counting_semaphore<> answered(0);
    std::vector<double> waits;
    const double cpu = cpu_seconds(), wall = wall_seconds();
    int done = 0;
    for (; done < messages; done += size) {
        const double asked = wall_seconds();
        for (int i = 0; i < size; ++i)
            s.talking->commit(s.next(), to, [&](outcome<store::committed> got) {
                if (!got || got->repeated) std::abort();
                answered.release();
            });
        for (int i = 0; i < size; ++i) answered.acquire();
        waits.push_back(wall_seconds() - asked);
    }
    const double per = 1e6 / done;
    std::sort(waits.begin(), waits.end());
    std::printf(
        "%5d at once: %8.0f messages/s, %5.1f us CPU each, %4.1f a group, group answered p50 %.2f ms, p99 %.2f ms\n",
        size, done / (wall_seconds() - wall), (cpu_seconds() - cpu) * per, static_cast<double>(done) / to.calls,
        waits[waits.size() / 2] * 1e3, waits[waits.size() * 99 / 100] * 1e3);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) return std::fputs("usage: store_bench DIRECTORY|ADDRESS [MESSAGES [paced]]\n", stderr), 2;
    const int messages = count > 2 ? std::atoi(arguments[2]) : 50'000;
    scene s = set_up(arguments[1], 200);
    s.paced = count > 3;
    groups(s, 1, std::min(messages, 2'000));
    for (const int size : {10, 50, 200}) groups(s, size, messages);
    std::printf("%d messages in the log\n", s.said);
}
