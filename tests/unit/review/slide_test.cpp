#include "scene.hpp"

using namespace scene;

namespace {

drift_note comparing(int lines = 4) {
    drift_note note{"numbers", "eating.numbers", {}, {}};
    for (int i = 0; i < lines; ++i)
        note.evidence.push_back({static_cast<seq_t>(50 + i), start + std::chrono::minutes(i), i % 2 ? rowan : sage,
                                 "line " + std::to_string(i)});
    return note;
}

review_case slide() { return review::add_slide({}, {"c9"}, room(), comparing(), start + 5min); }

}  // namespace

TEST_CASE("a slide is one case on its last line, with every line as evidence") {
    const auto kase = slide();
    CHECK(kase.id.value == "c9");
    CHECK(kase.seq == 53);
    CHECK(kase.message.text == "line 3");
    CHECK(kase.message.from.id == rowan.id);
    CHECK(kase.disposition == "published");
    CHECK(kase.state == case_state::open);
    CHECK(kase.lane == case_lane::harm);
    CHECK(kase.severity == 2);
    CHECK_FALSE(kase.page);
    CHECK(kase.categories == std::vector<std::string>{"eating.numbers"});
    REQUIRE(kase.findings.size() == 1);
    CHECK(kase.findings[0].rule == "engine.drift.numbers");
    CHECK(kase.due_at > kase.opened_at);
    REQUIRE(kase.drift);
    CHECK(kase.drift->evidence.size() == 4);
    CHECK(review::is_slide_alone(kase));
    CHECK_FALSE(review::automatic_act(kase));
}

TEST_CASE("a line that has a case already keeps it, and a decided one opens again") {
    auto existing = care_case(message(audience::everyone));
    const auto joined = review::add_slide(existing, {"c9"}, room(), comparing(), start + 5min);
    CHECK(joined.id.value == "c1");
    CHECK(joined.lane == case_lane::care);
    CHECK(joined.severity == existing.severity);
    CHECK(joined.findings.size() == existing.findings.size() + 1);
    CHECK_FALSE(review::is_slide_alone(joined));

    existing.state = case_state::decided;
    CHECK(review::add_slide(existing, {"c9"}, room(), comparing(), start + 5min).state == case_state::open);
}

TEST_CASE("no single line of a slide is at fault: it is kept or handed on") {
    const auto kase = claimed(slide(), mods, "t1", start + 6min);
    auto last = message(audience::everyone);
    last.seq = 53;
    for (const auto action : {case_action::remove, case_action::warn, case_action::mute, case_action::ban,
                              case_action::release, case_action::resources}) {
        const auto got = decide(kase, order(action), last, mods, {}, start + 7min);
        REQUIRE_FALSE(ok(got));
        CHECK(got.error().code == errc::forbidden);
        CHECK(got.error().field == "action");
    }
    const auto kept = decide(kase, order(case_action::keep), last, mods, {}, start + 7min);
    REQUIRE(ok(kept));
    CHECK(kept->events.empty());
    CHECK(ok(decide(kase, order(case_action::escalate), last, mods, {}, start + 7min)));

    auto reported = kase;
    reported.reports.push_back({{"usomeone"}, "harassment", "", start});
    CHECK(ok(decide(reported, order(case_action::remove), last, mods, {}, start + 7min)));
}

TEST_CASE("the case says what slides; its lines only to who opens it") {
    const auto kase =
        review::add_slide({}, {"c9"}, room(), {"ganging", "harassment", sage, comparing().evidence}, start + 5min);
    std::string brief, full;
    review::append_case_json(brief, kase, review::case_detail::announcement, start + 6min);
    review::append_case_json(full, kase, review::case_detail::full, start + 6min);
    CHECK(brief.find(R"("drift":{"kind":"ganging","about":{"id":"usage")") != std::string::npos);
    CHECK(brief.find("line 0") == std::string::npos);
    CHECK(full.find(R"("evidence":[{"seq":50,)") != std::string::npos);
    CHECK(full.find("line 0") != std::string::npos);
    CHECK(kase.severity == 3);
}
