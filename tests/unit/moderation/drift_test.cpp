#include "moderation/drift/drift.hpp"

#include <catch2/catch.hpp>

#include "drift_room.hpp"

namespace hearth::moderation {

using namespace testing;

TEST_CASE("people who compare figures are told of once, with their lines") {
    room r;
    for (const auto* who : {"ua", "ub", "uc"}) CHECK(r.say(who, "eating.numbers", 0.8F).empty());
    r.chat("ud");
    const auto found = r.say("ua", "eating.numbers", 0.8F);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == drift_kind::numbers);
    CHECK(found[0].about.empty());
    CHECK(found[0].lines == std::vector<std::uint64_t>{1, 2, 3, 5});
    for (int i = 0; i < 200; ++i) {
        r.now += 20s;
        CHECK(r.say(i % 2 ? "ua" : "ub", "eating.numbers", 0.8F).empty());
    }
}

TEST_CASE("each kind has its own level") {
    struct row {
        const char* category;
        drift_kind kind;
    };
    const row rows[] = {{"eating.promotion", drift_kind::restriction},
                        {"drugs.glorification", drift_kind::romanticising}};
    for (const auto& row : rows) {
        INFO(row.category);
        room r;
        for (int i = 0; i < 3; ++i) CHECK(r.say(i % 2 ? "ua" : "ub", row.category, 0.8F).empty());
        const auto found = r.say("uc", row.category, 0.8F);
        REQUIRE(found.size() == 1);
        CHECK(found[0].kind == row.kind);
        CHECK(r.watch.level(drift_kind::numbers, r.now) == 0);
    }
    room mixed;
    for (int i = 0; i < 3; ++i) {
        for (const auto* category : {"eating.promotion", "drugs.glorification", "eating.numbers"})
            CHECK(mixed.say("u" + std::to_string(i), category, 0.6F).empty());
    }
}

TEST_CASE("one person alone is no slide, however much they say") {
    room r;
    for (int i = 0; i < 50; ++i) CHECK(r.say("ua", "eating.numbers", 1).empty());
}

TEST_CASE("a lean fades with time and with talk") {
    room r;
    r.say("ua", "eating.numbers", 0.8F);
    const auto fresh = r.watch.level(drift_kind::numbers, r.now);
    CHECK(r.watch.level(drift_kind::numbers, r.now + 10min) == Approx(fresh / 2));
    CHECK(r.watch.level(drift_kind::numbers, r.now + 20min) == Approx(fresh / 4));
    for (int i = 0; i < 30; ++i) r.chat("ub");
    CHECK(r.watch.level(drift_kind::numbers, r.now) == Approx(fresh / 2));

    SECTION("so what is spread over a day is nothing") {
        for (int i = 0; i < 100; ++i) {
            r.now += 15min;
            CHECK(r.say(i % 2 ? "ua" : "ub", "eating.numbers", 0.8F).empty());
        }
    }
    SECTION("and so is what stands in much other talk") {
        for (int i = 0; i < 100; ++i) {
            for (int j = 0; j < 40; ++j) r.chat("uc");
            CHECK(r.say(i % 2 ? "ua" : "ub", "eating.numbers", 0.8F).empty());
        }
    }
}

TEST_CASE("two who answer each other slide sooner than a room") {
    const auto sides = [](bool answering) {
        room r;
        int needed = 0;
        for (int i = 0; i < 30; ++i) {
            const auto* who = i % 2 ? "ua" : "ub";
            const auto* other = i % 2 ? "ub" : "ua";
            for (int j = 0; j < 3; ++j) r.chat("u" + std::to_string(j));
            ++needed;
            if (!r.say(who, "eating.promotion", 0.6F,
                       answering ? std::vector<std::string>{other} : std::vector<std::string>{"uz"})
                     .empty())
                return needed;
        }
        return 99;
    };
    CHECK(sides(true) < sides(false));
}

