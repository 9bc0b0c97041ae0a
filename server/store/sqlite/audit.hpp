// The audit log: append-only, each entry sealed by a hash over the one before it.
//
// hash = hex SHA-256 over the previous entry's hash (64 zeros before the first) and n, at (milliseconds since 1970),
// actor, actor_name, action, subject, detail: each as its length in bytes in decimal, ":", the bytes, "\n".
// Changing, removing or inserting an entry breaks every hash after it. What a chain cannot show is that its newest
// entries were cut off; an operator who fears that notes the newest hash elsewhere.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "store/sqlite/writer.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

[[nodiscard]] std::string audit_hash(std::string_view previous, const audit_entry& entry);
[[nodiscard]] audit_head read_audit_head(database& db);
void append_audit(writer& w, std::span<const audit_entry> entries);
[[nodiscard]] std::vector<audit_entry> audit_after(database& db, std::int64_t after, int limit);

struct audit_report {
    std::int64_t entries = 0;                 ///< sound ones, from the first
    std::optional<std::int64_t> first_bad{};  ///< the `n` of the first that does not fit
};

[[nodiscard]] audit_report walk_audit(database& db);

}  // namespace hearth::store::sqlite
