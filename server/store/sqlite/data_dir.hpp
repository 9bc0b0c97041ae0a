// The directory that holds everything a server keeps, and the lock that one running server has on it.
#pragma once

#include <filesystem>
#include <stdexcept>

namespace hearth::store::sqlite {

/// Why the data cannot be used, in one line that names the file: for whoever starts the server.
class data_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

[[nodiscard]] std::filesystem::path database_file(const std::filesystem::path& data_dir);

/// Makes the directory (mode 0700) unless it exists; throws data_error when it is none or cannot be written.
void prepare_data_dir(const std::filesystem::path& data_dir);

/// Makes an empty file readable by its owner only, unless it exists. False: it exists. Throws data_error.
/// Never opens an existing file: closing a second descriptor would drop this process's SQLite locks on it.
bool make_private_file(const std::filesystem::path& file);

/// Held by the one server that runs on a data directory; commands work beside it without one.
class data_lock {
public:
    /// Throws data_error naming the process that has it.
    explicit data_lock(const std::filesystem::path& data_dir);
    ~data_lock();
    data_lock(const data_lock&) = delete;
    data_lock& operator=(const data_lock&) = delete;

private:
    int descriptor_ = -1;
};

}  // namespace hearth::store::sqlite
