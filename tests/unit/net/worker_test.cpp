#include "net/worker.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <future>
#include <vector>

using hearth::net::worker;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// How long the first round lasts of a worker that is given `work` and more of it for as long as `again` says so.
milliseconds round_of(const std::function<bool()>& again) {
    worker loop(0);
    std::promise<steady_clock::time_point> ended;
    auto end = ended.get_future();
    steady_clock::time_point began;
    bool over = false;
    std::function<void()> more = [&] {
        if (!over && again()) loop.post(more);
    };
    loop.post([&] {
        began = steady_clock::now();
        loop.at_round_end([&] {
            over = true;
            ended.set_value(steady_clock::now());
        });
        more();
    });
    loop.start();
    const auto at = end.get();
    loop.join();
    return std::chrono::duration_cast<milliseconds>(at - began);
}

}  // namespace

TEST_CASE("a round gathers all that is ready, and ends although there is always more") {
    int runs = 0;
    round_of([&] { return ++runs < 1'000; });
    CHECK(runs == 1'000);
    CHECK(round_of([] { return true; }) >= milliseconds(39));
}

TEST_CASE("what is better done once is done when all that is ready has run; for another thread at once") {
    worker loop(0);
    std::vector<int> order;
    loop.post([&] {
        loop.when_done([&] { order.push_back(3); });
        order.push_back(1);
        loop.post([&] { order.push_back(2); });
    });
    loop.start();
    loop.join();
    CHECK(order == std::vector{1, 2, 3});
    loop.when_done([&] { order.push_back(4); });
    CHECK(order.back() == 4);
}
