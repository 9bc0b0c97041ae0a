#include "identity/rate_limiter.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <string>
#include <thread>

using namespace hearth;
using namespace hearth::identity;
using namespace std::chrono_literals;

namespace {

constexpr time_point noon{std::chrono::milliseconds(1'760'000'000'000)};

int granted(rate_limiter& limiter, const std::string& key, time_point at, int tries) {
    int out = 0;
    for (int i = 0; i < tries; ++i) out += !limiter.take(key, at);
    return out;
}

}  // namespace

TEST_CASE("a burst at once, then as fast as it refills") {
    rate_limiter limiter(30, 10);
    CHECK(granted(limiter, "rowan", noon, 15) == 10);
    // 30 a minute is one in two seconds.
    CHECK(limiter.take("rowan", noon) == 2'000ms);
    CHECK(limiter.take("rowan", noon + 1'500ms) == 500ms);
    CHECK_FALSE(limiter.take("rowan", noon + 2'000ms));
    CHECK(limiter.take("rowan", noon + 2'000ms));
    CHECK(granted(limiter, "rowan", noon + 62s, 100) == 10);
}

TEST_CASE("over a long time nobody gets more than the rate and one burst, whatever the steps") {
    rate_limiter limiter(7, 3);
    const auto step = GENERATE(1ms, 7ms, 333ms, 8'571ms, 20'000ms);
    int got = 0;
    time_point at = noon;
    for (; at < noon + 10min; at += step) got += !limiter.take("rowan", at);
    CHECK(got <= 70 + 3);
    if (step < 1s) CHECK(got >= 70 + 2);
}

TEST_CASE("one key's use is not another's") {
    rate_limiter limiter(60, 2);
    CHECK(granted(limiter, "rowan", noon, 5) == 2);
    CHECK(granted(limiter, "sol", noon, 5) == 2);
    CHECK(granted(limiter, "", noon, 5) == 2);
}

TEST_CASE("looking takes nothing, and a use can be given back, up to the burst") {
    rate_limiter limiter(60, 2);
    for (int i = 0; i < 10; ++i) CHECK(limiter.would_grant("rowan", noon));
    CHECK(granted(limiter, "rowan", noon, 2) == 2);
    CHECK_FALSE(limiter.would_grant("rowan", noon));
    limiter.give_back("rowan", noon);
    CHECK(limiter.would_grant("rowan", noon));
    for (int i = 0; i < 10; ++i) limiter.give_back("rowan", noon);
    CHECK(granted(limiter, "rowan", noon, 10) == 2);
}

TEST_CASE("a clock set back gains nobody anything and locks nobody out") {
    rate_limiter limiter(60, 2);
    CHECK(granted(limiter, "rowan", noon, 5) == 2);
    CHECK(limiter.take("rowan", noon - 24h) == 1'000ms);
    CHECK_FALSE(limiter.take("rowan", noon - 24h + 1s));
}

TEST_CASE("a flood of new keys takes no more memory and does not free a key that is at its limit") {
    rate_limiter limiter(6, 3, 64);
    CHECK(granted(limiter, "rowan", noon, 3) == 3);
    for (int i = 0; i < 10'000; ++i) REQUIRE_FALSE(limiter.take("flood" + std::to_string(i), noon + 1s));
    CHECK(limiter.take("rowan", noon + 1s));
    // Rested keys are what is forgotten: all new ones are still served.
    CHECK(granted(limiter, "newcomer", noon + 2s, 5) == 3);
}

TEST_CASE("threads share one count") {
    rate_limiter limiter(1, 1'000);
    std::atomic<int> got = 0;
    std::vector<std::thread> crowd;
    for (int t = 0; t < 4; ++t) crowd.emplace_back([&] { got += granted(limiter, "rowan", noon, 500); });
    for (auto& each : crowd) each.join();
    CHECK(got == 1'000);
}

TEST_CASE("what was used elsewhere counts here, and up to a burst is owed") {
    rate_limiter limiter(30, 10);
    for (int i = 0; i < 8; ++i) limiter.charge("rowan", noon);
    CHECK(granted(limiter, "rowan", noon, 15) == 2);
    limiter.charge("rowan", noon);
    CHECK(limiter.take("rowan", noon) == 4'000ms);
    for (int i = 0; i < 100; ++i) limiter.charge("rowan", noon);
    CHECK(limiter.take("rowan", noon) == 22'000ms);
    CHECK(granted(limiter, "rowan", noon + 20s, 5) == 0);
    CHECK(granted(limiter, "rowan", noon + 10min, 15) == 10);
    CHECK(granted(limiter, "sol", noon, 15) == 10);
}
