// Rooms against the real store, with a loop that the test turns by hand: random people come, speak, drop and resume.
#include <unistd.h>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <random>
#include <set>

#include "rooms/hub.hpp"
#include "store/sqlite/open.hpp"
#include "store/waiting.hpp"

using namespace hearth;

namespace {

/// Runs everything on the test's thread, when the test says so.
class hand_loop final : public event_loop {
public:
    void run(std::vector<std::function<void()>> batch) override {
        post([batch = std::move(batch)] {
            for (const auto& work : batch) work();
        });
    }
    void post(std::function<void()> work) override {
        const std::lock_guard guard(lock_);
        ready_.push_back(std::move(work));
        came_.notify_one();
    }
    void at_round_end(std::function<void()> work) override { post(std::move(work)); }
    void after(std::chrono::milliseconds, std::function<void()> work) override { later_.push_back(std::move(work)); }
    [[nodiscard]] std::size_t index() const noexcept override { return 0; }
    [[nodiscard]] bool here() const noexcept override { return true; }

    /// Runs one thing, waiting for the store up to `patience` if there is none. False: nothing came.
    bool turn(std::chrono::milliseconds patience = std::chrono::milliseconds(0)) {
        std::function<void()> work;
        {
            std::unique_lock guard(lock_);
            if (!came_.wait_for(guard, patience, [&] { return !ready_.empty(); })) return false;
            work = std::move(ready_.front());
            ready_.pop_front();
        }
        work();
        return true;
    }

private:
    std::mutex lock_;
    std::condition_variable came_;
    std::deque<std::function<void()>> ready_;
    std::vector<std::function<void()>> later_;  // presence: not told here
};

struct listener final : rooms::subscriber {
    explicit listener(person p) : me(std::move(p)) {}
    [[nodiscard]] const person& who() const noexcept override { return me; }
    void deliver(const rooms::frame& bytes) override { take(std::string_view(*bytes).substr(header(*bytes))); }
    void deliver_ephemeral(const rooms::frame&) override {}
    void taken_out(room_id, bool) override {
        out = true;
        seat.reset();
    }
    static std::size_t header(const std::string& frame) {
        const auto length = static_cast<unsigned char>(frame[1]);
        return length < 126 ? 2 : length == 126 ? 4 : 10;
    }
    /// Reads lines; fails on what is doubled or out of order.
    void take(std::string_view lines) {
        while (!lines.empty()) {
            const auto end = lines.find('\n');
            const auto line = lines.substr(0, end);
            lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
            const auto at = line.find("\"seq\":") + 6;
            const auto seq = std::stoull(std::string(line.substr(at, line.find_first_not_of("0123456789", at) - at)));
            REQUIRE(seq > last);
            last = seq;
            seen.push_back(seq);
        }
    }
    person me;
    std::unique_ptr<rooms::seat> seat;
    bool joining = false, out = false;
    seq_t last = 0;
    std::vector<seq_t> seen;
};

struct house {
    house() {
        std::filesystem::create_directories(folder);
        data = store::sqlite::open_sqlite(folder);
        room.slug = "harbour";
        room.title = "Harbour";
        room.open = true;
        room.epoch = "e";
        room = *store::wait(*data, &store::store::add_room, room, std::vector<store::audit_entry>{});
    }
    ~house() {
        hub.reset();
        data.reset();
        std::filesystem::remove_all(folder);
    }
    house(const house&) = delete;
    house& operator=(const house&) = delete;

    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("hearth-home-" + std::to_string(::getpid()));
    limits bounds;
    hand_loop loop;
    std::unique_ptr<store::store> data;
    room_info room;
    std::unique_ptr<rooms::hub> hub;
};

review_case no_slides(std::optional<review_case>, const room_info&, drift_note) {
    FAIL("nothing slides here");
    return {};
}

store::room_commit message(const house& h, const person& by, const std::string& key, audience seen_by) {
    store::room_commit unit;
    unit.room = h.room.id;
    unit.speaker = by.id;
    unit.open_room = true;
    unit.at = now();
    event e;
    e.at = unit.at;
    e.author = by;
    e.key = key;
    e.text = "text of " + key;
    e.seen_by = seen_by;
    unit.events.push_back(e);
    return unit;
}

}  // namespace

