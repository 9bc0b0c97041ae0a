// SQLite writes each page of its write-ahead log with two calls, its header apart. Here what follows on one another is gathered
// and written with one call before the log is synced, which with synchronous = FULL is before anybody may read it.
#pragma once

namespace hearth::store::sqlite {

/// Name of a VFS, for sqlite3_open_v2, that is the system's own but for the log. Only for connections with synchronous = FULL.
/// Throws std::runtime_error when SQLite cannot take it.
[[nodiscard]] const char* gathering_vfs();

}  // namespace hearth::store::sqlite
