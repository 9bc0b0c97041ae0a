#include "store/sqlite/database.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "store/sqlite/gathered_log.hpp"

namespace hearth::store::sqlite {
namespace {

trouble kind_of(int code) {
    switch (code & 0xff) {
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
        case SQLITE_FORMAT: return trouble::damaged;
        case SQLITE_CONSTRAINT:
        case SQLITE_TOOBIG:
        case SQLITE_MISMATCH:
        case SQLITE_RANGE:
        case SQLITE_MISUSE:
        case SQLITE_ERROR: return trouble::unit;
        default: return trouble::machine;
    }
}

void bind(sqlite3_stmt* statement, int index, const value& v, sqlite3_destructor_type lifetime) {
    // A null pointer would bind NULL, which an empty text is not.
    const char* bytes = v.text().data() ? v.text().data() : "";
    switch (v.type()) {
        case value::kind::null: sqlite3_bind_null(statement, index); break;
        case value::kind::integer: sqlite3_bind_int64(statement, index, v.number()); break;
        case value::kind::text:
            sqlite3_bind_text64(statement, index, bytes, v.text().size(), lifetime, SQLITE_UTF8);
            break;
        case value::kind::blob: sqlite3_bind_blob64(statement, index, bytes, v.text().size(), lifetime); break;
    }
}

void bind_all(sqlite3_stmt* statement, std::initializer_list<value> values, sqlite3_destructor_type lifetime) {
    int index = 0;
    for (const value& v : values) bind(statement, ++index, v, lifetime);
}

}  // namespace

rows::~rows() {
    if (!statement_) return;
    sqlite3_reset(statement_->handle);
    statement_->running = false;
}

bool rows::next() {
    const int code = sqlite3_step(statement_->handle);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    sqlite3* db = sqlite3_db_handle(statement_->handle);
    throw error(kind_of(code), std::string("reading: ") + sqlite3_errmsg(db));
}

bool rows::null(int column) const { return sqlite3_column_type(statement_->handle, column) == SQLITE_NULL; }
std::int64_t rows::integer(int column) const { return sqlite3_column_int64(statement_->handle, column); }

std::string_view rows::view(int column) const {
    const void* bytes = sqlite3_column_blob(statement_->handle, column);
    const int size = sqlite3_column_bytes(statement_->handle, column);
    return bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
                 : std::string_view();
}

std::optional<std::string> rows::maybe_text(int column) const {
    if (null(column)) return std::nullopt;
    return text(column);
}

std::optional<time_point> rows::maybe_time(int column) const {
    if (null(column)) return std::nullopt;
    return time(column);
}

database::database(const std::filesystem::path& file, mode how, std::chrono::milliseconds busy)
    : busy_(static_cast<int>(busy.count())) {
    const int flags = how == mode::read_only ? SQLITE_OPEN_READONLY
                                             : SQLITE_OPEN_READWRITE | (how == mode::create ? SQLITE_OPEN_CREATE : 0);
    const int code =
        sqlite3_open_v2(file.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, gathering_vfs());
    if (code != SQLITE_OK) {
        const error problem(kind_of(code), "opening: " + std::string(handle_ ? sqlite3_errmsg(handle_) : "no memory"));
        sqlite3_close_v2(handle_);
        throw problem;
    }
    // SQLite quietly falls back to reading only when it may not write.
    if (how != mode::read_only && sqlite3_db_readonly(handle_, "main") == 1) {
        sqlite3_close_v2(handle_);
        throw error(trouble::machine, "opening: no permission to write");
    }
    sqlite3_busy_timeout(handle_, busy_);
    // Without a hook SQLite copies its log during whichever commit happens to cross a line.
    sqlite3_wal_hook(
        handle_,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<database*>(self)->log_pages_ = pages;
            return SQLITE_OK;
        },
        this);
}

database::~database() {
    for (auto& [text, statement] : statements_) sqlite3_finalize(statement.handle);
    sqlite3_close_v2(handle_);
}

