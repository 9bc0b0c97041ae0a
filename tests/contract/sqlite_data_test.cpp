// What only the SQLite store promises of its files.
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "contract/fixture.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/open.hpp"
#include "store/sqlite/schema.hpp"

using namespace hearth;
using namespace hearth::contract;
using namespace hearth::store::sqlite;
namespace fs = std::filesystem;

namespace {

unsigned mode_of(const fs::path& path) {
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 0777;
}

/// The one line an operator would read.
std::string complaint(const fs::path& data) {
    try {
        open_sqlite(data).reset();
    } catch (const data_error& problem) { return problem.what(); }
    return {};
}

void run_sql(const fs::path& data, const std::string& sql) {
    database db(database_file(data), database::mode::read_write, std::chrono::seconds(1));
    db.script(sql);
}

bool mentions(const std::string& line, const std::string& part) {
    return line.find(part) != std::string::npos && line.find('\n') == std::string::npos;
}

/// Bytes that any file may grow to; put back at the end.
class file_size_limit {
public:
    explicit file_size_limit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit tight = before_;
        tight.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &tight);
    }
    ~file_size_limit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    file_size_limit(const file_size_limit&) = delete;
    file_size_limit& operator=(const file_size_limit&) = delete;

private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("the data is its owner's only") {
    fixture f;
    f.room();
    const fs::path data = f.address();
    CHECK(mode_of(data) == 0700);
    for (const char* name : {"hearth.db", "hearth.db-wal", "hearth.db-shm"}) CHECK(mode_of(data / name) == 0600);
}

