// Thousands of interleavings of workers, commits, reads, joins, breaks and other processes' writes; in each, everyone sees
// the one log, in order, without a gap, and nothing before it is written.
#include "schedule.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "rooms/hub.hpp"

using namespace hearth;

namespace {

struct member final : rooms::subscriber, std::enable_shared_from_this<member> {
    explicit member(person p, schedule::loop& on, const schedule::paper_store& in)
        : me(std::move(p)), home(on), data(in) {}
    [[nodiscard]] const person& who() const noexcept override { return me; }
    void deliver(const rooms::frame& bytes) override {
        const auto length = static_cast<unsigned char>((*bytes)[1]);
        take(std::string_view(*bytes).substr(length < 126 ? 2 : length == 126 ? 4 : 10));
    }
    void deliver_ephemeral(const rooms::frame&) override {}
    void taken_out(room_id, bool) override {}
    void take(std::string_view lines) {
        while (!lines.empty()) {
            const auto end = lines.find('\n');
            const auto line = lines.substr(0, end);
            lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
            const auto at = line.find("\"seq\":") + 6;
            const auto seq = std::stoull(std::string(line.substr(at, 20)));
            if (seq <= last) wrong = "doubled or out of order";
            const auto log = data.logs.begin();
            if (log == data.logs.end() || seq > log->second.size()) wrong = "seen before it was written";
            seen.push_back(last = seq);
        }
    }
    person me;
    schedule::loop& home;
    const schedule::paper_store& data;
    std::unique_ptr<rooms::seat> seat;
    bool joining = false;
    seq_t last = 0;
    std::vector<seq_t> seen;
    const char* wrong = nullptr;
};

struct world {
    world(unsigned seed, std::size_t workers) : random(seed) {
        for (std::size_t i = 0; i < workers; ++i) loops.push_back(std::make_unique<schedule::loop>(i));
        std::vector<event_loop*> all;
        for (auto& each : loops) all.push_back(each.get());
        bounds.commits_waiting = 6;
        room.id = room_id{static_cast<std::int64_t>(random() % 7)};
        room.slug = "harbour";
        room.open = true;
        room.epoch = "e";
        data.logs[room.id];
        const auto before = random() % 3 == 0 ? random() % 300 : 0;  // more than memory holds
        for (unsigned i = 0; i < before; ++i) data.write_outside(room.id, said(somebody(0), "old" + std::to_string(i)));
        hub = std::make_unique<rooms::hub>(
            all, data, bounds, [](const review_case&, bool) { return std::string("{}"); },
            [](std::optional<review_case>, const room_info&, drift_note) { return review_case{}; },
            [](const user_id&) {});
        for (std::size_t i = 0; i < 4; ++i)
            members.push_back(std::make_shared<member>(somebody(i), *loops[random() % workers], data));
    }
    ~world() {
        for (auto& each : members) leave(*each);
        settle();
    }

    static person somebody(std::size_t i) { return {user_id{"u" + std::to_string(i)}, "Member", role::member}; }
    event said(const person& by, std::string key) {
        event e;
        e.author = by;
        e.key = std::move(key);
        e.text = "text";
        const auto dice = random() % 10;
        e.seen_by = dice == 0 ? audience::author_and_staff : dice == 1 ? audience::author_only : audience::everyone;
        return e;
    }

    void say(member& by) {
        store::room_commit unit;
        unit.room = room.id;
        unit.speaker = by.me.id;
        const auto key = "k" + std::to_string(random() % 60);  // now and then one that was there
        unit.events.push_back(said(by.me, key));
        on(by.home, [this, &by, unit = std::move(unit), key]() mutable {
            ++open;
            hub->submit(std::move(unit), by.home, [this, &by, key](outcome<store::committed> result) {
                --open;
                if (result.has_error()) return;
                const auto seq = result->seqs.front();
                const auto& log = data.logs[room.id];
                if (seq > log.size() || log[seq - 1].key != key) by.wrong = "acknowledged and not written";
                const auto told = acks.emplace(by.me.id.value + key, seq).first->second;
                if (told != seq) by.wrong = "acknowledged twice, differently";
            });
        });
    }
    void join(member& who) {
        if (who.seat || who.joining) return;
        who.joining = true;
        on(who.home, [this, &who] {
            const bool fresh = who.seen.empty();
            ++open;
            hub->join(who.home, room, who.shared_from_this(), fresh ? std::optional<seq_t>(0) : who.last, "e",
                      [this, &who](outcome<rooms::entered> in) {
                          --open;
                          who.joining = false;
                          if (in.has_error()) return;
                          if (in->what.reset) who.wrong = "a resume that could not be honoured";
                          who.seat = std::move(in->seat);
                          who.take(in->what.lines);
                          who.last = std::max(who.last, in->what.head);
                      });
        });
    }
    void leave(member& who) {
        on(who.home, [&who] { who.seat.reset(); });
    }
    /// As if the member's connection had asked: on its worker.
    static void on(schedule::loop& where, std::function<void()> work) { where.post(std::move(work)); }

