// SQLite writes each page of its write-ahead log with two calls, 24 bytes of header apart. Here a header waits for its page, and
// both are written with one.
#pragma once

namespace hearth::store::sqlite {

/// Name of a VFS, for sqlite3_open_v2, that is the system's own but for the log. Throws std::runtime_error when SQLite cannot
/// take it.
[[nodiscard]] const char* gathering_vfs();

}  // namespace hearth::store::sqlite
