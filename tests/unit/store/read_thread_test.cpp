// Reads that wait together: one snapshot for them, and a failure is its own job's alone.
#include "store/sqlite/read_thread.hpp"

#include <catch2/catch.hpp>
#include <future>
#include <stdexcept>

#include "store/waiting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace hearth;
using namespace hearth::store::sqlite;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 1'000ms;

/// A thread that reads `numbers`, a table of one number, which `writing` may change meanwhile.
struct scene {
    explicit scene(std::chrono::milliseconds snapshot_lasts) {
        writing.script("PRAGMA journal_mode = WAL; CREATE TABLE numbers (n INTEGER); INSERT INTO numbers VALUES (1)");
        reads.emplace(std::make_unique<database>(file, database::mode::read_write, patience), snapshot_lasts);
    }

    std::future<outcome<std::int64_t>> read(std::function<std::int64_t(database&)> work) {
        auto told = std::make_shared<std::promise<outcome<std::int64_t>>>();
        auto got = told->get_future();
        auto each = store::make_job<database, std::int64_t>(
            store::at_once::instance(), [told](outcome<std::int64_t> result) { told->set_value(std::move(result)); },
            [work = std::move(work)](database& db) -> outcome<std::int64_t> { return work(db); });
        REQUIRE(reads->push(each));
        return got;
    }
    /// Holds the thread until `all_wait` is set; reads 0.
    std::future<outcome<std::int64_t>> wait_for(std::promise<void>& all_wait) {
        return read([waited = all_wait.get_future().share()](database&) {
            waited.wait();
            return 0;
        });
    }
    std::future<outcome<std::int64_t>> number() {
        return read([](database& db) { return db.number("SELECT n FROM numbers"); });
    }

    support::temporary_folder folder;
    std::filesystem::path file = folder.path() / "numbers.db";
    database writing{file, database::mode::create, patience};
    std::optional<read_thread> reads;
};

}  // namespace

TEST_CASE("what waits together reads one snapshot, what comes later the newest") {
    scene s(1min);
    std::promise<void> all_wait;
    auto first = s.wait_for(all_wait);
    auto before = s.number();
    auto changed = s.read([&](database&) {
        s.writing.script("UPDATE numbers SET n = 2");
        return 0;
    });
    auto after = s.number();
    all_wait.set_value();
    CHECK(before.get().value() == 1);
    CHECK(changed.get().has_value());
    CHECK(after.get().value() == 1);
    CHECK(s.number().get().value() == 2);
}

TEST_CASE("one that takes long ends its snapshot, so that the log is not held up by all that wait") {
    scene s(1ms);
    std::promise<void> all_wait;
    auto first = s.wait_for(all_wait);
    auto slow = s.read([&](database& db) {
        const auto n = db.number("SELECT n FROM numbers");
        s.writing.script("UPDATE numbers SET n = 2");
        std::this_thread::sleep_for(5ms);
        return n;
    });
    auto after = s.number();
    all_wait.set_value();
    CHECK(slow.get().value() == 1);
    CHECK(after.get().value() == 2);
}

TEST_CASE("one that fails is told so, and those before and after it have their answers") {
    scene s(1min);
    std::promise<void> all_wait;
    auto first = s.wait_for(all_wait);
    auto wrong = s.read([](database& db) { return db.number("SELECT n FROM nowhere"); });
    auto after = s.number();
    all_wait.set_value();
    CHECK(first.get().value() == 0);
    const auto failed = wrong.get();
    REQUIRE(failed.has_error());
    CHECK(failed.error().code == errc::try_later);
    CHECK(after.get().value() == 1);
}
