// Rooms, and people's standing in them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "store/sqlite/writer.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

[[nodiscard]] outcome<room_info> add_room(writer& w, room_info room, std::span<const audit_entry> audit);
/// Slug, epoch and birth stay; other rules get a higher version.
[[nodiscard]] outcome<room_info> update_room(writer& w, const room_info& room, std::span<const audit_entry> audit);
[[nodiscard]] outcome<room_info> find_room(database& db, const std::string& slug);
[[nodiscard]] std::vector<room_info> list_rooms(database& db);
[[nodiscard]] std::vector<room_info> rooms_of(database& db, const user_id& user);

[[nodiscard]] membership find_membership(database& db, room_id room, const user_id& user);
[[nodiscard]] outcome<void> accept_rules(writer& w, room_id room, const user_id& user, std::int64_t version);
void change_standing(writer& w, room_id room, const standing_change& change);
void make_member(writer& w, room_id room, const user_id& user);

}  // namespace hearth::store::sqlite
