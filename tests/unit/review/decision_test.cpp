#include <boost/json.hpp>

#include "scene.hpp"

using namespace scene;
namespace json = boost::json;

namespace {

std::vector<event_type> types(const review::effects& e) {
    std::vector<event_type> out;
    for (const auto& x : e.events) out.push_back(x.type);
    return out;
}

json::object fields(const event& e) { return json::parse("{" + e.fields + "}").as_object(); }

const event& only(const review::effects& e, event_type type) {
    const event* found = nullptr;
    for (const auto& x : e.events)
        if (x.type == type) {
            REQUIRE(!found);
            found = &x;
        }
    REQUIRE(found);
    return *found;
}

constexpr auto released = event_type::released, retracted = event_type::retracted, notice = event_type::notice,
               sanction = event_type::sanction;

}  // namespace

TEST_CASE("what a decision does", "[review]") {
    struct row {
        const char* name;
        bool held;
        case_action action;
        std::vector<event_type> events;
        std::size_t rewrites, standings;
        case_state then;
        const char* outcome;
    };
    const row rows[]{
        {"release held", true, case_action::release, {released, notice}, 0, 0, case_state::decided, "released"},
        {"release public", false, case_action::release, {}, 0, 0, case_state::decided, ""},
        {"keep held", true, case_action::keep, {notice}, 0, 0, case_state::decided, "kept"},
        {"keep public", false, case_action::keep, {}, 0, 0, case_state::decided, ""},
        {"remove held", true, case_action::remove, {retracted, notice}, 1, 0, case_state::decided, "removed"},
        {"remove public", false, case_action::remove, {retracted, notice}, 1, 0, case_state::decided, "removed"},
        {"warn held", true, case_action::warn, {retracted, sanction, notice}, 1, 0, case_state::decided, "warned"},
        {"warn public", false, case_action::warn, {retracted, sanction, notice}, 1, 0, case_state::decided, "warned"},
        {"mute held", true, case_action::mute, {retracted, sanction, notice}, 1, 1, case_state::decided, "removed"},
        {"mute public", false, case_action::mute, {retracted, sanction, notice}, 1, 1, case_state::decided, "removed"},
        {"ban held", true, case_action::ban, {retracted, sanction, notice}, 1, 1, case_state::decided, "removed"},
        {"ban public", false, case_action::ban, {retracted, sanction, notice}, 1, 1, case_state::decided, "removed"},
        {"escalate held", true, case_action::escalate, {}, 0, 0, case_state::escalated, ""},
        {"resources public", false, case_action::resources, {notice}, 0, 0, case_state::decided, "resources"},
    };
    for (const auto& row : rows) {
        SECTION(row.name) {
            const auto m = message(row.held ? audience::author_and_staff : audience::everyone);
            const auto done = decide(claimed(held_case(m)), order(row.action), m);
            REQUIRE(ok(done));
            CHECK(types(*done) == row.events);
            CHECK(done->rewrites.size() == row.rewrites);
            CHECK(done->standings.size() == row.standings);
            CHECK(done->room == room().id);
            CHECK(!done->speaker);
            REQUIRE(done->changed);
            CHECK(done->changed->state == row.then);
            CHECK(!done->changed->lease);
            REQUIRE(done->changed->decisions.size() == 1);
            CHECK(done->changed->decisions[0].by.id == mods.id);
            CHECK(done->changed->message.text == "what I said");
            REQUIRE(done->audit.size() == 1);
            CHECK(done->audit[0].action == "case.decide");
            CHECK(done->audit[0].actor == mods.id);
            CHECK(done->audit[0].detail.find("what I said") == std::string::npos);
            CHECK(json::parse(done->audit[0].detail).at("action").as_string() == to_string(row.action));
            for (const auto& e : done->events) {
                CHECK(e.author.id == rowan.id);
                CHECK(e.at == start + 2min);
                if (e.type == retracted) {
                    CHECK(e.target == 41);
                    CHECK(e.seen_by == (row.held ? audience::author_and_staff : audience::everyone));
                    CHECK(fields(e).at("by").as_string() == "moderator");
                }
                if (e.type == sanction) CHECK(e.seen_by == audience::person_and_staff);
                if (e.type == notice) {
                    CHECK(e.seen_by == audience::person);
                    CHECK(e.target == 41);
                    CHECK(fields(e).at("outcome").as_string() == row.outcome);
                    CHECK(fields(e).at("notice").at("explanation").as_string() == "why");
                }
            }
            for (const auto& r : done->rewrites) {
                CHECK(r.target == 41);
                CHECK(!r.text);
            }
        }
    }
}

