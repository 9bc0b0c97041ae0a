// A room's log as rows: appending, rewriting text in place, and the pages people read.
#pragma once

#include <optional>
#include <span>

#include "store/sqlite/database.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

/// Adds one event as `seq`. False: its author said something with this key in this room before.
bool insert_event(database& db, room_id room, seq_t seq, const event& what);
[[nodiscard]] std::optional<event> find_by_key(database& db, room_id room, const user_id& author,
                                               const std::string& key);
[[nodiscard]] std::optional<event> find_by_seq(database& db, room_id room, seq_t seq);

enum class text_state { no_event, gone, there };
[[nodiscard]] text_state text_of(database& db, room_id room, seq_t seq);
void apply_rewrite(database& db, room_id room, const rewrite& change);

[[nodiscard]] event_page read_after(database& db, room_id room, seq_t after, int limit,
                                    const std::optional<person>& viewer);
[[nodiscard]] event_page read_before(database& db, room_id room, std::optional<seq_t> before, int limit,
                                     const std::optional<person>& viewer);
[[nodiscard]] author_history read_history(database& db, room_id room, const user_id& user);

}  // namespace hearth::store::sqlite
