#include "store/sqlite/rooms.hpp"

#include <algorithm>

#include "store/failures.hpp"
#include "store/language_list.hpp"
#include "store/sqlite/audit.hpp"

namespace hearth::store::sqlite {
namespace {

#define HEARTH_ROOM_COLUMNS                                                                                       \
    "r.id, r.slug, r.title, r.kind, r.topic, r.languages, r.open, r.rules, r.rules_version, r.epoch, r.archived," \
    " r.created_at, r.version"

room_info read_room(const rows& from) {
    room_info out;
    out.id = room_id{from.integer(0)};
    out.slug = from.text(1);
    out.title = from.text(2);
    out.kind = parse_room_kind(from.view(3)).value_or(room_kind::peer_support);
    out.topic = parse_room_topic(from.view(4)).value_or(room_topic::general);
    out.languages = split(from.view(5));
    out.open = from.flag(6);
    out.rules = from.text(7);
    out.rules_version = from.integer(8);
    out.epoch = from.text(9);
    out.archived = from.flag(10);
    out.created_at = from.time(11);
    out.version = from.integer(12);
    return out;
}

std::vector<room_info> read_rooms(rows found) {
    std::vector<room_info> out;
    while (found.next()) out.push_back(read_room(found));
    return out;
}

}  // namespace

outcome<room_info> add_room(writer& w, room_info room, std::span<const audit_entry> audit) {
    if (!room.archived && w.db.exists("SELECT 1 FROM rooms WHERE slug = ?1 AND archived = 0", {room.slug}))
        return refused(errc::conflict, "slug", "a room has this slug");
    room.version = 1;
    if (!room.rules.empty()) room.rules_version = std::max<std::int64_t>(room.rules_version, 1);
    if (room.epoch.empty()) {
        rows made = w.db.query("SELECT lower(hex(randomblob(8)))");
        made.next();
        room.epoch = made.text(0);
    }
    w.db.run(
        "INSERT INTO rooms (slug, title, kind, topic, languages, open, rules, rules_version, epoch, archived,"
        " created_at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        {room.slug, room.title, to_string(room.kind), to_string(room.topic), joined(room.languages), room.open,
         room.rules, room.rules_version, room.epoch, room.archived, room.created_at, room.version});
    room.id = room_id{w.db.last_id()};
    append_audit(w, audit);
    return room;
}

outcome<room_info> update_room(writer& w, const room_info& room, std::span<const audit_entry> audit) {
    room_info next;
    {
        rows found = w.db.query("SELECT " HEARTH_ROOM_COLUMNS " FROM rooms r WHERE r.id = ?1", {room.id});
        if (!found.next()) return refused(errc::unknown_room, "room", "no such room");
        next = read_room(found);
    }
    if (next.version != room.version) return refused(errc::conflict, "version", "the room has changed meanwhile");
    if (next.archived && !room.archived &&
        w.db.exists("SELECT 1 FROM rooms WHERE slug = ?1 AND archived = 0", {next.slug}))
        return refused(errc::conflict, "slug", "another room has this slug now");
    next.rules_version =
        room.rules == next.rules ? next.rules_version : std::max(room.rules_version, next.rules_version + 1);
    next.title = room.title;
    next.kind = room.kind;
    next.topic = room.topic;
    next.languages = room.languages;
    next.open = room.open;
    next.rules = room.rules;
    next.archived = room.archived;
    ++next.version;
    w.db.run(
        "UPDATE rooms SET title = ?2, kind = ?3, topic = ?4, languages = ?5, open = ?6, rules = ?7, rules_version = ?8,"
        " archived = ?9, version = ?10 WHERE id = ?1",
        {next.id, next.title, to_string(next.kind), to_string(next.topic), joined(next.languages), next.open,
         next.rules, next.rules_version, next.archived, next.version});
    w.forget_room(next.id);
    append_audit(w, audit);
    return next;
}

outcome<room_info> find_room(database& db, const std::string& slug) {
    rows found = db.query("SELECT " HEARTH_ROOM_COLUMNS " FROM rooms r WHERE r.slug = ?1 AND r.archived = 0", {slug});
    if (!found.next()) return refused(errc::unknown_room, "room", "no such room");
    return read_room(found);
}

std::vector<room_info> list_rooms(database& db) {
    return read_rooms(db.query("SELECT " HEARTH_ROOM_COLUMNS " FROM rooms r ORDER BY r.slug, r.id"));
}

std::vector<room_info> rooms_of(database& db, const user_id& user) {
    return read_rooms(db.query("SELECT " HEARTH_ROOM_COLUMNS " FROM memberships m JOIN rooms r ON r.id = m.room"
                               " WHERE m.user = ?1 AND m.member = 1 AND r.archived = 0 ORDER BY r.slug",
                               {user}));
}

membership find_membership(database& db, room_id room, const user_id& user) {
    rows found = db.query(
        "SELECT member, accepted_rules, muted_until, banned_until FROM memberships"
        " WHERE room = ?1 AND user = ?2",
        {room, user});
    if (!found.next()) return {};
    return {found.flag(0), found.integer(1), found.maybe_time(2), found.maybe_time(3)};
}

outcome<void> accept_rules(writer& w, room_id room, const user_id& user, std::int64_t version) {
    const room_state* known = w.room(room);
    if (!known || known->archived) return refused(errc::unknown_room, "room", "no such room");
    if (!w.db.exists("SELECT 1 FROM people WHERE id = ?1", {user}))
        return refused(errc::not_found, "user", "no such person");
    w.db.run(
        "INSERT INTO memberships (room, user, accepted_rules) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (room, user) DO UPDATE SET accepted_rules = max(accepted_rules, excluded.accepted_rules)",
        {room, user, version});
    w.forget_speaker(room, user);
    return {};
}

void change_standing(writer& w, room_id room, const standing_change& change) {
    w.db.run("INSERT INTO memberships (room, user) VALUES (?1, ?2) ON CONFLICT (room, user) DO NOTHING",
             {room, change.user});
    if (change.muted_until)
        w.db.run("UPDATE memberships SET muted_until = ?3 WHERE room = ?1 AND user = ?2",
                 {room, change.user, *change.muted_until});
    if (change.banned_until)
        w.db.run("UPDATE memberships SET banned_until = ?3 WHERE room = ?1 AND user = ?2",
                 {room, change.user, *change.banned_until});
    w.forget_speaker(room, change.user);
}

void make_member(writer& w, room_id room, const user_id& user) {
    w.db.run(
        "INSERT INTO memberships (room, user, member) VALUES (?1, ?2, 1)"
        " ON CONFLICT (room, user) DO UPDATE SET member = 1",
        {room, user});
    w.forget_speaker(room, user);
}

}  // namespace hearth::store::sqlite
