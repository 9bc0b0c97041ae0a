// A whole community as plain records, kind by kind: what is carried from one store to another and held against it there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::store {

/// In an order in which each kind finds what it speaks of.
enum class record_kind : std::uint8_t {
    rooms,
    people,
    standings,
    sessions,
    invites,
    events,
    cases,
    spellings,
    audit,
};
inline constexpr std::array record_kinds{record_kind::rooms,    record_kind::people,    record_kind::standings,
                                         record_kind::sessions, record_kind::invites,   record_kind::events,
                                         record_kind::cases,    record_kind::spellings, record_kind::audit};

/// For people and for the functions' names in Redis.
[[nodiscard]] std::string_view to_string(record_kind kind) noexcept;

/// One record's fields, numbers as decimal text, in the order of sqlite/record_source.cpp and redis/library/move.lua.
struct record {
    std::vector<std::optional<std::string>> fields;
};

/// Which of a kind's fields, from the first, name a record.
[[nodiscard]] std::size_t key_fields(record_kind kind) noexcept;

/// Whether this field may be none.
[[nodiscard]] bool may_lack(record_kind kind, std::size_t field) noexcept;

/// How many records, and one hash over all of them in their order.
class record_digest {
public:
    void add(const record& one);
    [[nodiscard]] std::int64_t count() const noexcept { return count_; }
    /// Hex SHA-256 over the hash before and the record's fields; 64 zeros when there was none.
    [[nodiscard]] const std::string& hash() const noexcept { return hash_; }
    bool operator==(const record_digest&) const = default;

private:
    std::int64_t count_ = 0;
    std::string hash_ = std::string(64, '0');
};

}  // namespace hearth::store