TEST_CASE("data that cannot be used is named in one line") {
    fixture f;
    f.store().stop();
    const fs::path data = fs::path(f.address()).parent_path() / "other";
    const fs::path file = database_file(data);

    SECTION("a file where the directory should be") {
        std::ofstream(data) << "text";
        CHECK(mentions(complaint(data), data.string() + " is not a directory"));
    }
    SECTION("a directory that cannot be made") {
        CHECK(mentions(complaint("/proc/nowhere/data"), "/proc/nowhere/data"));
    }
    SECTION("a file that is no database") {
        fs::create_directory(data);
        std::ofstream(file) << std::string(5'000, 'x');
        CHECK(mentions(complaint(data), file.string() + " is damaged or not a database"));
    }
    SECTION("another program's database") {
        fs::create_directory(data);
        {
            database theirs(file, database::mode::create, std::chrono::seconds(1));
            theirs.script("CREATE TABLE notes (text)");
        }
        CHECK(mentions(complaint(data), file.string() + " is a database of another program"));
    }
    SECTION("a newer version's database, which stays as it is") {
        open_sqlite(data).reset();
        run_sql(data, "PRAGMA user_version = " + std::to_string(schema_version() + 1));
        CHECK(mentions(complaint(data), file.string() + " was written by a newer version"));
        run_sql(data, "PRAGMA user_version = " + std::to_string(schema_version()));
        CHECK(complaint(data).empty());
    }
    SECTION("a damaged page") {
        open_sqlite(data).reset();
        std::fstream raw(file, std::ios::in | std::ios::out | std::ios::binary);
        raw.seekp(20);
        raw << std::string(200, '\xee');
        raw.close();
        CHECK(mentions(complaint(data), file.string()));
    }
}

TEST_CASE("one server at a time, and the second is told which process is the first") {
    fixture f;
    const fs::path data = f.address();
    {
        const data_lock held(data);
        CHECK(mode_of(data / "hearth.lock") == 0600);
        std::string told;
        try {
            const data_lock second(data);
        } catch (const data_error& problem) { told = problem.what(); }
        CHECK(mentions(told, "process " + std::to_string(::getpid())));
        CHECK(mentions(told, data.string()));
        // Commands work beside it.
        CHECK(f.open_another() != nullptr);
    }
    CHECK_NOTHROW(data_lock(data));
}

TEST_CASE("a full disk fails whole units with try_later, and what fits later is taken") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    f.say(room, rowan, "k0", "before");
    const std::string long_text(3'000, 'x');
    int said = 1, refused = 0;
    {
        const file_size_limit tight(640 * 1024);
        for (int i = 1; i < 400 && refused < 5; ++i) {
            store::room_commit unit = a_say(room, a_message(rowan, "k" + std::to_string(i), long_text));
            unit.opened = a_case("c" + std::to_string(i), room, rowan);
            const auto got = f.ask(&store_type::commit, unit);
            if (got) {
                CHECK(refused == 0);
                CHECK(got->seqs.at(0) == static_cast<seq_t>(++said));
            } else {
                CHECK(code_of(got) == errc::try_later);
                CHECK(got.error().retry_after);
                ++refused;
            }
        }
        CHECK(refused == 5);
        CHECK(said > 5);
        // A page may be left; then even the least is refused, and said so.
        outcome<void> checked;
        for (int i = 0; i < 20 && checked; ++i) checked = f.ask(&store_type::check);
        CHECK(code_of(checked) == errc::try_later);
        // Reading goes on.
        CHECK(f.ask(&store_type::events_before, room.id, std::nullopt, 10, std::nullopt)->head ==
              static_cast<seq_t>(said));
    }
    CHECK(f.ask(&store_type::check).has_value());
    CHECK(f.say(room, rowan, "after", "after") == static_cast<seq_t>(said + 1));
    f.reopen();
    const auto log = whole_log(f.store(), room.id);
    REQUIRE(log.size() == static_cast<std::size_t>(said + 1));
    for (std::size_t i = 1; i + 1 < log.size(); ++i) {
        CHECK(log[i].text == long_text);
        CHECK(f.ask(&store_type::find_case_of, room.id, log[i].seq).has_value());
    }
}

TEST_CASE("somebody else's write lock is waited for, then answered with try_later") {
    fixture f;
    const room_info room = f.room();
    const auto patient =
        open_sqlite(f.address(), {.busy = std::chrono::milliseconds(100), .tick = std::chrono::milliseconds(500)});
    database other(database_file(f.address()), database::mode::read_write, std::chrono::seconds(1));
    other.script("BEGIN IMMEDIATE");
    CHECK(code_of(store::wait(*patient, &store_type::check)) == errc::try_later);
    CHECK(store::wait(*patient, &store_type::find_room, "harbour").has_value());
    other.script("COMMIT");
    CHECK(store::wait(*patient, &store_type::check).has_value());
}

TEST_CASE("the log beside the database stays bounded while messages pour in, and a reader does not stop them") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    const fs::path log = fs::path(f.address()) / "hearth.db-wal";
    const std::string text(3'500, 'x');
    std::uintmax_t largest = 0;
    std::atomic<bool> enough = false;
    std::thread reading([&, another = f.open_another()] {
        while (!enough)
            (void)store::wait(*another, &store_type::events_before, room.id, std::nullopt, 500, std::nullopt);
    });
    for (int i = 0; i < 120; ++i) {
        std::vector<event> many;
        for (int j = 0; j < 150; ++j)
            many.push_back(a_message(rowan, std::to_string(i) + "-" + std::to_string(j), text));
        f.commit(a_commit(room, many));
        largest = std::max(largest, fs::file_size(log));
    }
    enough = true;
    reading.join();
    CHECK(f.ask(&store_type::events_before, room.id, std::nullopt, 1, std::nullopt)->head == 120 * 150);
    CHECK(largest < std::uintmax_t{80} << 20);  // the messages alone are 63 MiB, their pages in the log more
    CHECK(fs::file_size(database_file(f.address())) > std::uintmax_t{50} << 20);
}

TEST_CASE("under load the log is copied once a second, not each time it has grown by 8 MiB") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    const fs::path log = fs::path(f.address()) / "hearth.db-wal";
    const std::string text(3'500, 'x');
    std::uintmax_t largest = 0;
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 60 && largest < std::uintmax_t{15} << 20; ++i) {
        std::vector<event> many;
        for (int j = 0; j < 150; ++j)
            many.push_back(a_message(rowan, std::to_string(i) + "-" + std::to_string(j), text));
        f.commit(a_commit(room, many));
        largest = std::max(largest, fs::file_size(log));
    }
    const bool within_a_second = std::chrono::steady_clock::now() - began < std::chrono::seconds(1);
    CHECK((largest >= std::uintmax_t{15} << 20 || !within_a_second));
}

