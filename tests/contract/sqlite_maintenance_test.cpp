#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "contract/fixture.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/maintenance.hpp"
#include "store/sqlite/open.hpp"

using namespace hearth;
using namespace hearth::contract;
using namespace hearth::store::sqlite;
namespace fs = std::filesystem;

namespace {

template <class Work>
std::string complaint(Work work) {
    try {
        work();
    } catch (const data_error& problem) { return problem.what(); }
    return {};
}

fs::path beside(fixture& f, const std::string& name) { return fs::path(f.address()).parent_path() / name; }

void write_audit(fixture& f, int count) {
    for (int i = 0; i < count; ++i)
        REQUIRE(f.ask(&store_type::write_audit, std::vector{an_entry("act", std::to_string(i))}).has_value());
}

void run_sql(fixture& f, const std::string& sql) {
    database db(database_file(f.address()), database::mode::read_write, std::chrono::seconds(1));
    db.script(sql);
}

}  // namespace

TEST_CASE("a backup of a busy server is one instant of it, sound and private") {
    fixture f;
    const data_lock serving(f.address());
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    std::atomic<bool> enough = false;
    std::atomic<int> said = 0;
    std::thread talking([&] {
        for (int i = 0; !enough; ++i) {
            store::room_commit unit = a_say(room, a_message(rowan, std::to_string(i), "text"));
            unit.opened = a_case("c" + std::to_string(i), room, rowan);
            unit.audit = {an_entry("message.hold", std::to_string(i))};
            if (f.ask(&store_type::commit, unit)) ++said;
        }
    });
    while (said < 20) std::this_thread::yield();
    const int before = said;
    const fs::path file = beside(f, "copy.db");
    backup(f.address(), file);
    const int after = said;
    enough = true;
    talking.join();

    struct stat found {};
    REQUIRE(::stat(file.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
    for (const char* rest :
         {"copy.db.part", "copy.db-wal", "copy.db-journal", "copy.db.part-wal", "copy.db.part-journal"})
        CHECK_FALSE(fs::exists(beside(f, rest)));

    const fs::path data = beside(f, "restored");
    restore(data, file);
    CHECK_FALSE(verify_audit(data).first_bad);
    const auto copy = open_sqlite(data);
    const auto log = whole_log(*copy, room.id);
    CHECK(static_cast<int>(log.size()) >= before);
    CHECK(static_cast<int>(log.size()) <= after + 1);
    CHECK(verify_audit(data).entries == static_cast<std::int64_t>(log.size()));
    for (const auto& each : log) REQUIRE(store::wait(*copy, &store_type::find_case_of, room.id, each.seq).has_value());
    CHECK(store::wait(*copy, &store_type::find_session, "token of Rowan", noon).has_value());
    const auto next = store::wait(*copy, &store_type::commit, a_say(room, a_message(rowan, "new", "text")));
    CHECK(next.value().seqs.at(0) == log.size() + 1);
}

TEST_CASE("a backup never replaces a file and needs something to copy") {
    fixture f;
    const fs::path file = beside(f, "copy.db");
    std::ofstream(file) << "mine";
    CHECK(complaint([&] { backup(f.address(), file); }) == file.string() + " exists already");
    CHECK(fs::file_size(file) == 4);
    CHECK(complaint([&] { backup(beside(f, "nowhere"), beside(f, "b.db")); }).find("there is no database") == 0);
    CHECK_FALSE(fs::exists(beside(f, "b.db")));
    CHECK_FALSE(complaint([&] { backup(f.address(), beside(f, "no/such/dir.db")); }).empty());
}

TEST_CASE("restoring touches nothing that is in use or in the way") {
    fixture f;
    f.room();
    const fs::path file = beside(f, "copy.db"), data = beside(f, "other");
    backup(f.address(), file);

    SECTION("a running server") {
        open_sqlite(data).reset();
        const data_lock serving(data);
        CHECK(complaint([&] { restore(data, file); }).find("in use by a running server") != std::string::npos);
    }
    SECTION("data that is there") {
        CHECK(complaint([&] { restore(f.address(), file); }).find("is not empty") != std::string::npos);
        CHECK(f.ask(&store_type::find_room, "harbour").has_value());
    }
    SECTION("an empty database is no obstacle") {
        open_sqlite(data).reset();
        restore(data, file);
        CHECK(store::wait(*open_sqlite(data), &store_type::find_room, "harbour").has_value());
    }
    SECTION("no backup at all") {
        CHECK(complaint([&] { restore(data, beside(f, "none")); }).find("there is no database") == 0);
        std::ofstream(beside(f, "text")) << std::string(9'000, 'x');
        CHECK_FALSE(complaint([&] { restore(data, beside(f, "text")); }).empty());
    }
    SECTION("a damaged backup") {
        std::fstream raw(file, std::ios::in | std::ios::out | std::ios::binary);
        raw.seekp(static_cast<std::streamoff>(fs::file_size(file) / 2));
        raw << std::string(8'000, '\xee');
        raw.close();
        CHECK(complaint([&] { restore(data, file); }).find(file.string()) != std::string::npos);
        restore(beside(f, "third"), [&] {
            backup(f.address(), beside(f, "good.db"));
            return beside(f, "good.db");
        }());
    }
}

TEST_CASE("the audit log tells where it was tampered with") {
    fixture f;
    write_audit(f, 10);
    CHECK(verify_audit(f.address()).entries == 10);
    CHECK_FALSE(verify_audit(f.address()).first_bad);
    f.store().stop();

    SECTION("a changed field") {
        const std::string column =
            GENERATE("at = at + 1", "actor = 'u-x'", "actor_name = ''", "action = 'acts'", "subject = subject || ' '",
                     "detail = '{}'", "hash = replace(hash, 'a', 'b')");
        run_sql(f, "UPDATE audit SET " + column + " WHERE n = 4");
        CHECK(verify_audit(f.address()).first_bad == 4);
        CHECK(verify_audit(f.address()).entries == 3);
    }
    SECTION("a moved border between fields") {
        run_sql(f,
                "UPDATE audit SET action = action || substr(subject, 1, 1), subject = substr(subject, 2) WHERE n = 4");
        CHECK(verify_audit(f.address()).first_bad == 4);
    }
    SECTION("a removed entry") {
        run_sql(f, "DELETE FROM audit WHERE n = 4");
        CHECK(verify_audit(f.address()).first_bad == 5);
    }
    SECTION("a removed entry with the later ones renumbered") {
        run_sql(f, "DELETE FROM audit WHERE n = 4; UPDATE audit SET n = n - 1 WHERE n > 4");
        CHECK(verify_audit(f.address()).first_bad == 4);
    }
    SECTION("a removed beginning") {
        run_sql(f, "DELETE FROM audit WHERE n = 1");
        CHECK(verify_audit(f.address()).first_bad == 2);
    }
    SECTION("an erased person leaves it sound") {
        f.reopen();
        f.staff("Mira");
        REQUIRE(f.ask(&store_type::erase_person, user_id{"u-Mira"}, noon).has_value());
        CHECK(verify_audit(f.address()).entries == 11);
        CHECK_FALSE(verify_audit(f.address()).first_bad);
    }
}
