#include <set>

#include "scene.hpp"

using namespace scene;
using moderation::disposition;
using moderation::lane;

TEST_CASE("a verdict opens a case unless it publishes", "[review]") {
    struct row {
        const char* name;
        moderation::verdict found;
        audience seen_by;
        bool opens;
        case_lane lane;
        int severity;
        std::chrono::seconds due_in;
        std::string disposition;
    };
    moderation::verdict unread;
    unread.action = disposition::publish_and_flag;
    unread.signals = {{"", "engine.invalid_utf8", "", 0, 0}};
    auto nudge = verdict(disposition::publish, "eating.numbers", lane::harm, 1);
    const row rows[]{
        {"clean", {}, audience::everyone, false, {}, 0, 0s, ""},
        {"a nudge is between the page and its author", nudge, audience::everyone, false, {}, 0, 0s, ""},
        {"emergency", verdict(disposition::publish_and_flag, "suicide.emergency", lane::care, 4), audience::everyone,
         true, case_lane::care, 4, 5min, "published"},
        {"active wish", verdict(disposition::publish_and_flag, "suicide.active", lane::care, 3), audience::everyone,
         true, case_lane::care, 3, 15min, "published"},
        {"passive wish", verdict(disposition::publish_and_flag, "suicide.passive", lane::care, 2), audience::everyone,
         true, case_lane::care, 2, 2h, "published"},
        {"held", verdict(disposition::hold, "eating.promotion", lane::harm, 3), audience::author_and_staff, true,
         case_lane::harm, 3, 1h, "held"},
        {"blocked", verdict(disposition::block, "drugs.sourcing", lane::harm, 4), audience::author_only, true,
         case_lane::harm, 4, 15min, "blocked"},
        {"flagged", verdict(disposition::publish_and_flag, "misinfo.illness", lane::harm, 2), audience::everyone, true,
         case_lane::harm, 2, 8h, "published"},
        {"unreadable text waits for a person", unread, audience::everyone, true, case_lane::harm, 2, 8h, "published"},
    };
    const auto r = room();
    for (const auto& row : rows) {
        SECTION(row.name) {
            const auto m = message(row.seen_by);
            const auto kase = review::open_case({"c1"}, row.found, {m, r, 3}, start);
            REQUIRE(kase.has_value() == row.opens);
            if (!kase) return;
            CHECK(kase->state == case_state::open);
            CHECK(kase->lane == row.lane);
            CHECK(kase->severity == row.severity);
            CHECK(kase->due_at == start + row.due_in);
            CHECK(kase->disposition == row.disposition);
            CHECK(kase->seq == 41);
            CHECK(kase->message.text == "what I said");
            CHECK(kase->needs_care == (row.lane == case_lane::care));
            CHECK(kase->findings.size() == 1);
            const auto act = review::automatic_act(*kase);
            REQUIRE(act.has_value() == (row.disposition != "published"));
            if (act) {
                CHECK(act->action == (row.disposition == "held" ? "message.hold" : "message.block"));
                CHECK(act->detail.find("what I said") == std::string::npos);
                CHECK(act->actor.empty());
            }
        }
    }
}

TEST_CASE("the queue's order", "[review]") {
    using review::priority_of;
    SECTION("severity first, care before harm at the same severity") {
        const std::pair<case_lane, int> falling[]{{case_lane::care, 4}, {case_lane::harm, 4}, {case_lane::care, 3},
                                                  {case_lane::harm, 3}, {case_lane::care, 2}, {case_lane::harm, 2},
                                                  {case_lane::care, 1}, {case_lane::harm, 1}};
        for (std::size_t i = 1; i < std::size(falling); ++i) {
            const auto [a, b] = std::pair{falling[i - 1], falling[i]};
            CHECK(priority_of(a.first, a.second, 0, start) > priority_of(b.first, b.second, 0, start));
        }
    }
    SECTION("older before newer") {
        CHECK(priority_of(case_lane::harm, 2, 0, start) > priority_of(case_lane::harm, 2, 0, start + 1s));
    }
    SECTION("more people before fewer") {
        CHECK(priority_of(case_lane::harm, 2, 9, start) > priority_of(case_lane::harm, 2, 8, start));
    }
    SECTION("a crowd does not outweigh a step of severity") {
        CHECK(priority_of(case_lane::harm, 2, 5000, start) < priority_of(case_lane::harm, 3, 0, start));
        CHECK(priority_of(case_lane::harm, 1, 5000, start) < priority_of(case_lane::harm, 2, 0, start));
    }
    SECTION("an emergency now is before a dispute of last week") {
        CHECK(priority_of(case_lane::care, 4, 0, start) > priority_of(case_lane::harm, 3, 50, start - 24h * 7));
    }
    SECTION("nothing waits for ever") {
        CHECK(priority_of(case_lane::harm, 1, 0, start - 24h * 31) > priority_of(case_lane::care, 4, 0, start));
    }
}

