// A whole community written into Redis record by record, and read back (library/move.lua). Every step may be repeated.
#pragma once

#include <deque>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "store/records.hpp"
#include "store/redis/redis_store.hpp"

namespace hearth::store::redis {

/// "half" while a community is moved to `data`, "whole" afterwards, else empty.
[[nodiscard]] std::string move_state(redis_store& data);

/// Everything throws data_error when Redis refuses or is not there.
class record_target {
public:
    explicit record_target(const std::string& address, const options& how = {});

    /// For the community of this identity (sqlite/record_source.hpp). Refused: `data` holds anything else, or is in use.
    /// Whether an earlier try had begun.
    bool begin(const std::string& identity, std::int64_t last_room);
    /// Takes records one by one; they leave together, at the latest with flush(), and several calls are under way.
    void put(record_kind kind, const record& one);
    /// Returns when all of it has been written.
    void flush();
    /// The records that have these keys, in this order; nothing where there is none.
    [[nodiscard]] std::vector<std::optional<record>> read(record_kind kind, const std::vector<record>& keys);
    /// How many there are, of the kinds that Redis can count: rooms, invites, events, cases, spellings, audit.
    [[nodiscard]] std::vector<std::pair<record_kind, std::int64_t>> counts();
    /// From now on servers may use it.
    void end();

    [[nodiscard]] store& data() noexcept { return data_; }

private:
    [[nodiscard]] std::future<outcome<reply>> ask(const request& what);
    [[nodiscard]] reply answer(std::future<outcome<reply>> from);
    void send();

    redis_store data_;
    record_kind kind_ = record_kind::rooms;
    std::vector<record> gathered_;
    std::size_t bytes_ = 0;
    std::deque<std::future<outcome<reply>>> under_way_;
};

}  // namespace hearth::store::redis
