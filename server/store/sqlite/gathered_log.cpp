#include "store/sqlite/gathered_log.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

namespace hearth::store::sqlite {
namespace {

constexpr const char* name = "hearth-gathered-log";
constexpr std::size_t header_bytes = 24;  // of a page; https://sqlite.org/fileformat2.html#walformat

sqlite3_vfs* system_vfs() { return sqlite3_vfs_find(nullptr); }

/// SQLite gives memory of `szOsFile` bytes: this, and behind it the system's own file. A header waits for no longer than the
/// next call, which is that of its page: SQLite does nothing between the two. So nothing that waits can be of a transaction
/// that was undone, whose place in the log somebody else may have taken.
struct log_file {
    sqlite3_file base;
    std::vector<std::byte>* waiting;  ///< a header, to be written …
    sqlite3_int64 at;                 ///< … from here on

    static log_file& of(sqlite3_file* file) { return *reinterpret_cast<log_file*>(file); }
    [[nodiscard]] sqlite3_file* real() noexcept { return reinterpret_cast<sqlite3_file*>(this + 1); }

    /// Writes what waits, or gives it up: after a failure SQLite undoes the transaction.
    int write_out() {
        if (waiting->empty()) return SQLITE_OK;
        const int code = real()->pMethods->xWrite(real(), waiting->data(), static_cast<int>(waiting->size()), at);
        waiting->clear();
        return code;
    }

    int write(const std::byte* bytes, std::size_t size, sqlite3_int64 where) {
        if (!waiting->empty() && where == at + static_cast<sqlite3_int64>(waiting->size())) {
            waiting->insert(waiting->end(), bytes, bytes + size);
            return write_out();
        }
        if (const int code = write_out(); code != SQLITE_OK) return code;
        if (size != header_bytes) return real()->pMethods->xWrite(real(), bytes, static_cast<int>(size), where);
        waiting->assign(bytes, bytes + size);
        at = where;
        return SQLITE_OK;
    }
};
static_assert(sizeof(log_file) % alignof(void*) == 0, "the system's file stands behind it");

// Everything but writing is the system's, once it sees what was written.
template <auto method, class... Rest>
int after_writing(sqlite3_file* file, Rest... rest) {
    log_file& log = log_file::of(file);
    if (const int code = log.write_out(); code != SQLITE_OK) return code;
    return (log.real()->pMethods->*method)(log.real(), rest...);
}

template <auto method, class... Rest>
int directly(sqlite3_file* file, Rest... rest) {
    log_file& log = log_file::of(file);
    return (log.real()->pMethods->*method)(log.real(), rest...);
}

int close_log(sqlite3_file* file) {
    log_file& log = log_file::of(file);
    const int written = log.write_out();
    std::unique_ptr<std::vector<std::byte>>(log.waiting).reset();
    const int code = log.real()->pMethods->xClose(log.real());
    return written != SQLITE_OK ? written : code;
}

int write_log(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
    try {
        return log_file::of(file).write(static_cast<const std::byte*>(bytes), static_cast<std::size_t>(size), at);
    } catch (const std::bad_alloc&) { return SQLITE_IOERR_NOMEM; }
}

using methods = sqlite3_io_methods;
const methods log_methods = {
    .iVersion = 1,  // a log is neither shared memory nor mapped
    .xClose = close_log,
    .xRead = after_writing<&methods::xRead>,
    .xWrite = write_log,
    .xTruncate = after_writing<&methods::xTruncate>,
    .xSync = after_writing<&methods::xSync>,
    .xFileSize = after_writing<&methods::xFileSize>,
    .xLock = directly<&methods::xLock>,
    .xUnlock = directly<&methods::xUnlock>,
    .xCheckReservedLock = directly<&methods::xCheckReservedLock>,
    .xFileControl = directly<&methods::xFileControl>,
    .xSectorSize = directly<&methods::xSectorSize>,
    .xDeviceCharacteristics = directly<&methods::xDeviceCharacteristics>,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_file(sqlite3_vfs* /*own*/, const char* path, sqlite3_file* file, int flags, int* given) {
    sqlite3_vfs* const system = system_vfs();
    if ((flags & SQLITE_OPEN_WAL) == 0) return system->xOpen(system, path, file, flags, given);
    log_file& log = log_file::of(file);
    log.base.pMethods = nullptr;  // SQLite does not close what failed to open
    const int code = system->xOpen(system, path, log.real(), flags, given);
    if (code != SQLITE_OK) {
        if (log.real()->pMethods) log.real()->pMethods->xClose(log.real());
        return code;
    }
    log.waiting = new (std::nothrow) std::vector<std::byte>;
    if (!log.waiting) {
        log.real()->pMethods->xClose(log.real());
        return SQLITE_NOMEM;
    }
    log.at = 0;
    log.base.pMethods = &log_methods;
    return SQLITE_OK;
}

const char* add_vfs() {
    static sqlite3_vfs own = *system_vfs();  // its other calls need nothing of its own file but the memory
    own.pNext = nullptr;
    own.zName = name;
    own.szOsFile += static_cast<int>(sizeof(log_file));
    own.xOpen = open_file;
    if (sqlite3_vfs_register(&own, 0) != SQLITE_OK) throw std::runtime_error("SQLite takes no VFS");
    return name;
}

}  // namespace

const char* gathering_vfs() {
    static const char* const registered = add_vfs();
    return registered;
}

}  // namespace hearth::store::sqlite
