// The audit log as rows (store/audit_chain.hpp says what seals it).
#pragma once

#include <span>
#include <vector>

#include "store/audit_chain.hpp"
#include "store/sqlite/writer.hpp"

namespace hearth::store::sqlite {

[[nodiscard]] audit_head read_audit_head(database& db);
void append_audit(writer& w, std::span<const audit_entry> entries);
[[nodiscard]] std::vector<audit_entry> audit_after(database& db, std::int64_t after, int limit);
[[nodiscard]] audit_report walk_audit(database& db);

}  // namespace hearth::store::sqlite
