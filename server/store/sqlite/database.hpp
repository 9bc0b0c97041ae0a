// The one door to SQLite: a connection, its cached statements, and its errors as an exception of our own.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "store/sqlite/value.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace hearth::store::sqlite {

/// Whose fault a failure is decides who pays for it: the whole group, or the one unit that caused it.
enum class trouble : std::uint8_t {
    machine,  ///< disk full or failing, locked by another process, no memory: the same unit may succeed later
    damaged,  ///< the file is no database, or not a sound one
    unit,     ///< a broken constraint or a value too big: only this unit fails, every time
};

class error : public std::runtime_error {
public:
    error(trouble kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
    [[nodiscard]] trouble kind() const noexcept { return kind_; }

private:
    trouble kind_;
};

struct cached_statement {
    sqlite3_stmt* handle = nullptr;
    bool running = false;
};

/// The rows of a running statement; it is reset when this goes out of scope.
class rows {
public:
    explicit rows(cached_statement& statement) noexcept : statement_(&statement) {}
    rows(rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    rows& operator=(rows&&) = delete;
    ~rows();

    /// Moves to the next row; false after the last.
    bool next();
    [[nodiscard]] bool null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] std::string_view view(int column) const;  ///< text or blob, until next()
    [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
    [[nodiscard]] time_point time(int column) const { return time_point(std::chrono::milliseconds(integer(column))); }
    [[nodiscard]] std::optional<std::string> maybe_text(int column) const;
    [[nodiscard]] std::optional<time_point> maybe_time(int column) const;

private:
    cached_statement* statement_;
};

/// One connection, for one thread at a time. Statements are cached by the address of their text, which therefore has to
/// be a literal or live as long as the program.
class database {
public:
    enum class mode : std::uint8_t { read_write, create, read_only };

    database(const std::filesystem::path& file, mode how, std::chrono::milliseconds busy);
    ~database();
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    [[nodiscard]] rows query(const char* sql, std::initializer_list<value> values = {});
    /// Runs a statement to its end; how many rows it changed.
    std::int64_t run(const char* sql, std::initializer_list<value> values = {});
    /// The first column of the first row; 0 when there is none.
    std::int64_t number(const char* sql, std::initializer_list<value> values = {});
    [[nodiscard]] bool exists(const char* sql, std::initializer_list<value> values) {
        return query(sql, values).next();
    }
    /// Several statements that run once: schema and settings.
    void script(const std::string& sql);

    [[nodiscard]] bool in_transaction() const noexcept;
    /// Ends a transaction that must not happen, whatever state the failure left it in.
    void abandon() noexcept;
    [[nodiscard]] std::int64_t last_id() const noexcept;

    /// Pages of the write-ahead log not yet copied, as of this connection's last commit.
    [[nodiscard]] int log_pages() const noexcept { return log_pages_; }
    enum class checkpoint : std::uint8_t { passive, restart, truncate };
    /// Copies the log into the file; true when nothing is left to copy.
    bool flush_log(checkpoint how);
    /// Fills the log's file up with zeros towards so many bytes, for a write that makes a file longer costs its flush a write
    /// of the file's metadata, or a journal's commit. One step of 256 KiB: it holds the write lock for as long as that takes to
    /// hand to the system, and not for the flush. True when there is more to do; what does not fit is taken back.
    bool lengthen_log(std::size_t bytes);
    /// Copies the whole database as it is at this instant; others go on writing meanwhile.
    void copy_to(database& target);

private:
    cached_statement& prepare(const char* sql);
    [[noreturn]] void fail(int code, std::string_view doing) const;

    sqlite3* handle_ = nullptr;
    std::unordered_map<const char*, cached_statement> statements_;
    int log_pages_ = 0;
    int busy_ = 0;  // milliseconds
};

}  // namespace hearth::store::sqlite
