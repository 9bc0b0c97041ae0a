// What the database looks like, and how one of an earlier version becomes one of this version.
#pragma once

#include <filesystem>
#include <memory>

#include "store/sqlite/database.hpp"

namespace hearth::store::sqlite {

/// Opens the database in `data_dir` for reading and writing, made or migrated if need be.
/// Throws data_error: no directory, not writable, not ours, damaged, of a newer version.
[[nodiscard]] std::unique_ptr<database> open_current(const std::filesystem::path& data_dir,
                                                     std::chrono::milliseconds busy);

/// A further connection to a database that open_current() has seen.
[[nodiscard]] std::unique_ptr<database> open_beside(const std::filesystem::path& file, database::mode how,
                                                    std::chrono::milliseconds busy);

/// Throws data_error unless `db` is one of Hearth's, of this version or an earlier one. Returns its version.
std::int64_t check_version(database& db, const std::filesystem::path& file);

[[nodiscard]] std::int64_t schema_version() noexcept;

}  // namespace hearth::store::sqlite
