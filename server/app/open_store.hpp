// Which store the options name, and what a command does with it that only one kind of store can.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "store/audit_chain.hpp"
#include "store/sqlite/data_dir.hpp"
#include "store/store.hpp"

namespace hearth::app {

/// Opens the store the options name. Throws startup_error.
[[nodiscard]] std::unique_ptr<store::store> open_store(const storage& where);

/// A store as a server has it.
struct serving_store {
    std::unique_ptr<store::sqlite::data_lock> lock;  ///< a data directory has one server; a Redis any number
    std::unique_ptr<store::store> data;
    std::string place;                  ///< for the log
    std::vector<std::string> warnings;  ///< what an operator should know of it
};

/// As open_store(), and kept from a second server where that must be.
[[nodiscard]] serving_store open_to_serve(const storage& where);

/// Walks the audit log. Throws startup_error.
[[nodiscard]] store::audit_report walk_audit(const storage& where);

/// The data directory of a command that copies or replaces the files of a store. Throws startup_error: it has none.
[[nodiscard]] std::filesystem::path files_of(const storage& where, const std::string& command);

}  // namespace hearth::app
