#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "moderation/evaluation/disguise.hpp"
#include "moderation/evaluation/measures.hpp"
#include "moderation/evaluation/near_duplicates.hpp"
#include "moderation/evaluation/report.hpp"

namespace hearth::moderation {
namespace {

labelled_line line(line_kind kind, std::string_view id, std::string text = "text") {
    labelled_line one;
    one.language = "en";
    one.kind = kind;
    one.text = std::move(text);
    if (!id.empty()) one.categories.push_back(find_category(id).value());
    return one;
}

verdict given(disposition action, std::string_view id = {}, bool notice = false) {
    verdict one;
    one.action = action;
    one.notice = notice;
    if (!id.empty()) one.category = std::string(id);
    return one;
}

}  // namespace

TEST_CASE("Wilson's interval: known values, and sense at the ends") {
    proportion p;
    CHECK(p.low() == 0);
    CHECK(p.high() == 1);
    for (int i = 0; i < 10; ++i) p.add(false);
    CHECK(p.rate() == 0);
    CHECK(p.low() == 0);
    CHECK(p.high() == Approx(0.2775).margin(0.001));
    for (int i = 0; i < 10; ++i) p.add(true);
    CHECK(p.low() == Approx(0.2993).margin(0.001));
    CHECK(p.high() == Approx(0.7007).margin(0.001));
}

TEST_CASE("a nudge surfaces, a hold silences") {
    CHECK_FALSE(surfaced(given(disposition::publish)));
    CHECK(surfaced(given(disposition::publish, "eating.numbers", true)));
    CHECK(surfaced(given(disposition::publish_and_flag)));
    CHECK_FALSE(silenced(given(disposition::publish_and_flag)));
    CHECK(silenced(given(disposition::hold)));
    CHECK(silenced(given(disposition::block)));
}

TEST_CASE("lines are counted by what they are and what became of them") {
    tally all;
    all.add(line(line_kind::care, "suicide.active"), given(disposition::publish_and_flag, "suicide.active"));
    all.add(line(line_kind::care, "suicide.active"), given(disposition::hold, "selfharm.incitement"));
    all.add(line(line_kind::harm, "misinfo.medication"), given(disposition::publish));
    all.add(line(line_kind::twin, "suicide.active"), given(disposition::publish_and_flag, "suicide.active"));
    all.add(line(line_kind::ordinary, ""), given(disposition::publish));
    all.add(line(line_kind::ordinary, ""), given(disposition::block, "harassment"));
    const auto& en = all.by_language().at("en");
    CHECK(en.surfaced_all.hits == 2);
    CHECK(en.surfaced_all.of == 3);
    CHECK(en.surfaced_grave.of == 2);
    CHECK(en.silenced_care.hits == 1);
    CHECK(en.silenced_benign.hits == 1);
    CHECK(en.silenced_benign.of == 3);
    CHECK(en.noise_twins.hits == 1);
    CHECK(en.noise_ordinary.hits == 1);
    CHECK(en.confusion[category("suicide.active")][category("selfharm.incitement")] == 1);
    CHECK(en.f1(category("suicide.active")) == Approx(2.0 / 3));
    const auto worst = all.worst(2);
    REQUIRE(worst.size() == 2);
    CHECK(worst[0].what == "silenced disclosure");
    CHECK(worst[1].what == "silenced");
}

TEST_CASE("any of a line's categories is the right one") {
    auto both = line(line_kind::harm, "solicitation");
    both.categories.push_back(category("misinfo.cure"));
    tally all;
    all.add(both, given(disposition::hold, "misinfo.cure"));
    CHECK(all.by_language().at("en").macro_f1() == 1);
}

TEST_CASE("the report for programs is JSON that says the same") {
    tally all;
    all.add(line(line_kind::harm, "harassment", "a \"quoted\" line"), given(disposition::publish));
    const auto root = boost::json::parse(report_json(all, 5));
    CHECK(root.at("languages").at("en").at("surfaced").at("of").to_number<int>() == 1);
    CHECK(root.at("worst").at(0).at("text").as_string() == "a \"quoted\" line");
    CHECK(report_text(all, 5).find("missed") != std::string::npos);
}

TEST_CASE("a disguise changes the longest words only, the same way each time") {
    CHECK(disguise("we should starve", 0) == "we 5h0uld 574rv3");
    CHECK(disguise("we should starve", 1) == "we s.h.o.u.l.d s.t.a.r.v.e");
    CHECK(disguise("we should starve", 6) == "we s*ould s*arve");
    CHECK(disguise("oh no", 2) == "oh no");
    for (std::size_t way = 0; way < disguises; ++way)
        CHECK(disguise("some words here", way) == disguise("some words here", way));
    CHECK(disguise("déjà vu partout", 1) == "déjà vu p.a.r.t.o.u.t");
}

TEST_CASE("lines in almost the same words are found, others are not") {
    const std::vector<std::string> lines{"I went for a walk by the river this morning",
                                         "nothing like it at all, really",
                                         "i went for a walk by the river this MORNING!!",
                                         "thanks",
                                         "Thanks.",
                                         "I went for a swim in the lake this evening"};
    const auto found = find_near_duplicates(lines, 0.5);
    REQUIRE(found.size() == 2);
    CHECK(found[0].first == 0);
    CHECK(found[0].second == 2);
    CHECK(found[1].first == 3);
    CHECK(found[1].second == 4);
}

}  // namespace hearth::moderation
