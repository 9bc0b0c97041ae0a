// The handlers by noun; router.cpp says which route leads to which. Each answers its call exactly once.
#pragma once

#include <functional>
#include <string>

#include "api/call.hpp"

namespace hearth::api {

// session.cpp
void log_in(const call_ptr& c);
void log_out(const call_ptr& c);
void show_me(const call_ptr& c);
// guests.cpp
void enter(const call_ptr& c);
void show_invite(const call_ptr& c);
// rooms.cpp
void list_rooms(const call_ptr& c);
void create_room(const call_ptr& c);
void show_room(const call_ptr& c);
void change_room(const call_ptr& c);
void close_room(const call_ptr& c);
// invites.cpp
void create_invite(const call_ptr& c);
void list_invites(const call_ptr& c);
void revoke_invite(const call_ptr& c);
// staff.cpp
void list_staff(const call_ptr& c);
void add_staff(const call_ptr& c);
void change_staff(const call_ptr& c);
// cases.cpp
void list_cases(const call_ptr& c);
void show_case(const call_ptr& c);
void claim_case(const call_ptr& c);
void give_back_case(const call_ptr& c);
// decisions.cpp
void decide_case(const call_ptr& c);
// fact_cards.cpp
void share_card(const call_ptr& c);
void take_card_back(const call_ptr& c);
// audit.cpp
void list_audit(const call_ptr& c);
// variants.cpp
void list_variants(const call_ptr& c);
void decide_variant(const call_ptr& c);
// resources.cpp
void list_resources(const call_ptr& c);

// What several of them share.

/// The session cookie for a fresh token; with an empty one, its end.
[[nodiscard]] std::pair<std::string, std::string> session_cookie(const call& c, const std::string& token);
/// Rooms that `c.who` may know of: admins all, moderators the open and closed doors alike, members their own and open ones.
void rooms_known(const call_ptr& c, std::function<void(std::vector<room_info>)> next);
/// A room by its number, archived or not; unknown_room.
void room_by_id(const call_ptr& c, room_id id, std::function<void(room_info)> next);
/// [ROOM…]
[[nodiscard]] std::string rooms_json(const std::vector<room_info>& rooms, bool with_rules);
/// CARDS: the cards of a case's categories, those that its message matched first, in the reader's language; empty: none.
[[nodiscard]] std::string cards_json(const moderation::claim_book& claims, const review_case& kase,
                                     std::string_view locale);
/// Answers with CASE and everything around it.
void answer_case(const call_ptr& c, review_case kase);

}  // namespace hearth::api
