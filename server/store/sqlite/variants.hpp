// Decisions on spellings: one row per word, the last one holds.
#pragma once

#include <span>
#include <vector>

#include "store/sqlite/writer.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

void decide_variant(writer& w, const variant_decision& what, std::span<const audit_entry> audit);
[[nodiscard]] std::vector<variant_decision> list_variants(database& db);

}  // namespace hearth::store::sqlite
