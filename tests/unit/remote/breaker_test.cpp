#include <catch2/catch.hpp>
#include <random>

#include "remote/breaker.hpp"

namespace hearth::remote {
namespace {

using namespace std::chrono_literals;
const breaker::clock::time_point start{};

}  // namespace

TEST_CASE("it opens after so many failures in a row, not in all") {
    breaker one(3, 10s, 60s);
    for (int i = 0; i < 10; ++i) {
        one.failed(start);
        one.failed(start);
        one.succeeded();
    }
    CHECK(one.may_ask(start));
    one.failed(start);
    one.failed(start);
    one.failed(start);
    CHECK(one.now() == breaker::state::open);
    CHECK_FALSE(one.may_ask(start + 9s));
}

TEST_CASE("after its pause one probe is let through; what it meets decides") {
    breaker one(1, 10s, 60s);
    one.failed(start);
    CHECK(one.may_ask(start + 10s));
    CHECK(one.now() == breaker::state::half_open);
    CHECK_FALSE(one.may_ask(start + 10s));  // one alone
    one.succeeded();
    CHECK(one.may_ask(start + 10s));
    CHECK(one.now() == breaker::state::closed);
}

TEST_CASE("a probe that fails doubles the pause, up to the longest; success makes it short again") {
    breaker one(1, 10s, 25s);
    auto at = start;
    one.failed(at);
    for (const auto pause : {10s, 20s, 25s, 25s}) {
        CAPTURE(pause.count());
        CHECK_FALSE(one.may_ask(at + pause - 1s));
        at += pause;
        CHECK(one.may_ask(at));
        one.failed(at);
    }
    CHECK(one.may_ask(at + 25s));
    one.succeeded();
    one.failed(at + 30s);
    CHECK(one.may_ask(at + 40s));
}

TEST_CASE("whatever comes in whatever order: an open breaker asks once per pause at most") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 2'000; ++round) {
        breaker one(3, 10s, 40s);
        auto at = start;
        int under_way = 0;
        for (int step = 0; step < 60; ++step) {
            at += std::chrono::seconds(random() % 4);
            const auto before = one.now();
            if (one.may_ask(at)) {
                ++under_way;
                CHECK((before == breaker::state::closed || one.now() == breaker::state::half_open));
            } else {
                CHECK(before != breaker::state::closed);
            }
            if (under_way > 0 && random() % 2 == 0) {
                --under_way;
                random() % 3 == 0 ? one.succeeded() : one.failed(at);
            }
        }
    }
}

}  // namespace hearth::remote
