// How the program gets a store on SQLite; nothing else above this folder names SQLite.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "store/sqlite/data_dir.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

struct options {
    std::chrono::milliseconds busy{5'000};  ///< how long to wait for another process that is writing
    std::chrono::milliseconds tick{500};    ///< how often an idle store looks for other processes' changes
};

/// Opens `data_dir`, made and migrated if need be. Any number of processes may at a time; see data_lock for servers.
/// Throws data_error: not a directory, not writable, damaged, of a newer version, of another program.
[[nodiscard]] std::unique_ptr<store> open_sqlite(const std::filesystem::path& data_dir, options how = {});

}  // namespace hearth::store::sqlite
