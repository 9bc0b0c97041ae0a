// Random hands on one case. Whatever the order: one holder at a time, old tokens change nothing, a disclosure costs its
// author nothing, and what the room may see follows from the decisions.
#include <random>

#include "scene.hpp"

using namespace scene;

namespace {

struct hand {
    person who;
    std::string token;  // the last one this hand was given; maybe long dead
    time_point until{};
};

struct world {
    review_case kase;
    event log;           // the message as the log has it
    bool shown = false;  // what the room sees, worked out apart from the code under test
    bool care_only = false;
    time_point now = start;
    int tokens = 0;
    std::vector<std::string> dead;

    void apply(const review::effects& done) {
        for (const auto& r : done.rewrites) log.text = r.text;
        for (const auto& e : done.events) {
            if (e.type == event_type::released) {
                CHECK(!shown);
                CHECK(e.text == "what I said");
                shown = true;
            }
            if (e.type == event_type::retracted) {
                CHECK((e.seen_by == audience::everyone) == shown);
                shown = false;
            }
        }
        kase = done.changed.value();
    }
};

void claim(world& w, hand& h) {
    const auto before = w.kase;
    const auto token = "t" + std::to_string(++w.tokens);
    const auto result = review::claim(w.kase, h.who, token, five_minutes, w.now);
    const bool busy = before.lease && before.lease->expires_at > w.now;
    const bool needs_admin = before.state == case_state::escalated || before.state == case_state::decided;
    CHECK(result.has_value() == (!busy && (!needs_admin || h.who.role == role::admin)));
    if (!result) return;
    if (before.lease) w.dead.push_back(before.lease->token);
    w.kase = *result;
    h.token = token;
    h.until = w.now + five_minutes;
}

void decide_something(world& w, hand& h, std::mt19937& random) {
    const auto action = static_cast<case_action>(random() % 8);
    const bool holds = w.kase.lease && w.kase.lease->token == h.token && w.now < h.until;
    const auto before = w.kase;
    const auto result = decide(w.kase, order(action, h.token), w.log, h.who, {}, w.now);
    if (!holds) {
        REQUIRE(!ok(result));
        CHECK(result.error().code == errc::conflict);
        return;
    }
    if (w.care_only && result) {
        CHECK(action != case_action::warn);
        CHECK(action != case_action::mute);
        CHECK(action != case_action::ban);
        CHECK(result->standings.empty());
    }
    if (!result) return;
    CHECK(result->changed->decisions.size() == before.decisions.size() + 1);
    w.dead.push_back(h.token);
    w.apply(*result);
}

void run(unsigned seed) {
    std::mt19937 random(seed);
    world w;
    w.care_only = random() % 2 == 0;
    w.log = message(w.care_only ? audience::everyone : audience::author_and_staff);
    w.shown = w.care_only;
    w.kase = w.care_only ? care_case(w.log) : held_case(w.log);
    std::vector<hand> hands{{mods, "", {}}, {other_mod, "", {}}, {admin, "", {}}};
    const auto r = room();
    int reporters = 0;

    for (int step = 0; step < 60; ++step) {
        w.now += std::chrono::seconds(random() % 150);
        auto& h = hands[random() % hands.size()];
        switch (random() % 6) {
            case 0:
            case 1: claim(w, h); break;
            case 2: decide_something(w, h, random); break;
            case 3:
                if (auto renewed = review::renew(w.kase, h.who, h.token, five_minutes, w.now)) {
                    CHECK(w.now < h.until);
                    w.kase = *renewed;
                    h.until = w.now + five_minutes;
                }
                break;
            case 4:
                if (auto back = review::give_back(w.kase, h.who, h.token, w.now)) {
                    w.dead.push_back(h.token);
                    w.kase = *back;
                }
                break;
            default: {
                if (reporters > 3 || !w.log.text) break;
                const auto priority = w.kase.priority;
                const bool was_decided = w.kase.state == case_state::decided;
                const user_id by{"ur" + std::to_string(++reporters)};
                w.kase = review::add_report(w.kase, {}, {w.log, r, 2}, {by, "other", "", {}}, w.now).value().kase;
                if (was_decided)
                    CHECK((w.kase.state == case_state::open || w.kase.state == case_state::claimed));
                else
                    CHECK(w.kase.priority >= priority);
            }
        }
        for (const auto& token : w.dead)
            for (const auto& person : {mods, other_mod, admin})
                REQUIRE(!review::holds(w.kase, person, token, w.now).has_value());
    }
}

}  // namespace

TEST_CASE("random schedules", "[review]") {
    const auto first = std::random_device{}();
    for (unsigned seed = first; seed < first + 500; ++seed) {
        INFO("seed " << seed);
        run(seed);
    }
}