    void step() {
        auto& who = *members[random() % members.size()];
        switch (random() % 12) {
            case 0: return join(who);
            case 1: return random() % 3 == 0 ? leave(who) : join(who);
            case 2:
            case 3: return say(who);
            case 4: {
                const bool fails = random() % 8 == 0, silent = random() % 8 == 0;
                data.commit_group(fails, silent);
                if (silent) look();  // a store that does not know what it did says that something may have changed
                return;
            }
            case 5: return data.answer_group();
            case 6: return random() % 2 == 0 ? data.read_one() : data.answer_read();
            case 7:
                if (random() % 4 != 0) return;
                data.write_outside(room.id, said(somebody(9), "x" + std::to_string(++outside)));
                if (tells) return remember(data.logs[room.id].back());
                return look();
            case 8: tell(); return loops[random() % loops.size()]->timers();
            default: return loops[random() % loops.size()]->turn(1 + random() % 5);
        }
    }
    void look() {
        on(*loops.front(), [this] { hub->look_for_news(); });
    }
    /// What another process wrote will be told: at any time, in any order, now and then twice or never.
    void remember(const event& written) {
        if (random() % 6 == 0) return;
        news.push_back({room.id, {written}, {}, {}, false});
        if (random() % 2 == 0) tell();
    }
    void tell() {
        if (news.empty()) return;
        const auto which = news.begin() + static_cast<std::ptrdiff_t>(random() % news.size());
        hub->heard(*which);
        if (random() % 4 != 0) news.erase(which);
    }
    bool moving() const {
        for (const auto& each : loops)
            if (!each->idle()) return true;
        return !data.idle();
    }
    void settle() {
        for (int i = 0; i < 10'000 && (moving() || open > 0); ++i) {
            data.commit_group(false);
            data.answer_group();
            data.read_one();
            data.answer_read();
            for (auto& each : loops) each->timers(), each->turn(100);
        }
    }
    /// Everything is still: everyone there has the log, as far as they may see it.
    const char* judge() {
        settle();
        // What others wrote is known without being told of it anew, unless the telling was lost.
        if (tells) look();
        for (auto& each : members) join(*each);
        settle();
        if (open > 0) return "something was never answered";
        for (auto& each : members) {
            if (each->wrong) return each->wrong;
            if (!each->seat) return "somebody could not come back";
            std::vector<seq_t> due;
            for (const auto& e : data.logs[room.id])
                if (visible(e.seen_by, e.author.id, each->me)) due.push_back(e.seq);
            if (each->seen != due) return "something is missing";
        }
        return nullptr;
    }

    std::mt19937 random;
    std::vector<std::unique_ptr<schedule::loop>> loops;
    schedule::paper_store data;
    limits bounds;
    room_info room;
    std::vector<std::shared_ptr<member>> members;
    std::map<std::string, seq_t> acks;
    int open = 0, outside = 0;
    const bool tells = random() % 2 == 0;  ///< whether the store says what others wrote, or only that they did
    std::vector<store::room_news> news;
    std::unique_ptr<rooms::hub> hub;
};

}  // namespace

TEST_CASE("Every interleaving shows everyone the one log") {
    const auto base = std::random_device{}();
    for (unsigned i = 0; i < 5'000; ++i) {
        world w(base + i, 1 + i % 3);
        const auto steps = 20 + w.random() % 200;
        for (unsigned n = 0; n < steps; ++n) w.step();
        const char* wrong = w.judge();
        INFO("seed " << base + i << " with " << w.loops.size() << " worker(s)");
        if (wrong) FAIL(wrong);
    }
}

TEST_CASE("Who saw more on another server than this one knows resumes without starting over") {
    world w(3, 1);
    w.join(*w.members[0]);
    w.settle();
    for (int i = 0; i < 3; ++i) w.data.write_outside(w.room.id, w.said(world::somebody(9), "x" + std::to_string(i)));
    member& late = *w.members[1];
    late.seen = {1};
    late.last = w.data.logs[w.room.id].size() - 1;
    w.join(late);
    w.settle();
    REQUIRE(late.seat);
    CHECK(late.wrong == nullptr);
    CHECK(late.last == w.data.logs[w.room.id].size());
    // What nobody has written is another history.
    late.last += 5;
    w.leave(late);
    w.settle();
    w.join(late);
    w.settle();
    CHECK(late.wrong != nullptr);
}

TEST_CASE("A round's messages are one group") {
    world w(7, 1);
    for (auto& each : w.members) w.join(*each);
    w.settle();
    const int before = w.data.groups;
    for (auto& each : w.members) w.say(*each);
    w.loops.front()->turn(100);
    w.data.commit_group(false);
    CHECK(w.data.groups == before + 1);
    CHECK(w.data.idle() == false);
}

TEST_CASE("More than may wait is refused at once and taken later") {
    world w(11, 1);
    int refused = 0;
    for (int i = 0; i < 10; ++i) {
        store::room_commit unit;
        unit.room = w.room.id;
        unit.speaker = w.members[0]->me.id;
        unit.events.push_back(w.said(w.members[0]->me, "n" + std::to_string(i)));
        world::on(*w.loops[0], [&w, &refused, unit]() mutable {
            w.hub->submit(std::move(unit), *w.loops[0], [&refused](outcome<store::committed> result) {
                refused += result.has_error() && result.error().code == errc::try_later && result.error().retry_after;
            });
        });
    }
    w.loops[0]->turn(100);
    CHECK(refused == 4);
    w.settle();
    CHECK(w.data.logs[w.room.id].size() >= 6);
    w.say(*w.members[0]);
    w.settle();
    CHECK(w.open == 0);
    CHECK(refused == 4);
}