TEST_CASE("the log soon has its usual length, and what a crash leaves of such a log is read") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    const fs::path log = fs::path(f.address()) / "hearth.db-wal";
    CHECK(fs::file_size(log) < std::uintmax_t{1} << 20);  // a command's few writes do not make it long
    seq_t said = 0;
    for (int i = 0; i < 60; ++i) said = f.say(room, rowan, "k" + std::to_string(i), std::to_string(i));
    constexpr std::uintmax_t usual = 7'800'000;  // what 2,000 pages take, about
    for (int i = 0; i < 200 && fs::file_size(log) < usual; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(fs::file_size(log) >= usual);
    said = f.say(room, rowan, "last", "last");
    const auto elsewhere = new_place();
    const fs::path crashed = elsewhere->address();
    fs::create_directory(crashed);
    for (const char* name : {"hearth.db", "hearth.db-wal"}) fs::copy_file(fs::path(f.address()) / name, crashed / name);
    const auto found = open_sqlite(crashed);
    const auto last = store::wait(*found, &store_type::events_before, room.id, std::nullopt, 1, std::nullopt);
    REQUIRE(last.has_value());
    CHECK(last->head == said);
    CHECK(last->events.at(0).text == "last");
}

TEST_CASE("a page goes to the log with one write") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    for (int i = 0; i < 100; ++i) f.say(room, rowan, "k" + std::to_string(i), std::string(300, 'x'));
    const auto writes = [] {
        std::ifstream counters("/proc/self/io");
        std::string name;
        for (long value = 0; counters >> name >> value;)
            if (name == "syscw:") return value;
        return 0L;
    };
    const fs::path log = fs::path(f.address()) / "hearth.db-wal";
    for (int i = 0; i < 200 && fs::file_size(log) < 7'800'000; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // nothing else is written then
    const auto before = writes();
    for (int i = 0; i < 50; ++i) f.say(room, rowan, "n" + std::to_string(i), std::string(300, 'x'));
    const auto each = static_cast<double>(writes() - before) / 50;
    CHECK(each >= 2);   // a message is two pages, its room's and its key's
    CHECK(each < 3.5);  // with a write for each header it would be four and more
}

TEST_CASE("sessions that ended days ago are cleared away, others are not") {
    fixture f;
    const account mira = f.staff("Mira");
    session_record old = a_session(mira.who.id, "old"), recent = a_session(mira.who.id, "recent");
    old.expires_at = now() - std::chrono::hours(48);
    recent.expires_at = now() - std::chrono::hours(1);
    REQUIRE(f.ask(&store_type::add_session, old).has_value());
    REQUIRE(f.ask(&store_type::add_session, recent).has_value());
    database look(database_file(f.address()), database::mode::read_only, std::chrono::seconds(1));
    const auto left = [&] { return look.number("SELECT count(*) FROM sessions"); };
    for (int i = 0; i < 200 && left() == 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(left() == 1);
    CHECK(look.exists("SELECT 1 FROM sessions WHERE token_hash = ?1", {blob{"recent"}}));
}

TEST_CASE("erased text is in none of the files") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan"), sol = f.member(room, "Sol");
    const std::string needle = "a sentence nobody else would write";
    for (int i = 0; i < 50; ++i) f.say(room, rowan, "k" + std::to_string(i), needle);
    store::room_commit report = a_commit(room, {});
    report.opened = a_case("c1", room, rowan, 1);
    report.opened->message.text = needle;
    f.commit(report);
    REQUIRE(f.ask(&store_type::erase_person, rowan.id, noon).has_value());
    f.say(room, sol, "k", "life goes on");
    f.store().stop();
    for (const auto& entry : fs::directory_iterator(f.address())) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)), {});
        CAPTURE(entry.path().filename().string());
        CHECK(bytes.find(needle) == std::string::npos);
    }
}