TEST_CASE("a released message carries what its encoder needs", "[review]") {
    for (const auto seen_by : {audience::author_and_staff, audience::author_only}) {
        const auto m = message(seen_by);
        const auto done = decide(claimed(held_case(m)), order(case_action::release), m).value();
        const auto& e = only(done, released);
        CHECK(e.seen_by == audience::everyone);
        CHECK(e.target == 41);
        CHECK(e.key.empty());  // a second event with the key would be taken for a repeat of the message
        CHECK(fields(e).at("key").as_string() == "k1");
        CHECK(e.text == "what I said");
        CHECK(fields(e).at("at").as_string() == "2026-03-01T09:00:00.000Z");
        CHECK(fields(e).at("reply_to").as_int64() == 40);
        CHECK(fields(e).at("intent").as_string() == "solve");
    }
}

TEST_CASE("what the author is told", "[review]") {
    const auto m = message();
    auto what = order(case_action::remove);
    what.note = "for colleagues \"only\"";
    what.reply = "Come and talk \"any time\"";
    const auto done = decide(claimed(held_case()), what, m).value();
    CHECK(fields(only(done, notice)).at("note").as_string() == what.reply);
    for (const auto& e : done.events) CHECK(e.fields.find("colleagues") == std::string::npos);
    CHECK(done.changed->decisions[0].note == what.note);
}

TEST_CASE("sanctions last as long as they should", "[review]") {
    const auto at = start + 2min;
    struct row {
        const char* name;
        case_action action;
        std::optional<std::chrono::seconds> duration;
        std::optional<time_point> standing;
        time_point until;
    };
    const row rows[]{
        {"mute for an hour", case_action::mute, 1h, {}, at + 1h},
        {"mute without a duration", case_action::mute, {}, {}, at + 24h},
        {"ban for a week", case_action::ban, 24h * 7, {}, at + 24h * 7},
        {"ban without a duration", case_action::ban, {}, {}, review::until_lifted},
        {"a shorter one does not shorten what stands", case_action::mute, 1h, at + 5h, at + 5h},
        {"a longer one prolongs", case_action::mute, 9h, at + 5h, at + 9h},
        {"one that ended counts no more", case_action::mute, 1h, start, at + 1h},
        {"absurdly long does not overflow",
         case_action::ban,
         std::chrono::seconds::max(),
         {},
         at + std::chrono::duration_cast<std::chrono::seconds>(std::chrono::years{100})},
    };
    for (const auto& row : rows) {
        SECTION(row.name) {
            membership standing;
            (row.action == case_action::mute ? standing.muted_until : standing.banned_until) = row.standing;
            auto what = order(row.action);
            what.duration = row.duration;
            const auto done = decide(claimed(held_case()), what, message(), mods, standing).value();
            const auto& change = done.standings.at(0);
            CHECK(change.user == rowan.id);
            const auto& set = row.action == case_action::mute ? change.muted_until : change.banned_until;
            const auto& unset = row.action == case_action::mute ? change.banned_until : change.muted_until;
            REQUIRE(set);
            CHECK(*set == row.until);
            CHECK(!unset);
            const auto said = fields(only(done, sanction));
            CHECK(said.at("action").as_string() == to_string(row.action));
            CHECK(said.at("user").at("id").as_string() == rowan.id.value);
            CHECK(said.contains("until") == (row.until < review::until_lifted));
        }
    }
}

