#include "scene.hpp"

using namespace scene;

namespace {

bool is(const outcome<review_case>& result, errc code) { return !result && result.error().code == code; }

review_case in_state(case_state state) {
    auto kase = held_case();
    kase.state = state;
    return kase;
}

}  // namespace

TEST_CASE("who may claim a case", "[review]") {
    struct row {
        const char* name;
        case_state state;
        person who;
        std::optional<errc> fails;
        case_state then;
    };
    const row rows[]{
        {"open, moderator", case_state::open, mods, {}, case_state::claimed},
        {"open, admin", case_state::open, admin, {}, case_state::claimed},
        {"claimed, and the lease ran out", case_state::claimed, mods, {}, case_state::claimed},
        {"escalated, moderator", case_state::escalated, mods, errc::forbidden, {}},
        {"escalated, admin", case_state::escalated, admin, {}, case_state::escalated},
        {"decided, moderator", case_state::decided, mods, errc::forbidden, {}},
        {"decided, admin", case_state::decided, admin, {}, case_state::decided},
        {"appealed", case_state::appealed, admin, errc::conflict, {}},
        {"upheld", case_state::upheld, admin, errc::conflict, {}},
        {"overturned", case_state::overturned, admin, errc::conflict, {}},
    };
    for (const auto& row : rows) {
        SECTION(row.name) {
            const auto result = review::claim(in_state(row.state), row.who, "t", five_minutes, start);
            if (row.fails) {
                CHECK(is(result, *row.fails));
            } else {
                REQUIRE(ok(result));
                CHECK(result->state == row.then);
                CHECK(result->lease->expires_at == start + five_minutes);
                CHECK(result->lease->token == "t");
            }
        }
    }
    SECTION("nobody reviews their own message") {
        const auto own = held_case(message(audience::author_and_staff, mods));
        CHECK(is(review::claim(own, mods, "t", five_minutes, start), errc::forbidden));
        CHECK(ok(review::claim(own, other_mod, "t", five_minutes, start)));
    }
}

TEST_CASE("a lease", "[review]") {
    const auto kase = claimed(held_case());  // by mods under t1, from 1 to 6 minutes after the start

    SECTION("keeps others out while it holds, and its holder's second window too") {
        CHECK(is(review::claim(kase, other_mod, "t2", five_minutes, start + 5min), errc::conflict));
        CHECK(is(review::claim(kase, mods, "t2", five_minutes, start + 5min), errc::conflict));
    }
    SECTION("runs out without anybody writing it down") {
        CHECK(review::state_at(kase, start + 6min - 1ms) == case_state::claimed);
        CHECK(review::state_at(kase, start + 6min) == case_state::open);
        CHECK(ok(review::claim(kase, other_mod, "t2", five_minutes, start + 6min)));
    }
    SECTION("is renewed under the same token") {
        const auto renewed = review::renew(kase, mods, "t1", five_minutes, start + 5min).value();
        CHECK(renewed.lease->expires_at == start + 10min);
        CHECK(renewed.lease->token == "t1");
    }
    SECTION("cannot be renewed late, by others, or under another token") {
        CHECK(is(review::renew(kase, mods, "t1", five_minutes, start + 6min), errc::conflict));
        CHECK(is(review::renew(kase, other_mod, "t1", five_minutes, start + 5min), errc::conflict));
        CHECK(is(review::renew(kase, mods, "t0", five_minutes, start + 5min), errc::conflict));
        CHECK(is(review::renew(kase, mods, "", five_minutes, start + 5min), errc::conflict));
    }
    SECTION("given back, the case is open for the next and the token is dead") {
        const auto back = review::give_back(kase, mods, "t1", start + 2min).value();
        CHECK(back.state == case_state::open);
        CHECK(!back.lease);
        CHECK(is(review::give_back(back, mods, "t1", start + 2min), errc::conflict));
        const auto next = review::claim(back, other_mod, "t2", five_minutes, start + 2min).value();
        CHECK(!review::holds(next, mods, "t1", start + 2min).has_value());
        CHECK(review::holds(next, other_mod, "t2", start + 2min).has_value());
    }
    SECTION("an old token decides nothing after someone else took over") {
        const auto taken = review::claim(kase, other_mod, "t2", five_minutes, start + 7min).value();
        const auto late = decide(taken, order(case_action::remove, "t1"), message(), mods, {}, start + 8min);
        REQUIRE(!ok(late));
        CHECK(late.error().code == errc::conflict);
        CHECK(late.error().field == "lease");
    }
    SECTION("given back by an admin, a decided case stays decided and an escalated one escalated") {
        for (const auto state : {case_state::decided, case_state::escalated}) {
            const auto looked = review::claim(in_state(state), admin, "t", five_minutes, start).value();
            CHECK(review::state_at(looked, start + 1h) == state);
            CHECK(review::give_back(looked, admin, "t", start).value().state == state);
        }
    }
}
