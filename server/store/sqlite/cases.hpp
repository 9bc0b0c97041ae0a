// Review cases as rows: columns for what the queue filters and sorts by, a document for the rest.
#pragma once

#include <optional>

#include "store/sqlite/writer.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

void insert_case(database& db, const review_case& made);
void update_case(database& db, const review_case& changed);
[[nodiscard]] outcome<review_case> find_case(database& db, const case_id& id);
[[nodiscard]] outcome<review_case> find_case_of(database& db, room_id room, seq_t seq);
[[nodiscard]] bool case_exists(database& db, const case_id& id, room_id room, seq_t seq);
[[nodiscard]] outcome<case_page> list_cases(database& db, const case_filter& filter);

/// Takes a person's texts and name out of every case, theirs and others'.
void erase_from_cases(database& db, const user_id& id);

}  // namespace hearth::store::sqlite
