#include "moderation/radar/radar.hpp"

#include <catch2/catch.hpp>

#include "moderation/text/variants.hpp"
#include "support.hpp"

namespace hearth::moderation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr moment start{std::chrono::sys_days{std::chrono::year{2030} / 1 / 1}};

struct listener {
    radar ear{start};
    void say(const std::string& word, const std::string& author, moment at, bool clean = true) {
        ear.hear({word, "zorping", "harassment", author, clean}, at);
    }
    std::vector<std::string> words(moment at) {
        std::vector<std::string> all;
        for (const auto& one : ear.suggestions(at)) all.push_back(one.word);
        return all;
    }
};

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("a spelling is suggested once several people have written it several times") {
    listener l;
    l.say("zorpinng", "a", start);
    l.say("zorpinng", "a", start + minutes(1));
    l.say("zorpinng", "a", start + minutes(2));
    CHECK(l.words(start + minutes(3)).empty());  // one person's slip
    l.say("zorpinng", "b", start + minutes(4));
    const auto found = l.ear.suggestions(start + minutes(5));
    REQUIRE(found.size() == 1);
    CHECK(found[0].word == "zorpinng");
    CHECK(found[0].term == "zorping");
    CHECK(found[0].category == "harassment");
    CHECK(found[0].count == Approx(4).margin(0.05));
    CHECK(found[0].authors == 2);
    CHECK(found[0].first_seen == start);
    CHECK(found[0].last_seen == start + minutes(4));

    l.say("zorpinh", "a", start);
    l.say("zorpinh", "b", start);
    CHECK(l.words(start + minutes(5)) == words{"zorpinng"});  // two are chance
}

TEST_CASE("what nobody writes any more fades, and is forgotten in the end") {
    listener l;
    for (const auto* who : {"a", "b", "c", "d"}) l.say("zorpinng", who, start);
    CHECK(l.words(start + hours(1)) == words{"zorpinng"});
    CHECK(l.words(start + hours(24)).empty());
    CHECK(l.ear.remembered() == 1);
    CHECK(l.words(start + hours(24 * 120)).empty());
    CHECK(l.ear.remembered() == 0);
}

TEST_CASE("people who wrote it long ago do not count as people who write it") {
    listener l;
    for (int i = 0; i < 3; ++i) l.say("zorpinng", "a", start);
    for (int i = 0; i < 4; ++i) l.say("zorpinng", "b", start + hours(24 * 8));
    CHECK(l.words(start + hours(24 * 8 + 1)).empty());
}

TEST_CASE("a word that many people use in clean lines at a steady rate is no variant") {
    listener l;
    auto at = start;
    for (int i = 0; i < 24 * 20; ++i, at += hours(1)) {
        l.say("zorpins", "person " + std::to_string(i % 30), at);
        CHECK((i < 5 || l.words(at).empty()));
    }
    // Neither is it when a quiet day comes before a usual one.
    at += hours(12);
    for (int i = 0; i < 12; ++i, at += hours(1)) l.say("zorpins", "person " + std::to_string(i), at);
    CHECK(l.words(at).empty());

    SECTION("until its rate rises") {
        for (int i = 0; i < 60; ++i, at += minutes(5)) l.say("zorpins", "person " + std::to_string(i % 30), at);
        const auto found = l.ear.suggestions(at);
        REQUIRE(found.size() == 1);
        CHECK(found[0].rising);
        CHECK(found[0].authors == radar::max_authors);
    }
    SECTION("or the lines it stands in are no longer clean") {
        for (int i = 0; i < 12; ++i, at += hours(1)) l.say("zorpins", "person " + std::to_string(i), at, false);
        CHECK(l.words(at) == words{"zorpins"});
        CHECK_FALSE(l.ear.suggestions(at)[0].rising);
    }
}

TEST_CASE("a new word stands out where the usual is known, and comes first") {
    listener l;
    auto at = start;
    for (int i = 0; i < 24 * 6; ++i, at += hours(1)) l.say("zorpins", i % 2 == 0 ? "a" : "b", at);
    for (const auto* who : {"c", "d", "e"}) l.say("zorpinng", who, at);
    const auto found = l.ear.suggestions(at);
    REQUIRE(found.size() == 2);
    CHECK(found[0].word == "zorpinng");
    CHECK(found[0].rising);
    CHECK_FALSE(found[1].rising);
}

