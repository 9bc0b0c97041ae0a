#include "store/sqlite/room_writes.hpp"

#include "store/failures.hpp"
#include "store/sqlite/audit.hpp"
#include "store/sqlite/cases.hpp"
#include "store/sqlite/events.hpp"
#include "store/sqlite/people.hpp"
#include "store/sqlite/rooms.hpp"

namespace hearth::store::sqlite {
namespace {

std::optional<failure> refuse_speaker(writer& w, const room_commit& unit) {
    const speaker_state& speaker = w.speaker(unit.room, *unit.speaker);
    const membership& standing = speaker.standing;
    if (speaker.disabled) return refused(errc::unauthenticated, {}, "the account is disabled");
    if (standing.banned_until && *standing.banned_until > unit.at)
        return refused_until(errc::banned, *standing.banned_until, unit.at);
    if (!standing.member && !unit.speaker_is_staff && !unit.open_room)
        return refused(errc::not_a_member, "room", "no member");
    if (standing.muted_until && *standing.muted_until > unit.at)
        return refused_until(errc::muted, *standing.muted_until, unit.at);
    return std::nullopt;
}

std::optional<failure> refuse_opened(database& db, const room_commit& unit) {
    const review_case& opened = *unit.opened;
    if (opened.seq == 0 && unit.events.empty()) return refused(errc::bad_request, "seq", "a case of no message");
    if (opened.seq != 0 && text_of(db, unit.room, opened.seq) == text_state::no_event)
        return refused(errc::not_found, "seq", "no such message");
    if (case_exists(db, opened.id, unit.room, opened.seq))
        return refused(errc::conflict, "case", "there is a case already");
    return std::nullopt;
}

std::optional<failure> refuse_changed(database& db, const room_commit& unit) {
    rows found = db.query("SELECT version, room FROM cases WHERE id = ?1", {unit.changed->id});
    if (!found.next() || room_id{found.integer(1)} != unit.room)
        return refused(errc::not_found, "case", "no such case");
    if (found.integer(0) != unit.changed->version)
        return refused(errc::conflict, "version", "the case has changed meanwhile");
    return std::nullopt;
}

std::optional<failure> refuse(writer& w, const room_commit& unit, const room_state& room) {
    if (unit.speaker) {
        if (room.archived) return refused(errc::unknown_room, "room", "the room is closed");
        if (auto why = refuse_speaker(w, unit)) return why;
    }
    for (const rewrite& each : unit.rewrites) {
        const text_state state = text_of(w.db, unit.room, each.target);
        if (state == text_state::no_event) return refused(errc::not_found, "seq", "no such message");
        if (state == text_state::gone && each.text) return refused(errc::conflict, "seq", "the text is gone for good");
    }
    if (unit.opened)
        if (auto why = refuse_opened(w.db, unit)) return why;
    if (unit.changed)
        if (auto why = refuse_changed(w.db, unit)) return why;
    for (const standing_change& each : unit.standings)
        if (!person_exists(w.db, each.user)) return refused(errc::not_found, "user", "no such person");
    return std::nullopt;
}

/// What an earlier commit made of one of these keys.
std::optional<committed> repeated(database& db, const room_commit& unit, std::size_t from_event) {
    for (std::size_t i = from_event; i < unit.events.size(); ++i) {
        const event& each = unit.events[i];
        if (each.key.empty()) continue;
        if (auto first = find_by_key(db, unit.room, each.author.id, each.key)) {
            committed out;
            out.repeated = true;
            out.seqs = {first->seq};
            out.first = std::move(first);
            return out;
        }
    }
    return std::nullopt;
}

review_case stored(review_case opened, const room_commit& unit, const std::vector<seq_t>& seqs) {
    opened.room = unit.room;
    if (opened.seq == 0) opened.seq = seqs.front();
    if (opened.message.seq == 0) opened.message.seq = opened.seq;
    opened.version = 1;
    return opened;
}

}  // namespace

outcome<committed> commit(writer& w, const room_commit& unit) {
    room_state* room = w.room(unit.room);
    if (!room) return refused(errc::unknown_room, "room", "no such room");
    if (auto why = refuse(w, unit, *room)) {
        // What was acknowledged once stays so, whatever its author's standing has become.
        if (auto first = repeated(w.db, unit, 0)) return std::move(*first);
        return std::move(*why);
    }
    // The first event's key is looked up by inserting it; the usual message costs a single statement.
    if (auto first = repeated(w.db, unit, 1)) return std::move(*first);

    committed out;
    out.seqs.reserve(unit.events.size());
    seq_t next = room->head;
    for (const event& each : unit.events) {
        if (!insert_event(w.db, unit.room, ++next, each)) {
            if (out.seqs.empty())
                if (auto first = repeated(w.db, unit, 0)) return std::move(*first);
            throw std::logic_error("one key twice in a unit");
        }
        out.seqs.push_back(next);
    }
    room->head = next;
    for (const rewrite& each : unit.rewrites) apply_rewrite(w.db, unit.room, each);
    if (unit.changed) {
        out.kase = *unit.changed;
        ++out.kase->version;
        for (auto& card : out.kase->cards)
            if (card.seq == 0 && !out.seqs.empty()) card.seq = out.seqs.front();
        update_case(w.db, *out.kase);
    }
    if (unit.opened) {
        out.kase = stored(*unit.opened, unit, out.seqs);
        insert_case(w.db, *out.kase);
    }
    for (const standing_change& each : unit.standings) change_standing(w, unit.room, each);
    append_audit(w, unit.audit);
    return out;
}

outcome<std::int64_t> erase_person(writer& w, const user_id& id, time_point at) {
    if (!person_exists(w.db, id)) return refused(errc::not_found, "user", "no such person");
    // `room IN (…)` because every index begins with the room.
    const auto messages = w.db.number(
        "SELECT count(*) FROM events INDEXED BY events_by_key"
        " WHERE room IN (SELECT id FROM rooms) AND author = ?1 AND type = 0 AND text IS NOT NULL",
        {id});
    w.db.run(
        "UPDATE events INDEXED BY events_with_text_of SET text = NULL"
        " WHERE type IN (1, 3) AND text IS NOT NULL AND (room, target) IN (SELECT room, seq FROM events"
        " INDEXED BY events_by_key WHERE room IN (SELECT id FROM rooms) AND author = ?1 AND type = 0)",
        {id});
    // A notice, and what an acknowledgement said of a message, can tell as much as the message did.
    w.db.run(
        "UPDATE events SET text = NULL, author_name = ?2, ack = '', fields = CASE WHEN type = 5 THEN '' ELSE fields END"
        " WHERE room IN (SELECT id FROM rooms) AND author = ?1",
        {id, erased_name});
    erase_from_cases(w.db, id);
    end_sessions_of(w, id);
    w.db.run(
        "UPDATE people SET name = ?2, password_hash = '', signs_in = 0, disabled = 1, version = version + 1 WHERE id = "
        "?1",
        {id, erased_name});
    w.db.run("UPDATE memberships SET member = 0 WHERE user = ?1", {id});
    w.forget_speakers();
    audit_entry entry;
    entry.at = at;
    entry.action = "person.erase";
    entry.subject = id.value;
    entry.detail = "{\"messages\":" + std::to_string(messages) + "}";
    append_audit(w, std::span(&entry, 1));
    w.log_holds_erased = true;
    return messages;
}

}  // namespace hearth::store::sqlite
