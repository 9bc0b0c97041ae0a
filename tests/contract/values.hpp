// Plain values to fill a store with; no test framework, so that helper processes can use them too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace hearth::contract {

using store_type = store::store;

/// A fixed instant; tests add to it and never look at the clock. It lies in 2100, out of reach of any housekeeping.
inline constexpr time_point noon{std::chrono::milliseconds(4'102'488'000'000)};
inline constexpr std::chrono::hours hour{1};

[[nodiscard]] account an_account(const std::string& name, role standing);
[[nodiscard]] session_record a_session(const user_id& user, const std::string& token);
[[nodiscard]] invite_record an_invite(room_id room, const std::string& code, std::int64_t uses);
[[nodiscard]] event a_message(const person& from, const std::string& key, const std::string& text);
[[nodiscard]] event an_event(event_type type, const person& from, seq_t target, std::optional<std::string> text = {});
[[nodiscard]] store::room_commit a_commit(const room_info& room, std::vector<event> events);
/// As a `say` does it: the speaker's standing is checked.
[[nodiscard]] store::room_commit a_say(const room_info& room, event message);
[[nodiscard]] review_case a_case(const std::string& id, const room_info& room, const person& author, seq_t seq = 0);
[[nodiscard]] store::audit_entry an_entry(const std::string& action, const std::string& subject);

}  // namespace hearth::contract