TEST_CASE("whatever the schedule, everyone gets every event they may see, once and in order") {
    house h;
    h.hub = std::make_unique<rooms::hub>(
        std::vector<event_loop*>{&h.loop}, *h.data, h.bounds,
        [](const review_case&, bool) { return std::string("{}"); }, no_slides, [](const user_id&) {});
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);

    std::vector<std::shared_ptr<listener>> people;
    for (int i = 0; i < 6; ++i) {
        account guest;
        guest.who = {user_id{"u" + std::to_string(i)}, "P" + std::to_string(i), role::member};
        guest.password_hash = "x";
        REQUIRE(store::wait(*h.data, &store::store::add_account, guest).has_value());
        people.push_back(std::make_shared<listener>(guest.who));
    }
    std::vector<std::pair<seq_t, user_id>> held;  // seen by their author alone
    std::set<seq_t> everything;
    int open = 0;
    int said = 0;

    const auto join = [&](const std::shared_ptr<listener>& who) {
        who->joining = true;
        ++open;
        h.hub->join(h.loop, h.room, who, who->seen.empty() ? std::optional<seq_t>(0) : who->last, "e",
                    [&, who](outcome<rooms::entered> in) {
                        --open;
                        REQUIRE(in.has_value());
                        REQUIRE_FALSE(in->what.reset);
                        who->joining = false;
                        who->take(in->what.lines);
                        who->seat = std::move(in->seat);
                    });
    };
    for (int step = 0; step < 4000; ++step) {
        const auto& who = people[random() % people.size()];
        switch (random() % 8) {
            case 0:
            case 1: {
                const bool hold = random() % 5 == 0;
                ++open;
                h.hub->submit(message(h, who->me, "k" + std::to_string(said++),
                                      hold ? audience::author_and_staff : audience::everyone),
                              h.loop, [&, who, hold](outcome<store::committed> result) {
                                  --open;
                                  REQUIRE(result.has_value());
                                  everything.insert(result->seqs.front());
                                  if (hold) held.emplace_back(result->seqs.front(), who->me.id);
                              });
                break;
            }
            case 2:
                if (!who->seat && !who->joining) join(who);
                break;
            case 3:
                if (random() % 3 == 0) who->seat.reset();
                break;
            case 4:
                // Somebody else writes to the log, past the room.
                if (random() % 20 == 0) {
                    const auto result =
                        store::wait(*h.data, &store::store::commit,
                                    message(h, who->me, "o" + std::to_string(said++), audience::everyone));
                    REQUIRE(result.has_value());
                    everything.insert(result->seqs.front());
                }
                break;
            default: h.loop.turn();
        }
    }
    while (open > 0) REQUIRE(h.loop.turn(std::chrono::seconds(10)));
    for (const auto& who : people)
        if (!who->seat) join(who);
    while (open > 0) REQUIRE(h.loop.turn(std::chrono::seconds(10)));
    // A last word makes the room notice whatever was written past it.
    ++open;
    h.hub->submit(message(h, people[0]->me, "last", audience::everyone), h.loop, [&](outcome<store::committed> result) {
        --open;
        everything.insert(result->seqs.front());
    });
    while (open > 0) REQUIRE(h.loop.turn(std::chrono::seconds(10)));
    while (h.loop.turn(std::chrono::milliseconds(100))) {}
    for (const auto& who : people) {
        auto expected = everything;
        for (const auto& [seq, author] : held)
            if (author != who->me.id) expected.erase(seq);
        CHECK(std::vector<seq_t>(expected.begin(), expected.end()) == who->seen);
    }
    people.clear();
}

TEST_CASE("a ban takes its person out after the sanction was delivered") {
    house h;
    h.hub = std::make_unique<rooms::hub>(
        std::vector<event_loop*>{&h.loop}, *h.data, h.bounds,
        [](const review_case&, bool) { return std::string("{}"); }, no_slides, [](const user_id&) {});
    account guest;
    guest.who = {user_id{"u1"}, "P1", role::member};
    guest.password_hash = "x";
    REQUIRE(store::wait(*h.data, &store::store::add_account, guest).has_value());
    const auto who = std::make_shared<listener>(guest.who);
    h.hub->join(h.loop, h.room, who, std::nullopt, "",
                [&](outcome<rooms::entered> in) { who->seat = std::move(in->seat); });
    while (!who->seat) REQUIRE(h.loop.turn(std::chrono::seconds(10)));
    store::room_commit unit;
    unit.room = h.room.id;
    unit.at = now();
    event sanction;
    sanction.type = event_type::sanction;
    sanction.seen_by = audience::person_and_staff;
    sanction.author = who->me;
    unit.events.push_back(sanction);
    store::standing_change banned{who->me.id, std::nullopt, std::optional<time_point>(now() + std::chrono::hours(1))};
    unit.standings.push_back(banned);
    h.hub->submit(unit, h.loop, [](outcome<store::committed> result) { REQUIRE(result.has_value()); });
    while (!who->out) REQUIRE(h.loop.turn(std::chrono::seconds(10)));
    CHECK(who->seen == std::vector<seq_t>{1});
}

