#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "moderation/policy/policy.hpp"

namespace hearth::moderation {
namespace {

finding found(std::string_view id, const std::function<void(finding&)>& change = {}) {
    finding one;
    one.category = find_category(id).value();
    one.rule = "en.test.rule";
    one.voice.who = taxonomy[one.category].lane == lane::care ? person::self : person::you;
    one.begin = 0;
    one.end = 4;
    if (change) change(one);
    return one;
}

using change = std::function<void(finding&)>;
const change quoting = [](finding& f) { f.voice.reported = true, f.voice.tells_of_self = true; };
const change recovering = [](finding& f) { f.voice.recovering = true, f.voice.who = person::self; };
const change past = [](finding& f) { f.voice.when = frame::past, f.voice.who = person::self; };
const change warning = [](finding& f) { f.voice.warning = true; };
const change negated = [](finding& f) { f.voice.negated = 2; };
const change refusing = [](finding& f) { f.voice.refusing = true; };
const change weak = [](finding& f) { f.weak = true; };

}  // namespace

TEST_CASE("every category has the first action of the public table") {
    struct row {
        const char* id;
        moderation::lane lane;
        int severity;
        disposition action;
        bool page;
    };
    using enum disposition;
    const row rows[] = {
        {"suicide.passive", lane::care, 2, publish_and_flag, false},
        {"suicide.active", lane::care, 3, publish_and_flag, true},
        {"suicide.emergency", lane::care, 4, publish_and_flag, true},
        {"selfharm.disclosure", lane::care, 2, publish_and_flag, false},
        {"overdose.emergency", lane::care, 4, publish_and_flag, true},
        {"selfharm.method", lane::harm, 4, hold, true},
        {"selfharm.incitement", lane::harm, 4, block, true},
        {"eating.promotion", lane::harm, 3, hold, false},
        {"eating.numbers", lane::harm, 1, publish, false},
        {"drugs.sourcing", lane::harm, 4, block, false},
        {"drugs.glorification", lane::harm, 2, publish_and_flag, false},
        {"misinfo.withdrawal", lane::harm, 3, hold, false},
        {"misinfo.medication", lane::harm, 2, publish_and_flag, false},
        {"misinfo.cure", lane::harm, 3, hold, false},
        {"misinfo.illness", lane::harm, 2, publish_and_flag, false},
        {"solicitation", lane::harm, 3, block, false},
        {"harassment", lane::harm, 3, hold, false},
        {"privacy.exposure", lane::harm, 3, hold, false},
        {"privacy.luring", lane::harm, 3, hold, false},
        {"sexual.grooming", lane::harm, 4, block, true},
        {"impersonation", lane::harm, 2, publish_and_flag, false},
    };
    CHECK(std::size(rows) == taxonomy.size());
    for (const auto& row : rows) {
        INFO(row.id);
        const auto result = decide({found(row.id)}, {});
        CHECK(result.action == row.action);
        CHECK(result.category == row.id);
        CHECK(result.lane == row.lane);
        CHECK(result.severity == row.severity);
        CHECK(result.page == row.page);
        CHECK(result.score > 0.5);
        CHECK(result.score < 1);
        if (result.action >= hold || row.lane == lane::care) CHECK(result.notice);
        REQUIRE(result.signals.size() == 1);
        CHECK(result.signals[0].rule == "en.test.rule");
    }
}

TEST_CASE("voice lowers a finding") {
    struct row {
        const char* id;
        const char* name;
        change how;
        disposition action;
    };
    using enum disposition;
    const row rows[] = {
        {"eating.promotion", "recovering", recovering, publish_and_flag},
        {"eating.promotion", "past", past, publish_and_flag},
        {"eating.promotion", "negated", negated, publish},
        {"misinfo.withdrawal", "warning", warning, publish_and_flag},
        {"misinfo.withdrawal", "asked", [](finding& f) { f.voice.question = true, f.voice.who = person::self; },
         publish_and_flag},
        {"misinfo.withdrawal", "asked at somebody", [](finding& f) { f.voice.question = true; }, hold},
        {"misinfo.medication", "quoting", quoting, publish},
        {"harassment", "to oneself", [](finding& f) { f.expects = rule_voice::you, f.voice.who = person::self; },
         publish},
        {"solicitation", "refusing", refusing, publish_and_flag},
        {"selfharm.incitement", "quoting", quoting, publish_and_flag},
        {"selfharm.incitement", "quotation marks alone", [](finding& f) { f.voice.quoted = true; }, hold},
        {"selfharm.incitement", "reported of nobody", [](finding& f) { f.voice.reported = true; }, hold},
        {"selfharm.incitement", "everything at once",
         [](finding& f) { f.voice.negated = 2, f.voice.warning = f.voice.recovering = true; }, publish_and_flag},
        {"drugs.sourcing", "past", past, publish_and_flag},
        {"drugs.sourcing", "recovery as a pretext", [](finding& f) { f.voice.recovering = f.voice.selling = true; },
         block},
        {"drugs.sourcing", "recovery nearby", [](finding& f) { f.voice.recovered_near = true; }, hold},
        {"sexual.grooming", "past of oneself", past, publish_and_flag},
        {"selfharm.method", "negated", negated, publish_and_flag},
        {"suicide.active", "past", past, publish},
        {"suicide.active", "past and now", [](finding& f) { f.voice.when = frame::now, f.voice.recovering = true; },
         publish_and_flag},
        {"suicide.emergency", "past", past, publish_and_flag},
        {"suicide.active", "of another", [](finding& f) { f.voice.who = person::other; }, publish_and_flag},
        {"selfharm.disclosure", "negated", negated, publish},
        {"eating.promotion", "part of an idiom", [](finding& f) { f.voice.idiom = true; }, publish},
    };
    for (const auto& row : rows) {
        INFO(row.id << " " << row.name);
        const auto result = decide({found(row.id, row.how)}, {});
        CHECK(result.action == row.action);
        if (row.action == publish) {
            CHECK_FALSE(result.category);
            CHECK(result.severity == 0);
            CHECK(result.signals.empty());
        }
    }
}

TEST_CASE("a lowered finding pages nobody") {
    CHECK_FALSE(decide({found("suicide.emergency", past)}, {}).page);
    CHECK_FALSE(decide({found("selfharm.incitement", quoting)}, {}).page);
    CHECK_FALSE(decide({found("suicide.active", [](finding& f) { f.voice.who = person::other; })}, {}).page);
    CHECK(decide({found("overdose.emergency", [](finding& f) { f.voice.who = person::other; })}, {}).page);
}

TEST_CASE("care never withholds, whatever the voice") {
    for (const auto& info : taxonomy) {
        if (info.lane != lane::care) continue;
        for (const auto who : {person::none, person::self, person::you, person::everyone, person::other}) {
            for (const bool flag : {false, true}) {
                const auto result = decide({found(info.id,
                                                  [&](finding& f) {
                                                      f.voice.who = who;
                                                      f.voice.encouraging = f.voice.selling = f.voice.instructing =
                                                          flag;
                                                  })},
                                           {});
                CHECK(result.action <= disposition::publish_and_flag);
            }
        }
    }
}

TEST_CASE("severity 4 always meets a person") {
    for (const auto& info : taxonomy) {
        if (info.severity < 4) continue;
        for (const auto& how : {quoting, recovering, past, warning, negated, refusing, weak}) {
            CHECK(decide({found(info.id, how)}, {}).action >= disposition::publish_and_flag);
        }
    }
}

TEST_CASE("a disclosure shelters its author") {
    const auto own = [](finding& f) { f.voice.who = person::self; };
    const auto aimed = [](finding& f) { f.voice.who = person::you, f.begin = 10, f.end = 14; };
    using enum disposition;
    CHECK(decide({found("suicide.active"), found("eating.promotion", own)}, {}).action == publish_and_flag);
    CHECK(decide({found("suicide.active"), found("eating.promotion", aimed)}, {}).action == hold);
    CHECK(decide({found("suicide.active"), found("drugs.sourcing", aimed)}, {}).action == hold);
    CHECK(decide({found("drugs.sourcing", aimed)}, {}).action == block);
    CHECK(decide({found("selfharm.disclosure"), found("solicitation", aimed)}, {}).action == hold);
    const auto both = decide({found("suicide.active"), found("harassment", aimed)}, {});
    CHECK(both.author_needs_care);
    CHECK(both.lane == lane::harm);
    CHECK(both.page);
    // The same words read as a command: the disclosure wins.
    const auto command = [](finding& f) { f.expects = rule_voice::you; };
    CHECK(decide({found("selfharm.disclosure"), found("selfharm.incitement", command)}, {}).action == publish_and_flag);
    const auto named = [](finding& f) { f.expects = rule_voice::you, f.voice.names_reader = true; };
    CHECK(decide({found("selfharm.disclosure"), found("selfharm.incitement", named)}, {}).action == hold);
}

TEST_CASE("weak rules only raise, until another confirms them") {
    using enum disposition;
    const auto second = [](finding& f) { f.weak = true, f.rule = "en.test.second", f.begin = 5, f.end = 9; };
    const auto overlapping = [](finding& f) { f.weak = true, f.rule = "en.test.second", f.begin = 2, f.end = 6; };
    const auto again = [](finding& f) { f.weak = true, f.begin = 5, f.end = 9; };
    CHECK(decide({found("drugs.sourcing", weak)}, {}).action == publish_and_flag);
    CHECK(decide({found("drugs.sourcing", weak), found("drugs.sourcing", second)}, {}).action == block);
    CHECK(decide({found("drugs.sourcing", weak), found("drugs.sourcing", overlapping)}, {}).action == publish_and_flag);
    CHECK(decide({found("drugs.sourcing", weak), found("drugs.sourcing", again)}, {}).action == publish_and_flag);
    CHECK_FALSE(decide({found("suicide.emergency", weak)}, {}).page);
}

TEST_CASE("who is verified may speak with authority") {
    context professional;
    professional.author_is_professional = true;
    CHECK(decide({found("impersonation")}, professional).action == disposition::publish);
    CHECK(decide({found("impersonation"), found("harassment")}, professional).category == "harassment");
}

TEST_CASE("the strictest finding leads and every one is listed") {
    const auto result = decide({found("drugs.glorification"), found("harassment"), found("suicide.passive")}, {});
    CHECK(result.category == "harassment");
    CHECK(result.signals.size() == 3);
    CHECK(result.author_needs_care);
    CHECK(decide({found("suicide.emergency"), found("misinfo.medication")}, {}).category == "suicide.emergency");
    CHECK(
        decide({found("suicide.active"), found("suicide.active", [](finding& f) { f.rule = "en.test.b"; })}, {}).score >
        decide({found("suicide.active")}, {}).score);
}

TEST_CASE("a message leans where it was found, also where nothing was decided") {
    const auto leans = [](std::string_view id, const change& how) {
        const auto said = decide({found(id, how)}, {});
        return said.leanings[find_category(id).value()];
    };
    CHECK(leans("harassment", {}) > leans("harassment", weak));
    CHECK(leans("harassment", weak) > 0.3F);
    CHECK(leans("drugs.glorification", past) == Approx(0.2F));  // nothing was decided
    CHECK(decide({found("drugs.glorification", past)}, {}).action == disposition::publish);
    CHECK(leans("eating.numbers", {}) > 0.5F);
    for (const auto& away : {negated, refusing, warning, recovering}) CHECK(leans("eating.promotion", away) == 0);
    const auto nothing = decide({}, {});
    CHECK(std::all_of(nothing.leanings.begin(), nothing.leanings.end(), [](float lean) { return lean == 0; }));
}

TEST_CASE("the engine's own doubt puts a message before a person") {
    verdict clean;
    raise_for_a_person(clean, "engine.too_long", 0, 9);
    CHECK(clean.action == disposition::publish_and_flag);
    CHECK(clean.signals.back().rule == "engine.too_long");
    auto held = decide({found("harassment")}, {});
    raise_for_a_person(held, "engine.too_long", 0, 9);
    CHECK(held.action == disposition::hold);
    CHECK(held.category == "harassment");
}

}  // namespace hearth::moderation
