#include "store/sqlite/invites.hpp"

#include "store/failures.hpp"
#include "store/sqlite/people.hpp"
#include "store/sqlite/rooms.hpp"

namespace hearth::store::sqlite {
namespace {

#define HEARTH_INVITE_COLUMNS "i.code_hash, i.id, i.room, i.uses_left, i.expires_at, i.created_at, i.created_by"

invite_record read_invite(const rows& from) {
    return {from.text(0), from.text(1),  room_id{from.integer(2)}, from.integer(3), from.time(4),
            from.time(5), {from.text(6)}};
}

void take_use(writer& w, const std::string& code_hash) {
    w.db.run("UPDATE invites SET uses_left = uses_left - 1 WHERE code_hash = ?1", {blob{code_hash}});
}

}  // namespace

outcome<void> add_invite(writer& w, const invite_record& invite) {
    const room_state* known = w.room(invite.room);
    if (!known || known->archived) return refused(errc::unknown_room, "room", "no such room");
    if (w.db.run("INSERT INTO invites (code_hash, id, room, uses_left, expires_at, created_at, created_by)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                 {blob{invite.code_hash}, invite.id, invite.room, invite.uses_left, invite.expires_at,
                  invite.created_at, invite.created_by}) == 0)
        return refused(errc::conflict, "code", "this invite exists");
    return {};
}

outcome<invite_record> find_invite(database& db, const std::string& code_hash, time_point at) {
    rows found = db.query("SELECT " HEARTH_INVITE_COLUMNS
                          " FROM invites i JOIN rooms r ON r.id = i.room"
                          " WHERE i.code_hash = ?1 AND i.uses_left > 0 AND i.expires_at > ?2 AND r.archived = 0",
                          {blob{code_hash}, at});
    if (!found.next()) return refused(errc::not_found, "invite", "unknown, used up or expired");
    return read_invite(found);
}

std::vector<invite_record> list_invites(database& db, room_id room) {
    std::vector<invite_record> out;
    rows found = db.query(
        "SELECT " HEARTH_INVITE_COLUMNS " FROM invites i WHERE i.room = ?1 ORDER BY i.created_at, i.id", {room});
    while (found.next()) out.push_back(read_invite(found));
    return out;
}

outcome<void> revoke_invite(writer& w, room_id room, const std::string& id) {
    if (w.db.run("DELETE FROM invites WHERE room = ?1 AND id = ?2", {room, id}) == 0)
        return refused(errc::not_found, "invite", "no such invite");
    return {};
}

outcome<room_id> redeem_invite(writer& w, const std::string& code_hash, const account& guest,
                               const session_record& session) {
    const auto invite = find_invite(w.db, code_hash, guest.created_at);
    if (!invite) return invite.error();
    if (session.user != guest.who.id) return refused(errc::bad_request, "session", "a session of somebody else");
    if (w.db.exists("SELECT 1 FROM sessions WHERE token_hash = ?1", {blob{session.token_hash}}))
        return refused(errc::conflict, "token", "this token is in use");
    // The last check is the account's own; from there on nothing can be refused.
    if (const auto made = add_account(w, guest); !made) return made.error();
    take_use(w, code_hash);
    make_member(w, invite->room, guest.who.id);
    (void)add_session(w, session).value();
    return invite->room;
}

outcome<room_id> redeem_invite_for(writer& w, const std::string& code_hash, const user_id& user, time_point at) {
    const auto invite = find_invite(w.db, code_hash, at);
    if (!invite) return invite.error();
    if (!person_exists(w.db, user)) return refused(errc::not_found, "user", "no such person");
    if (find_membership(w.db, invite->room, user).member) return invite->room;
    take_use(w, code_hash);
    make_member(w, invite->room, user);
    return invite->room;
}

}  // namespace hearth::store::sqlite
