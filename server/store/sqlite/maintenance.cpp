#include "store/sqlite/maintenance.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>

#include "store/sqlite/schema.hpp"

namespace hearth::store::sqlite {
namespace {

constexpr std::chrono::seconds busy{10};

std::unique_ptr<database> open_existing(const std::filesystem::path& file, database::mode how) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(file, problem)) throw data_error("there is no database " + file.string());
    auto db = open_beside(file, how, busy);
    check_version(*db, file);
    return db;
}

/// A rename is durable only once the directory is.
void sync_directory_of(const std::filesystem::path& file) {
    const auto parent = file.parent_path();
    const int directory = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return;
    ::fsync(directory);
    ::close(directory);
}

bool holds_anything(database& db) {
    return db.number(
               "SELECT EXISTS (SELECT 1 FROM rooms) OR EXISTS (SELECT 1 FROM people) OR EXISTS (SELECT 1 FROM "
               "audit)") != 0;
}

void require_sound(database& db, const std::filesystem::path& file) {
    rows verdict = db.query("PRAGMA integrity_check(1)");
    if (!verdict.next() || verdict.view(0) != "ok") throw data_error(file.string() + " is damaged");
}

template <class Work>
void explained(const std::filesystem::path& file, Work work) {
    try {
        work();
    } catch (const error& problem) { throw data_error("cannot use " + file.string() + " (" + problem.what() + ")"); }
}

}  // namespace

void backup(const std::filesystem::path& data_dir, const std::filesystem::path& file) {
    const auto from = database_file(data_dir);
    const auto part = std::filesystem::path(file.string() + ".part");
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) throw data_error(file.string() + " exists already");
    std::filesystem::remove(part, ignored);  // of a backup that was cut off
    explained(from, [&] {
        const auto source = open_existing(from, database::mode::read_write);
        make_private_file(part);
        try {
            const auto target = open_beside(part, database::mode::read_write, busy);
            source->copy_to(*target);
            // One file that stands alone, without the log beside it.
            target->script("PRAGMA journal_mode = DELETE");
            require_sound(*target, part);
        } catch (...) {
            std::filesystem::remove(part, ignored);
            throw;
        }
    });
    // link() fails where rename() would replace a file that came meanwhile.
    if (::link(part.c_str(), file.c_str()) != 0) {
        const auto problem = std::error_code(errno, std::generic_category());
        std::filesystem::remove(part, ignored);
        throw data_error("cannot make " + file.string() + ": " + problem.message());
    }
    std::filesystem::remove(part, ignored);
    sync_directory_of(file);
}

void restore(const std::filesystem::path& data_dir, const std::filesystem::path& file) {
    prepare_data_dir(data_dir);
    const data_lock alone(data_dir);
    explained(file, [&] {
        const auto source = open_existing(file, database::mode::read_only);
        require_sound(*source, file);
        if (source->number("PRAGMA application_id") == 0) throw data_error(file.string() + " is no backup of hearth");
        const auto target = open_current(data_dir, busy);
        if (holds_anything(*target)) throw data_error("the data directory " + data_dir.string() + " is not empty");
        source->copy_to(*target);
        target->script("PRAGMA journal_mode = WAL");
    });
    // Also brings a backup of an earlier version up to this one.
    (void)open_current(data_dir, busy);
}

audit_report verify_audit(const std::filesystem::path& data_dir) {
    const auto file = database_file(data_dir);
    audit_report report;
    explained(file, [&] { report = walk_audit(*open_existing(file, database::mode::read_write)); });
    return report;
}

}  // namespace hearth::store::sqlite