TEST_CASE("talk that slides becomes one case on its last line, and nothing in the room") {
    house h;
    std::vector<review_case> raised;
    int told = 0;
    h.hub = std::make_unique<rooms::hub>(
        std::vector<event_loop*>{&h.loop}, *h.data, h.bounds,
        [&](const review_case&, bool opened) {
            told += opened ? 1 : 0;
            return std::string("{}");
        },
        [&](std::optional<review_case> existing, const room_info& room, drift_note what) {
            CHECK_FALSE(existing);
            review_case made;
            made.id.value = "c" + std::to_string(raised.size());
            made.room = room.id;
            made.room_slug = room.slug;
            made.seq = what.evidence.back().seq;
            made.message = what.evidence.back();
            made.opened_at = now();
            made.drift = std::move(what);
            raised.push_back(made);
            return made;
        },
        [](const user_id&) {});
    std::vector<std::shared_ptr<listener>> people;
    for (const auto* name : {"Rowan", "Sage", "Wren"}) {
        account guest;
        guest.who = {user_id{std::string("u") + name}, name, role::member};
        guest.password_hash = "x";
        REQUIRE(store::wait(*h.data, &store::store::add_account, guest).has_value());
        people.push_back(std::make_shared<listener>(guest.who));
        h.hub->join(h.loop, h.room, people.back(), std::nullopt, "",
                    [&](outcome<rooms::entered> in) { people.back()->seat = std::move(in->seat); });
        while (!people.back()->seat) REQUIRE(h.loop.turn(std::chrono::seconds(10)));
    }
    int said = 0;
    const auto say = [&](std::size_t who, std::string text, rooms::overheard heard, audience seen_by) {
        auto unit = message(h, people[who]->me, "d" + std::to_string(said++), seen_by);
        unit.events[0].text = std::move(text);
        bool done = false;
        h.hub->say(std::move(unit), std::move(heard), h.loop, [&](outcome<store::committed> result) {
            REQUIRE(result.has_value());
            done = true;
        });
        while (!done) REQUIRE(h.loop.turn(std::chrono::seconds(10)));
        while (h.loop.turn(std::chrono::milliseconds(50))) {}
    };
    rooms::overheard hostile;
    hostile.leanings[16] = 0.6F;  // harassment
    rooms::overheard pained = hostile;
    pained.disclosure = true;
    say(2, "hello", {}, audience::everyone);
    for (int i = 0; i < 4; ++i) {
        say(0, "Wren, held", hostile, audience::author_and_staff);  // the room does not see it
        say(1, "Wren, I hurt", pained, audience::everyone);
    }
    CHECK(raised.empty());
    say(0, "Wren, one", hostile, audience::everyone);
    rooms::overheard answer = hostile;
    answer.reply_to = 1;  // Wren's hello
    say(1, "two", answer, audience::everyone);
    CHECK(raised.empty());
    say(0, "@wren three", hostile, audience::everyone);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].drift->kind == "ganging");
    CHECK(raised[0].drift->category == "harassment");
    CHECK(raised[0].drift->about.name == "Wren");
    REQUIRE(raised[0].drift->evidence.size() == 3);
    CHECK(raised[0].drift->evidence[1].text == "two");
    CHECK(told == 1);
    const auto stored = store::wait(*h.data, &store::store::find_case_of, h.room.id, raised[0].seq);
    REQUIRE(stored.has_value());
    CHECK(stored->drift->evidence.size() == 3);
    for (int i = 0; i < 5; ++i) say(static_cast<std::size_t>(i % 2), "Wren, more", hostile, audience::everyone);
    CHECK(raised.size() == 1);
    CHECK(people[2]->last == 17);  // the lines and nothing else
    people.clear();
}