void database::fail(int code, std::string_view doing) const {
    throw error(kind_of(code), std::string(doing) + ": " + sqlite3_errmsg(handle_));
}

cached_statement& database::prepare(const char* sql) {
    cached_statement& statement = statements_[sql];
    if (!statement.handle) {
        const int code = sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement.handle, nullptr);
        if (code != SQLITE_OK) fail(code, "preparing");
    }
    if (statement.running) throw std::logic_error("a statement is used inside itself");
    statement.running = true;
    return statement;
}

rows database::query(const char* sql, std::initializer_list<value> values) {
    cached_statement& statement = prepare(sql);
    bind_all(statement.handle, values, SQLITE_TRANSIENT);
    return rows(statement);
}

std::int64_t database::run(const char* sql, std::initializer_list<value> values) {
    cached_statement& statement = prepare(sql);
    bind_all(statement.handle, values, SQLITE_STATIC);
    const rows running(statement);
    int code = sqlite3_step(statement.handle);
    while (code == SQLITE_ROW) code = sqlite3_step(statement.handle);
    if (code != SQLITE_DONE) fail(code, "writing");
    return sqlite3_changes64(handle_);
}

std::int64_t database::number(const char* sql, std::initializer_list<value> values) {
    rows found = query(sql, values);
    return found.next() ? found.integer(0) : 0;
}

void database::script(const std::string& sql) {
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, "preparing the database");
}

bool database::in_transaction() const noexcept { return sqlite3_get_autocommit(handle_) == 0; }

void database::abandon() noexcept {
    if (in_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::int64_t database::last_id() const noexcept { return sqlite3_last_insert_rowid(handle_); }

bool database::flush_log(checkpoint how) {
    const int kind = how == checkpoint::passive   ? SQLITE_CHECKPOINT_PASSIVE
                     : how == checkpoint::restart ? SQLITE_CHECKPOINT_RESTART
                                                  : SQLITE_CHECKPOINT_TRUNCATE;
    int pages = 0;
    int copied = 0;
    // Starting the log over waits for readers; those of other processes may take their time, the caller may not.
    if (how != checkpoint::passive) sqlite3_busy_timeout(handle_, 50);
    const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, kind, &pages, &copied);
    sqlite3_busy_timeout(handle_, busy_);
    if (code != SQLITE_OK && code != SQLITE_BUSY) fail(code, "copying the log");
    const bool all = code == SQLITE_OK && pages == copied;
    if (all) log_pages_ = 0;
    return all;
}

bool database::lengthen_log(std::size_t bytes) {
    static constexpr std::array<char, 256 * 1024> zeros{};
    const char* const file = sqlite3_filename_wal(sqlite3_db_filename(handle_, "main"));
    bool more = false;
    run("BEGIN IMMEDIATE");  // nobody else writes a page to the log, and its file is there
    const int log = ::open(file, O_WRONLY | O_CLOEXEC);
    struct stat info {};
    if (log >= 0 && ::fstat(log, &info) == 0 && static_cast<std::size_t>(info.st_size) < bytes) {
        const auto step = std::min(zeros.size(), bytes - static_cast<std::size_t>(info.st_size));
        more = ::pwrite(log, zeros.data(), step, info.st_size) == static_cast<ssize_t>(step);
        if (!more) (void)!::ftruncate(log, info.st_size);
    }
    abandon();
    if (log >= 0) {
        ::fdatasync(log);
        ::close(log);
    }
    return more;
}

void database::copy_to(database& target) {
    sqlite3_backup* copy = sqlite3_backup_init(target.handle_, "main", handle_, "main");
    if (!copy) target.fail(sqlite3_errcode(target.handle_), "copying");
    // All pages in one step: a single snapshot, which a write-ahead log gives without holding up writers.
    int code = sqlite3_backup_step(copy, -1);
    const int finished = sqlite3_backup_finish(copy);
    if (code == SQLITE_DONE) code = finished;
    if (code != SQLITE_OK) target.fail(code, "copying");
}

}  // namespace hearth::store::sqlite
