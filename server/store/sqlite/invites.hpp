// Invites: how a guest becomes a person and a member in one act.
#pragma once

#include <vector>

#include "store/sqlite/writer.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

[[nodiscard]] outcome<void> add_invite(writer& w, const invite_record& invite);
[[nodiscard]] outcome<invite_record> find_invite(database& db, const std::string& code_hash, time_point at);
[[nodiscard]] std::vector<invite_record> list_invites(database& db, room_id room);
[[nodiscard]] outcome<void> revoke_invite(writer& w, room_id room, const std::string& id);
/// `guest.created_at` is the instant at which the invite has to hold.
[[nodiscard]] outcome<room_id> redeem_invite(writer& w, const std::string& code_hash, const account& guest,
                                             const session_record& session);
[[nodiscard]] outcome<room_id> redeem_invite_for(writer& w, const std::string& code_hash, const user_id& user,
                                                 time_point at);

}  // namespace hearth::store::sqlite
