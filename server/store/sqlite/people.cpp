#include "store/sqlite/people.hpp"

#include "store/failures.hpp"

namespace hearth::store::sqlite {
namespace {

#define HEARTH_ACCOUNT_COLUMNS "id, name, role, password_hash, disabled, created_at, version"

account read_account(const rows& from) {
    account out;
    out.who = {{from.text(0)}, from.text(1), parse_role(from.view(2)).value_or(role::member)};
    out.password_hash = from.text(3);
    out.disabled = from.flag(4);
    out.created_at = from.time(5);
    out.version = from.integer(6);
    return out;
}

/// A staff account's name is its own; guests may be called what they like.
bool signs_in(const account& who) { return !who.password_hash.empty() || who.who.role != role::member; }

bool name_taken(database& db, const account& who) {
    return db.exists("SELECT 1 FROM people WHERE name = ?1 COLLATE NOCASE AND signs_in = 1 AND id <> ?2",
                     {who.who.name, who.who.id});
}

}  // namespace

bool person_exists(database& db, const user_id& id) { return db.exists("SELECT 1 FROM people WHERE id = ?1", {id}); }

outcome<account> add_account(writer& w, account who) {
    if (signs_in(who) && name_taken(w.db, who)) return refused(errc::conflict, "name", "a staff account has this name");
    if (person_exists(w.db, who.who.id)) return refused(errc::conflict, "id", "somebody has this id");
    who.version = 1;
    w.db.run(
        "INSERT INTO people (id, name, role, password_hash, signs_in, disabled, created_at, version)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        {who.who.id, who.who.name, to_string(who.who.role), who.password_hash, signs_in(who), who.disabled,
         who.created_at, who.version});
    return who;
}

outcome<account> update_account(writer& w, const account& who) {
    auto found = find_account_by_id(w.db, who.who.id);
    if (!found) return found;
    account next = std::move(*found);
    if (next.version != who.version) return refused(errc::conflict, "version", "the account has changed meanwhile");
    if (signs_in(who) && name_taken(w.db, who)) return refused(errc::conflict, "name", "a staff account has this name");
    next.who = who.who;
    next.password_hash = who.password_hash;
    next.disabled = who.disabled;
    ++next.version;
    w.db.run(
        "UPDATE people SET name = ?2, role = ?3, password_hash = ?4, signs_in = ?5, disabled = ?6, version = ?7 WHERE "
        "id = ?1",
        {next.who.id, next.who.name, to_string(next.who.role), next.password_hash, signs_in(next), next.disabled,
         next.version});
    if (next.disabled) end_sessions_of(w, next.who.id);
    w.forget_speakers();
    return next;
}

outcome<account> find_account(database& db, const std::string& name) {
    rows found = db.query(
        "SELECT " HEARTH_ACCOUNT_COLUMNS " FROM people WHERE name = ?1 COLLATE NOCASE AND signs_in = 1", {name});
    if (!found.next()) return refused(errc::not_found, "name", "no such account");
    return read_account(found);
}

outcome<account> find_account_by_id(database& db, const user_id& id) {
    rows found = db.query("SELECT " HEARTH_ACCOUNT_COLUMNS " FROM people WHERE id = ?1", {id});
    if (!found.next()) return refused(errc::not_found, "id", "no such person");
    return read_account(found);
}

std::vector<account> list_accounts(database& db) {
    std::vector<account> out;
    rows found =
        db.query("SELECT " HEARTH_ACCOUNT_COLUMNS " FROM people WHERE signs_in = 1 ORDER BY name COLLATE NOCASE, id");
    while (found.next()) out.push_back(read_account(found));
    return out;
}

outcome<void> add_session(writer& w, const session_record& session) {
    if (!person_exists(w.db, session.user)) return refused(errc::not_found, "user", "no such person");
    if (w.db.run(
            "INSERT INTO sessions (token_hash, user, expires_at, link) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            {blob{session.token_hash}, session.user, session.expires_at, session.link}) == 0)
        return refused(errc::conflict, "token", "this token is in use");
    return {};
}

outcome<std::pair<session_record, person>> find_session(database& db, const std::string& token_hash, time_point at) {
    rows found = db.query(
        "SELECT s.user, s.expires_at, s.link, p.name, p.role FROM sessions s JOIN people p ON p.id = s.user"
        " WHERE s.token_hash = ?1 AND s.expires_at > ?2 AND p.disabled = 0",
        {blob{token_hash}, at});
    if (!found.next()) return refused(errc::unauthenticated, "token", "no such session");
    const user_id user{found.text(0)};
    return std::pair{session_record{token_hash, user, found.time(1), found.flag(2)},
                     person{user, found.text(3), parse_role(found.view(4)).value_or(role::member)}};
}

void end_session(writer& w, const std::string& token_hash) {
    w.db.run("DELETE FROM sessions WHERE token_hash = ?1", {blob{token_hash}});
}

void end_sessions_of(writer& w, const user_id& user) { w.db.run("DELETE FROM sessions WHERE user = ?1", {user}); }

}  // namespace hearth::store::sqlite
