// Everything a data directory holds, as records to carry elsewhere; nobody else may write to it meanwhile.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "core/clock.hpp"
#include "store/records.hpp"
#include "store/sqlite/data_dir.hpp"
#include "store/sqlite/database.hpp"

namespace hearth::store::sqlite {

class record_source {
public:
    /// Sessions that have ended by `at` are left out. Throws data_error: no data, a server runs on it, another command
    /// writes to it, of a newer version, nothing in it, a room's log with a hole.
    record_source(const std::filesystem::path& data_dir, time_point at);

    /// Names this community, whatever is said in it later.
    [[nodiscard]] const std::string& identity() const noexcept { return identity_; }
    /// The highest number that a room ever had.
    [[nodiscard]] std::int64_t last_room();
    [[nodiscard]] std::int64_t count(record_kind kind);
    /// Every record of a kind, always in the same order. Throws data_error.
    void each(record_kind kind, const std::function<void(record)>& visit);

private:
    template <class Work>
    auto explained(Work work);

    std::filesystem::path file_;
    time_point at_;
    std::unique_ptr<data_lock> lock_;
    std::unique_ptr<database> db_;
    std::string identity_;
};

}  // namespace hearth::store::sqlite
