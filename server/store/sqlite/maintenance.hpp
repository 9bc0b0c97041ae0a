// What an operator does with the data from the command line, beside a running server or without one.
#pragma once

#include <filesystem>

#include "store/sqlite/audit.hpp"
#include "store/sqlite/data_dir.hpp"

namespace hearth::store::sqlite {

/// Writes the database as it is at one instant to `file`, which must not exist; mode 0600. Works while a server runs.
/// Throws data_error; `file` then does not exist.
void backup(const std::filesystem::path& data_dir, const std::filesystem::path& file);

/// Puts a backup in place. Throws data_error: a server runs on `data_dir`, it holds rooms, people or records already,
/// or `file` is no sound backup.
void restore(const std::filesystem::path& data_dir, const std::filesystem::path& file);

/// Walks the whole audit log. Throws data_error when there is no database.
[[nodiscard]] audit_report verify_audit(const std::filesystem::path& data_dir);

}  // namespace hearth::store::sqlite
