#include "store/sqlite/writer.hpp"

#include "store/sqlite/audit.hpp"

namespace hearth::store::sqlite {
namespace {

constexpr std::size_t most_remembered = 50'000;  // rows of about 150 bytes

}  // namespace

room_state* writer::room(room_id id) {
    if (const auto known = rooms_.find(id); known != rooms_.end()) return &known->second;
    room_state state;
    {
        rows found = db.query("SELECT archived FROM rooms WHERE id = ?1", {id});
        if (!found.next()) return nullptr;
        state.archived = found.flag(0);
    }
    state.head =
        static_cast<seq_t>(db.number("SELECT seq FROM events WHERE room = ?1 ORDER BY seq DESC LIMIT 1", {id}));
    if (rooms_.size() >= most_remembered) rooms_.clear();
    return &rooms_.emplace(id, state).first->second;
}

const speaker_state& writer::speaker(room_id room, const user_id& user) {
    const place where{room, user};
    if (const auto known = speakers_.find(where); known != speakers_.end()) return known->second;
    speaker_state state;
    rows found = db.query(
        "SELECT p.disabled, m.member, m.accepted_rules, m.muted_until, m.banned_until"
        " FROM people p LEFT JOIN memberships m ON m.room = ?1 AND m.user = p.id WHERE p.id = ?2",
        {room, user});
    static const speaker_state nobody;
    if (!found.next()) return nobody;  // not remembered: they may be made at any time
    state.disabled = found.flag(0);
    state.standing = {found.flag(1), found.integer(2), found.maybe_time(3), found.maybe_time(4)};
    if (speakers_.size() >= most_remembered) speakers_.clear();
    return speakers_.emplace(where, state).first->second;
}

audit_head& writer::audit() {
    if (!audit_) audit_ = read_audit_head(db);
    return *audit_;
}

void writer::forget_all() {
    rooms_.clear();
    speakers_.clear();
    audit_.reset();
}

}  // namespace hearth::store::sqlite