TEST_CASE("what a decision may not do", "[review]") {
    const auto is = [](const outcome<review::effects>& result, errc code, std::string_view field) {
        REQUIRE(!ok(result));
        CHECK(result.error().code == code);
        CHECK(result.error().field == field);
        CHECK(!result.error().detail.empty());
    };
    const auto m = message(audience::everyone);
    SECTION("a disclosure never leads to a sanction") {
        for (const auto action : {case_action::warn, case_action::mute, case_action::ban}) {
            is(decide(claimed(care_case(m)), order(action), m), errc::forbidden, "action");
            CHECK(ok(decide(claimed(care_case(m)), order(case_action::resources), m)));
        }
    }
    SECTION("not even when somebody reports it as something else without a name") {
        const auto r = room();
        const auto kase =
            review::add_report(care_case(m), {}, {m, r, 1}, {sage.id, "other", "", {}}, start).value().kase;
        is(decide(claimed(kase), order(case_action::ban), m), errc::forbidden, "action");
    }
    SECTION("in the care lane, a harm finding allows it") {
        auto kase = care_case(m);
        kase.categories.emplace_back("selfharm.incitement");
        CHECK(ok(decide(claimed(kase), order(case_action::mute), m)));
    }
    SECTION("sanctions go downwards only") {
        const auto by_mod = message(audience::everyone, other_mod);
        is(decide(claimed(held_case(by_mod)), order(case_action::ban), by_mod), errc::forbidden, "action");
        CHECK(ok(decide(claimed(held_case(by_mod)), order(case_action::remove), by_mod)));
        CHECK(ok(decide(claimed(held_case(by_mod), admin), order(case_action::ban), by_mod, admin)));
    }
    SECTION("a reason is required") {
        auto what = order(case_action::keep);
        what.reason.clear();
        is(decide(claimed(held_case()), what, m), errc::bad_request, "reason");
    }
    SECTION("a duration is positive") {
        auto what = order(case_action::mute);
        what.duration = 0s;
        is(decide(claimed(held_case()), what, m), errc::bad_request, "duration_s");
    }
    SECTION("without, with a wrong, a late or another's lease nothing happens") {
        is(decide(held_case(), order(case_action::keep), m), errc::conflict, "lease");
        is(decide(claimed(held_case()), order(case_action::keep, "t0"), m), errc::conflict, "lease");
        is(decide(claimed(held_case()), order(case_action::keep), m, mods, {}, start + 6min), errc::conflict, "lease");
        is(decide(claimed(held_case()), order(case_action::keep), m, other_mod), errc::conflict, "lease");
    }
    SECTION("what was edited since is not released unseen") {
        auto edited = message();
        edited.text = "other words";
        is(decide(claimed(held_case()), order(case_action::release), edited), errc::conflict, "action");
        CHECK(ok(decide(claimed(held_case()), order(case_action::remove), edited)));
    }
    SECTION("what its author took back is neither released nor removed, yet may be sanctioned") {
        auto gone = message();
        gone.text.reset();
        is(decide(claimed(held_case()), order(case_action::release), gone), errc::conflict, "action");
        is(decide(claimed(held_case()), order(case_action::remove), gone), errc::conflict, "action");
        const auto muted = decide(claimed(held_case()), order(case_action::mute), gone).value();
        CHECK(types(muted) == std::vector{sanction, notice});
        CHECK(muted.rewrites.empty());
    }
    SECTION("escalating twice") {
        const auto escalated = decide(claimed(held_case()), order(case_action::escalate), m).value().changed.value();
        is(decide(claimed(escalated, admin, "t2"), order(case_action::escalate, "t2"), m, admin), errc::conflict,
           "action");
        CHECK(ok(decide(claimed(escalated, admin, "t2"), order(case_action::release, "t2"), message(), admin)));
    }
}

TEST_CASE("an admin decides again", "[review]") {
    auto m = message();
    const auto again = [&](review_case kase, case_action action) {
        return decide(claimed(std::move(kase), admin, "t2"), order(action, "t2"), m, admin).value();
    };
    SECTION("removed, then released: the snapshot's text comes back, once") {
        const auto removed = decide(claimed(held_case()), order(case_action::remove), m).value().changed.value();
        m.text.reset();
        const auto back = again(removed, case_action::release);
        CHECK(only(back, released).text == "what I said");
        CHECK(back.rewrites.empty());  // the message's own text is gone for good
        CHECK(back.changed->decisions.size() == 2);
        const auto gone = again(*back.changed, case_action::remove);
        CHECK(only(gone, retracted).seen_by == audience::everyone);
        CHECK(gone.rewrites.size() == 1);
        const auto third = decide(claimed(*gone.changed, admin, "t2"), order(case_action::release, "t2"), m, admin);
        REQUIRE(!ok(third));
        CHECK(third.error().code == errc::conflict);
    }
    SECTION("an erased person's snapshot is empty and stays unseen") {
        auto removed = decide(claimed(held_case()), order(case_action::remove), m).value().changed.value();
        removed.message.text.clear();
        m.text.reset();
        CHECK(!ok(decide(claimed(removed, admin, "t2"), order(case_action::release, "t2"), m, admin)));
    }
    SECTION("released, then removed: the room is told, since it was public") {
        const auto shown = decide(claimed(held_case()), order(case_action::release), m).value().changed.value();
        const auto gone = again(shown, case_action::remove);
        CHECK(only(gone, retracted).seen_by == audience::everyone);
    }
    SECTION("released twice changes nothing more") {
        const auto shown = decide(claimed(held_case()), order(case_action::release), m).value().changed.value();
        CHECK(again(shown, case_action::release).events.empty());
    }
    SECTION("a public message removed and released is public again") {
        m = message(audience::everyone);
        const auto removed = decide(claimed(held_case(m)), order(case_action::remove), m).value().changed.value();
        m.text.reset();
        CHECK(only(again(removed, case_action::release), released).text == "what I said");
    }
}
