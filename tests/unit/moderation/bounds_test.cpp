#include <catch2/catch.hpp>

#include <algorithm>
#include <ctime>

#include "moderation/tools/nasty.hpp"
#include "support.hpp"

namespace hearth::moderation {
namespace {

// The goal is 5 ms of processor time; slower machines and sanitizers get their share.
#if defined(HEARTH_SLOW_BUILD) || !defined(NDEBUG)
constexpr double bound_ms = 500;
#else
constexpr double bound_ms = 10;
#endif

void check_spans(std::string_view text, const verdict& result) {
    for (const auto& one : result.signals) {
        CHECK(one.begin <= one.end);
        CHECK(one.end <= text.size());
        if (one.rule.starts_with("engine.") && one.category.starts_with("engine.")) continue;
        CHECK(one.begin < one.end);
        CHECK(testing::is_utf8_boundary(text, one.begin));
        CHECK(testing::is_utf8_boundary(text, one.end));
    }
}

}  // namespace

TEST_CASE("no text of the allowed size takes long, and every span lies in it") {
    auto& judges = testing::real_judge();
    context where;
    where.room_topic = "eating";
    for (const auto& one : nasty_texts(4'000)) {
        INFO(one.name);
        double best_ms = 1e9;
        for (int i = 0; i < 3; ++i) {
            const auto start = std::clock();
            const auto result = judges(one.text, where);
            best_ms = std::min(best_ms, static_cast<double>(std::clock() - start) * 1e3 / CLOCKS_PER_SEC);
            check_spans(one.text, result);
        }
        CHECK(best_ms < bound_ms);
    }
}

TEST_CASE("a megabyte of anything is judged in its first part and flagged") {
    auto& judges = testing::real_judge();
    for (const auto& one : nasty_texts(400'000)) {
        INFO(one.name);
        const auto result = judges(one.text);
        CHECK(result.action >= disposition::publish_and_flag);
        const bool told = std::any_of(result.signals.begin(), result.signals.end(),
                                      [](const signal& s) { return s.rule == "engine.too_long"; });
        CHECK(told);
        check_spans(one.text, result);
    }
}

TEST_CASE("broken text is flagged, and what can be read in it still counts") {
    auto& judges = testing::real_judge();
    const auto broken = judges("good morning \xff\xfe");
    CHECK(broken.action == disposition::publish_and_flag);
    CHECK(broken.signals.back().rule == "engine.invalid_utf8");
    CHECK(judges("\xff kill yourself").action >= disposition::hold);
    CHECK(judges("").action == disposition::publish);
    CHECK(judges(" ").action == disposition::publish);
}

}  // namespace hearth::moderation