TEST_CASE("a report", "[review]") {
    const auto r = room();
    const auto m = message(audience::everyone);
    const review::sighting seen{m, r, 5};
    const auto report = [&](std::optional<review_case> kase, const person& by, std::string reason,
                            time_point at = start) {
        return review::add_report(std::move(kase), {"cnew"}, seen, {by.id, std::move(reason), "a note", {}}, at);
    };
    using change = review::report_result::change;

    SECTION("every reason of the taxonomy opens in its lane with its severity") {
        CHECK(review::categories().size() == 21);
        const std::set<std::string_view> care{"suicide.passive", "suicide.active", "suicide.emergency",
                                              "selfharm.disclosure", "overdose.emergency"};
        for (const auto& c : review::categories()) {
            const auto result = report({}, sage, std::string(c.id)).value();
            CHECK(result.what == change::opened);
            CHECK(result.kase.id.value == "cnew");
            CHECK((result.kase.lane == case_lane::care) == care.contains(c.id));
            CHECK(result.kase.severity == c.severity);
            CHECK(result.kase.categories == std::vector<std::string>{std::string(c.id)});
            CHECK(result.kase.needs_care >= care.contains(c.id));
            CHECK(result.kase.due_at == start + review::first_look_within(c.lane, c.severity));
        }
    }
    SECTION("other opens in the harm lane without a category") {
        const auto kase = report({}, sage, "other").value().kase;
        CHECK(kase.lane == case_lane::harm);
        CHECK(kase.categories.empty());
        CHECK(kase.reports.at(0).note == "a note");
        CHECK(kase.reports.at(0).at == start);
    }
    SECTION("a reason nobody knows names its field") {
        const auto result = report({}, sage, "annoying");
        REQUIRE(!ok(result));
        CHECK(result.error().code == errc::bad_request);
        CHECK(result.error().field == "reason");
    }
    SECTION("the same person twice changes nothing") {
        const auto once = report({}, sage, "harassment").value();
        const auto twice = report(once.kase, sage, "suicide.emergency", start + 1min).value();
        CHECK(twice.what == change::nothing);
        CHECK(twice.kase.reports.size() == 1);
        CHECK(twice.kase.lane == case_lane::harm);
    }
    SECTION("another person raises the priority and never lowers anything") {
        const auto once = report({}, sage, "selfharm.incitement").value().kase;
        const auto twice = report(once, mods, "impersonation", start + 1h).value();
        CHECK(twice.what == change::changed);
        CHECK(twice.kase.severity == 4);
        CHECK(twice.kase.due_at == once.due_at);
        CHECK(twice.kase.priority > once.priority);
        CHECK(twice.kase.page);
        CHECK(twice.kase.categories.size() == 2);
    }
    SECTION("a care reason of no lesser severity moves the case to the care lane and keeps what was found") {
        const auto harm = held_case(m);
        const auto kase = report(harm, sage, "suicide.emergency", start + 1min).value().kase;
        CHECK(kase.lane == case_lane::care);
        CHECK(kase.due_at == start + 6min);
        CHECK(kase.categories == std::vector<std::string>{"eating.promotion", "suicide.emergency"});
    }
    SECTION("a lesser care reason stays in the harm lane and says that the author needs something") {
        const auto kase = report(held_case(m), sage, "suicide.passive").value().kase;
        CHECK(kase.lane == case_lane::harm);
        CHECK(kase.needs_care);
    }
    SECTION("a harm reason never takes a case out of the care lane") {
        CHECK(report(care_case(m), sage, "sexual.grooming").value().kase.lane == case_lane::care);
    }
    SECTION("on a decided case it opens it again, with a new clock") {
        auto decided = decide(claimed(care_case(m)), order(case_action::keep), m).value().changed.value();
        REQUIRE(decided.state == case_state::decided);
        const auto again = report(decided, sage, "harassment", start + 24h).value();
        CHECK(again.what == change::changed);
        CHECK(again.kase.state == case_state::open);
        CHECK(again.kase.decisions.size() == 1);
        CHECK(again.kase.due_at == start + 24h + 15min);
        CHECK(again.kase.opened_at == start);
    }
    SECTION("on a claimed case the lease stays") {
        const auto kase = report(claimed(held_case(m)), sage, "harassment", start + 2min).value().kase;
        CHECK(kase.state == case_state::claimed);
        CHECK(review::holds(kase, mods, "t1", start + 2min).has_value());
    }
    SECTION("a message that is gone and has no case cannot be looked at") {
        auto gone = m;
        gone.text.reset();
        const auto result = review::add_report({}, {"cnew"}, {gone, r, 0}, {sage.id, "harassment", "", {}}, start);
        REQUIRE(!ok(result));
        CHECK(result.error().code == errc::not_found);
    }
}

TEST_CASE("an edit", "[review]") {
    const auto r = room();
    const auto m = message();
    const moderation::verdict clean;
    SECTION("shows the case the new text and keeps what was found before") {
        const auto kase = review::note_edit(held_case(), "something gentler", clean, {m, r, 0}, start + 1min);
        CHECK(kase.message.text == "something gentler");
        CHECK(kase.findings.empty());
        CHECK(kase.severity == 3);
        CHECK(kase.categories == std::vector<std::string>{"eating.promotion"});
    }
    SECTION("of a decided message opens the case again only when it asks for a person") {
        const auto decided = decide(claimed(held_case()), order(case_action::release), m).value().changed.value();
        CHECK(review::note_edit(decided, "fine", clean, {m, r, 5}, start + 1h).state == case_state::decided);
        const auto again = review::note_edit(decided, "bad", verdict(disposition::hold, "harassment", lane::harm, 3),
                                             {m, r, 5}, start + 1h);
        CHECK(again.state == case_state::open);
        CHECK(again.due_at == start + 2h);
    }
}