TEST_CASE("what a person has decided on is not heard again") {
    listener l;
    for (const auto* who : {"a", "b", "c"}) l.say("zorpinng", who, start);
    l.ear.decided("zorpinng");
    CHECK(l.ear.remembered() == 0);
    for (const auto* who : {"a", "b", "c"}) l.say("zorpinng", who, start);
    CHECK(l.words(start).empty());
}

TEST_CASE("memory is bounded, and a flood of words does not drown what several people write") {
    listener l;
    for (const auto* who : {"a", "b", "c"}) l.say("zorpinng", who, start);
    for (int i = 0; i < 20'000; ++i) l.say("word" + std::to_string(i), "flood", start + minutes(1));
    CHECK(l.ear.remembered() <= radar_settings{}.most_words);
    CHECK(l.words(start + minutes(2)) == words{"zorpinng"});
    l.say(std::string(radar::max_word_bytes + 1, 'z'), "a", start);
    l.say("", "a", start);
    CHECK(l.words(start + minutes(2)) == words{"zorpinng"});
}

// The judge's side: what repair has guessed at is told with where it stands.

TEST_CASE("a verdict tells of words that all but are a grave term") {
    auto& judge = testing::real_judge();
    struct row {
        const char* text;
        const char* word;
        const char* term;
    };
    const row rows[] = {
        {"Some thinspq, today", "thinspq", "thinspo"},
        {"Some thinnspo today", "thinnspo", "thinspo"},
        {"Some TTHINNSPO today", "tthinnspo", "thinspo"},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        const auto found = judge(row.text).near_misses;
        REQUIRE(found.size() == 1);
        CHECK(found[0].word == row.word);
        CHECK(found[0].term == row.term);
        CHECK(found[0].category == "eating.promotion");
        CHECK(found[0].begin == 5);
        CHECK(found[0].end == 5 + found[0].word.size());
    }
    CHECK(judge("thinspo").near_misses.empty());
    CHECK(judge("th1nspo").near_misses.empty());  // a disguise undone is no guess
    std::string many;
    for (int i = 0; i < 12; ++i) many += "some thinspq. ";
    CHECK(judge(many).near_misses.size() == 8);
}

TEST_CASE("the line before has near-misses of its own") {
    context where;
    where.before = "Some thinspq today";
    CHECK(testing::real_judge()("same", where).near_misses.empty());
}

TEST_CASE("ordinary lines leave the radar empty") {
    const char* lines[] = {
        "Good morning all, the walk by the river helped me",
        "I slept badly and my shift starts at six, so coffee it is",
        "Does anyone have a recipe for lentil soup that freezes well?",
        "My sister drove me to the appointment and waited outside",
        "Group was hard today but I said what I wanted to say",
        "Three weeks since I last drank, and the evenings are long",
        "Bonjour à tous, la nuit a été longue mais le soleil est là",
        "Ma psy change de cabinet, je dois prendre deux bus maintenant",
        "J'ai réussi à cuisiner pour mes enfants ce soir",
        "Selamat pagi semua, semoga harinya tenang",
        "Tadi malam hujan deras, aku tidur di rumah nenek",
        "Besok kontrol ke puskesmas, doakan ya teman-teman",
    };
    radar ear(start);
    for (int person = 0; person < 5; ++person) {
        for (const auto* line : lines) {
            const auto found = testing::real_judge()(line);
            for (const auto& one : found.near_misses)
                ear.hear({one.word, one.term, one.category, std::to_string(person), found.signals.empty()}, start);
        }
    }
    CHECK(ear.remembered() == 0);
}

TEST_CASE("an accepted variant is read as its term, by this judge from now on") {
    judge one(testing::real_rules());
    context where;
    where.room_topic = "eating";
    const std::string slipped = "share your thinspq";
    const auto term = one("share your thinspo", where), before = one(slipped, where);
    CHECK(before.near_misses.size() == 1);
    CHECK(before.action < term.action);
    auto accepted = std::make_shared<variants>();
    accepted->add("thinspq", "thinspo");
    one.read_as(accepted);
    const auto after = one(slipped, where);
    CHECK(after.near_misses.empty());
    CHECK(after.action == term.action);
    CHECK(after.severity == term.severity);
    CHECK(after.score == term.score);
    CHECK(judge(testing::real_rules())(slipped, where).action == before.action);  // another judge's is its own
}

}  // namespace hearth::moderation
