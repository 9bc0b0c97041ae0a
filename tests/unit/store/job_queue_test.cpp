// What waits to be committed: in order, all at once, and nothing lost when it closes.
#include "store/sqlite/job_queue.hpp"

#include <catch2/catch.hpp>
#include <future>
#include <mutex>
#include <random>
#include <thread>

using namespace hearth;
using namespace std::chrono_literals;

namespace {

struct counted {
    std::vector<int> ran;
};
using queue = store::sqlite::job_queue<counted>;
using jobs = store::job_list<counted>;

class here final : public completions {
public:
    void run(std::vector<std::function<void()>> batch) override {
        for (const auto& each : batch) each();
    }
};

/// A worker in the middle of a round: what is better done once waits for its end.
class in_a_round final : public completions {
public:
    void run(std::vector<std::function<void()>> batch) override {
        for (const auto& each : batch) each();
    }
    void when_done(std::function<void()> work) override { at_end_.push_back(std::move(work)); }
    [[nodiscard]] std::size_t waiting() const { return at_end_.size(); }
    void end() {
        for (const auto& each : std::exchange(at_end_, {})) each();
    }

private:
    std::vector<std::function<void()>> at_end_;
};

std::shared_ptr<store::job<counted>> numbered(completions& to, int number) {
    return store::make_job<counted, int>(
        to, [](const outcome<int>&) {},
        [number](counted& all) -> outcome<int> {
            all.ran.push_back(number);
            return number;
        });
}

void run_all(const jobs& group, counted& all) {
    for (const auto& each : group) each->run(all);
}

bool ascending_from_zero(const std::vector<int>& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (numbers[i] != static_cast<int>(i)) return false;
    return true;
}

}  // namespace

TEST_CASE("any order of pushing, taking and closing takes each once, in order, and all that waits") {
    const auto base = std::random_device{}();
    here to;
    for (unsigned i = 0; i < 5'000; ++i) {
        INFO("seed " << base + i);
        std::mt19937 random(base + i);
        queue waiting;
        counted all;
        int pushed = 0;
        bool closed = false;
        const auto next = [&] { return numbered(to, pushed); };
        for (int step = 0; step < 60; ++step) {
            switch (random() % 16) {
                case 0: waiting.close(), closed = true; break;
                case 1:
                case 2:
                case 3: {
                    jobs some;
                    const auto before = pushed;
                    for (auto n = random() % 5; n > 0; --n) some.push_back(next()), ++pushed;
                    REQUIRE(waiting.push_all(some) == !closed);
                    if (closed) pushed = before;
                    break;
                }
                case 4:
                case 5:
                case 6: {
                    const auto group = waiting.take(0ms);
                    REQUIRE(group.has_value() == (!closed || static_cast<int>(all.ran.size()) < pushed));
                    if (group) run_all(*group, all);
                    REQUIRE(static_cast<int>(all.ran.size()) == pushed);
                    break;
                }
                default: {
                    auto one = next();
                    REQUIRE(waiting.push(one) == !closed);
                    if (!closed) ++pushed;
                }
            }
        }
        waiting.close();
        if (const auto rest = waiting.take(0ms)) run_all(*rest, all);
        REQUIRE_FALSE(waiting.take(0ms).has_value());
        REQUIRE(static_cast<int>(all.ran.size()) == pushed);
        REQUIRE(ascending_from_zero(all.ran));
    }
}

TEST_CASE("a taker that sleeps is woken by the first of what comes, and by the end") {
    here to;
    queue waiting;
    counted all;
    std::thread taker([&] {
        while (const auto group = waiting.take(1h)) run_all(*group, all);
    });
    for (int i = 0; i < 20'000; ++i) {
        auto one = numbered(to, i);
        REQUIRE(waiting.push(one));
        if (i % 512 == 0) std::this_thread::sleep_for(1ms);  // long enough for it to fall asleep
    }
    waiting.close();
    taker.join();
    CHECK(all.ran.size() == 20'000);
    CHECK(ascending_from_zero(all.ran));
}

TEST_CASE("what a round brings wakes the taker once, at its end, and another round does not wait for it") {
    in_a_round one, other;
    queue waiting;
    const auto push = [&](completions& from) {
        auto each = numbered(from, 0);
        REQUIRE(waiting.push(each));
    };
    for (int i = 0; i < 3; ++i) push(one);
    CHECK(one.waiting() == 1);
    push(other);
    push(one);
    CHECK(other.waiting() == 1);
    CHECK(one.waiting() == 1);
    REQUIRE(waiting.take(0ms)->size() == 5);
    push(one);  // to a taker that may sleep again: the wake-up before may be over when this comes
    CHECK(one.waiting() == 2);
}

TEST_CASE("a taker that sleeps is woken at the ends of rounds") {
    queue waiting;
    counted all;
    std::thread taker([&] {
        while (const auto group = waiting.take(1h)) run_all(*group, all);
    });
    constexpr int rounds = 2'000, in_each = 5;
    std::mutex turn;  // numbers are pushed in their order
    int next = 0;
    const auto work = [&] {
        in_a_round loop;
        for (int i = 0; i < rounds; ++i) {
            for (int j = 0; j < in_each; ++j) {
                const std::lock_guard lock(turn);
                auto each = numbered(loop, next++);
                REQUIRE(waiting.push(each));
            }
            loop.end();
            if (i % 256 == 0) std::this_thread::sleep_for(1ms);
        }
    };
    std::thread one(work), other(work);
    one.join();
    other.join();
    auto last = std::make_shared<std::promise<void>>();
    here to;
    auto end = store::make_job<counted, int>(
        to, [](const outcome<int>&) {},
        [last](counted&) -> outcome<int> {
            last->set_value();
            return 0;
        });
    REQUIRE(waiting.push(end));
    last->get_future().get();
    waiting.close();
    taker.join();
    CHECK(all.ran.size() == 2 * rounds * in_each);
    CHECK(ascending_from_zero(all.ran));
}
