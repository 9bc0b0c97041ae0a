#include "store/sqlite/events.hpp"

#include <algorithm>

namespace hearth::store::sqlite {
namespace {

// The numbers are in people's databases: enumerators may be added at the end, never moved.
static_assert(static_cast<int>(event_type::message) == 0 && static_cast<int>(event_type::edited) == 1 &&
              static_cast<int>(event_type::retracted) == 2 && static_cast<int>(event_type::released) == 3 &&
              static_cast<int>(event_type::reaction) == 4 && static_cast<int>(event_type::notice) == 5 &&
              static_cast<int>(event_type::sanction) == 6);
static_assert(static_cast<int>(audience::everyone) == 0 && static_cast<int>(audience::author_and_staff) == 1 &&
              static_cast<int>(audience::author_only) == 2 && static_cast<int>(audience::person_and_staff) == 3 &&
              static_cast<int>(audience::person) == 4);
static_assert(static_cast<int>(role::member) == 0 && static_cast<int>(role::facilitator) == 1 &&
              static_cast<int>(role::moderator) == 2 && static_cast<int>(role::admin) == 3);

#define HEARTH_EVENT_COLUMNS \
    "seq, type, seen_by, at, author, author_name, author_role, key, target, fields, text, was_edited, ack"
// core/event.hpp's visible(), for rows. ?3: everything; ?4: the viewer; ?5: staff.
#define HEARTH_EVENT_VISIBLE "(?3 OR seen_by = 0 OR author = ?4 OR (?5 AND seen_by IN (1, 3)))"

constexpr int most_per_page = 10'000;

event read_event(const rows& from) {
    event out;
    out.seq = static_cast<seq_t>(from.integer(0));
    out.type = static_cast<event_type>(from.integer(1));
    out.seen_by = static_cast<audience>(from.integer(2));
    out.at = from.time(3);
    out.author = {{from.text(4)}, from.text(5), static_cast<role>(from.integer(6))};
    out.key = from.text(7);
    out.target = static_cast<seq_t>(from.integer(8));
    out.fields = from.text(9);
    out.text = from.maybe_text(10);
    out.was_edited = from.flag(11);
    out.ack = from.text(12);
    return out;
}

std::optional<event> first(rows found) {
    if (!found.next()) return std::nullopt;
    return read_event(found);
}

event_page page(database& db, const char* sql, room_id room, std::int64_t from, int limit,
                const std::optional<person>& viewer) {
    event_page out;
    const auto most = static_cast<std::size_t>(std::clamp(limit, 1, most_per_page));
    const user_id nobody;
    {
        rows found =
            db.query(sql, {room, from, !viewer, viewer ? viewer->id : nobody, viewer && viewer->staff(), most + 1});
        while (!out.more && found.next()) {
            if (out.events.size() == most)
                out.more = true;
            else
                out.events.push_back(read_event(found));
        }
    }
    out.head =
        static_cast<seq_t>(db.number("SELECT seq FROM events WHERE room = ?1 ORDER BY seq DESC LIMIT 1", {room}));
    return out;
}

}  // namespace

bool insert_event(database& db, room_id room, seq_t seq, const event& what) {
    const value key = what.key.empty() ? value(std::nullopt) : value(what.key);
    return db.run("INSERT INTO events (room, " HEARTH_EVENT_COLUMNS
                  ")"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
                  " ON CONFLICT (room, author, key) DO NOTHING",
                  {room, seq, what.type, what.seen_by, what.at, what.author.id, what.author.name, what.author.role, key,
                   what.target, what.fields, what.text, what.was_edited, what.ack}) == 1;
}

std::optional<event> find_by_key(database& db, room_id room, const user_id& author, const std::string& key) {
    return first(db.query("SELECT " HEARTH_EVENT_COLUMNS " FROM events WHERE room = ?1 AND author = ?2 AND key = ?3",
                          {room, author, key}));
}

std::optional<event> find_by_seq(database& db, room_id room, seq_t seq) {
    return first(db.query("SELECT " HEARTH_EVENT_COLUMNS " FROM events WHERE room = ?1 AND seq = ?2", {room, seq}));
}

text_state text_of(database& db, room_id room, seq_t seq) {
    rows found = db.query("SELECT text IS NOT NULL FROM events WHERE room = ?1 AND seq = ?2", {room, seq});
    if (!found.next()) return text_state::no_event;
    return found.flag(0) ? text_state::there : text_state::gone;
}

void apply_rewrite(database& db, room_id room, const rewrite& change) {
    // Only what still has a text: what is gone stays gone.
    db.run(
        "UPDATE events SET text = ?3, was_edited = was_edited OR ?3 IS NOT NULL"
        " WHERE room = ?1 AND seq = ?2 AND text IS NOT NULL",
        {room, change.target, change.text});
    db.run(
        "UPDATE events INDEXED BY events_with_text_of SET text = ?3, was_edited = was_edited OR (?3 IS NOT NULL AND "
        "type = 3)"
        " WHERE room = ?1 AND target = ?2 AND type IN (1, 3) AND text IS NOT NULL",
        {room, change.target, change.text});
}

event_page read_after(database& db, room_id room, seq_t after, int limit, const std::optional<person>& viewer) {
    return page(db,
                "SELECT " HEARTH_EVENT_COLUMNS " FROM events WHERE room = ?1 AND seq > ?2 AND " HEARTH_EVENT_VISIBLE
                " ORDER BY seq LIMIT ?6",
                room, static_cast<std::int64_t>(std::min<seq_t>(after, INT64_MAX)), limit, viewer);
}

event_page read_before(database& db, room_id room, std::optional<seq_t> before, int limit,
                       const std::optional<person>& viewer) {
    auto out =
        page(db,
             "SELECT " HEARTH_EVENT_COLUMNS " FROM events WHERE room = ?1 AND seq < ?2 AND " HEARTH_EVENT_VISIBLE
             " ORDER BY seq DESC LIMIT ?6",
             room, static_cast<std::int64_t>(std::min<seq_t>(before.value_or(INT64_MAX), INT64_MAX)), limit, viewer);
    std::reverse(out.events.begin(), out.events.end());
    return out;
}

author_history read_history(database& db, room_id room, const user_id& user) {
    // Messages have keys, so most of this count never leaves the index; the planner would rather read the whole room.
    return {
        .messages = db.number("SELECT count(*) FROM events INDEXED BY events_by_key"
                              " WHERE room = ?1 AND author = ?2 AND (key IS NOT NULL OR type = 0)",
                              {room, user}),
        .cases = db.number("SELECT count(*) FROM cases WHERE room = ?1 AND author = ?2", {room, user}),
        .sanctions = db.number("SELECT count(*) FROM events INDEXED BY events_by_key"
                               " WHERE room = ?1 AND author = ?2 AND key IS NULL AND type = 6",
                               {room, user}),
    };
}

}  // namespace hearth::store::sqlite
