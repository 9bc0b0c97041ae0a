// Staff accounts and guests, and the sessions that stand for them.
#pragma once

#include <utility>
#include <vector>

#include "store/sqlite/writer.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

[[nodiscard]] outcome<account> add_account(writer& w, account who);
[[nodiscard]] outcome<account> update_account(writer& w, const account& who);
[[nodiscard]] outcome<account> find_account(database& db, const std::string& name);
[[nodiscard]] outcome<account> find_account_by_id(database& db, const user_id& id);
[[nodiscard]] std::vector<account> list_accounts(database& db);
[[nodiscard]] bool person_exists(database& db, const user_id& id);

[[nodiscard]] outcome<void> add_session(writer& w, const session_record& session);
[[nodiscard]] outcome<std::pair<session_record, person>> find_session(database& db, const std::string& token_hash,
                                                                      time_point at);
void end_session(writer& w, const std::string& token_hash);
void end_sessions_of(writer& w, const user_id& user);

}  // namespace hearth::store::sqlite