TEST_CASE("several people's hostile lines at one are told of, a quarrel of two is not") {
    room r;
    SECTION("addressed") {
        CHECK(r.say("ua", "harassment", 0.5F, {"ux"}).empty());
        CHECK(r.say("ub", "harassment", 0.5F, {"ux"}).empty());
        const auto found = r.say("ua", "harassment", 0.5F, {"ux"});
        REQUIRE(found.size() == 1);
        CHECK(found[0].kind == drift_kind::ganging);
        CHECK(found[0].about == "ux");
        CHECK(found[0].lines == std::vector<std::uint64_t>{1, 2, 3});
        SECTION("and another target is another slide") {
            r.say("ua", "harassment", 0.5F, {"uy"});
            r.say("ub", "harassment", 0.5F, {"uy"});
            const auto other = r.say("uc", "harassment", 0.5F, {"uy"});
            REQUIRE(other.size() == 1);
            CHECK(other[0].about == "uy");
        }
    }
    SECTION("following what the target says counts for less, but counts") {
        int told = 0;
        for (int i = 0; i < 4; ++i) {
            r.chat("ux");
            told += static_cast<int>(r.say(i % 2 ? "ua" : "ub", "harassment", 0.8F).size());
        }
        CHECK(told == 1);
    }
    SECTION("a quarrel of two") {
        for (int i = 0; i < 20; ++i)
            CHECK(r.say(i % 2 ? "ua" : "ub", "harassment", 0.6F, {i % 2 ? "ub" : "ua"}).empty());
    }
    SECTION("one person against one") {
        for (int i = 0; i < 20; ++i) CHECK(r.say("ua", "harassment", 0.6F, {"ux"}).empty());
    }
    SECTION("hard words to oneself") {
        for (int i = 0; i < 20; ++i) {
            const auto who = "u" + std::to_string(i % 3);
            CHECK(r.say(who, "harassment", 0.6F, {who}).empty());
        }
    }
}

TEST_CASE("a disclosure never counts") {
    room r;
    for (int i = 0; i < 20; ++i) CHECK(r.say(i % 2 ? "ua" : "ub", "eating.promotion", 1, {}, true).empty());
    CHECK(r.watch.remembered() == 0);
    for (int i = 0; i < 20; ++i) {
        drift_line line;
        line.seq = ++r.seq;
        line.author = i % 2 ? "ua" : "ub";
        line.leanings[category("eating.numbers")] = 0.9F;
        line.leanings[category("selfharm.disclosure")] = 0.5F;
        CHECK(r.watch.hear(line, r.now).empty());
    }
    CHECK(r.watch.remembered() == 0);
}

TEST_CASE("what was taken back or said anew counts as it stands") {
    room r;
    for (const auto* who : {"ua", "ub", "uc"}) r.say(who, "eating.numbers", 0.8F);
    SECTION("taken back") {
        r.watch.forget(2);
        CHECK(r.say("ub", "eating.numbers", 0.8F).empty());
    }
    SECTION("edited into something harmless") {
        drift_line line;
        line.seq = 2;
        line.author = "ub";
        CHECK(r.watch.hear(line, r.now).empty());
        CHECK(r.say("ub", "eating.numbers", 0.8F).empty());
    }
}

TEST_CASE("a slide that ended may be told of again, one that goes on only much later") {
    room r;
    const auto slide_now = [&] {
        int told = 0;
        for (int i = 0; i < 5; ++i) told += static_cast<int>(r.say(i % 2 ? "ua" : "ub", "eating.numbers", 0.8F).size());
        return told;
    };
    CHECK(slide_now() == 1);
    SECTION("within the cool-down, even when all was calm") {
        for (int i = 0; i < 200; ++i) r.chat("uc");
        r.now += 10min;
        CHECK(slide_now() == 0);
    }
    SECTION("after it") {
        r.now += 31min;
        CHECK(slide_now() == 1);
    }
    SECTION("while it goes on, not for hours") {
        int told = 0;
        for (int minute = 0; minute < 355; ++minute) {
            r.now += 1min;
            told += static_cast<int>(r.say(minute % 2 ? "ua" : "ub", "eating.numbers", 0.8F).size());
        }
        CHECK(told == 0);
        for (int minute = 0; minute < 10; ++minute) {
            r.now += 1min;
            told += static_cast<int>(r.say(minute % 2 ? "ua" : "ub", "eating.numbers", 0.8F).size());
        }
        CHECK(told == 1);
    }
}

}  // namespace hearth::moderation
