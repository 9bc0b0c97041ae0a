#include "store/sqlite/audit.hpp"

namespace hearth::store::sqlite {
namespace {

audit_entry read_entry(const rows& from) {
    return {from.integer(0), from.time(1), {from.text(2)}, from.text(3),
            from.text(4),    from.text(5), from.text(6),   from.text(7)};
}

}  // namespace

audit_head read_audit_head(database& db) {
    rows newest = db.query("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1");
    if (newest.next()) return {newest.integer(0), newest.text(1)};
    return {0, std::string(64, '0')};
}

void append_audit(writer& w, std::span<const audit_entry> entries) {
    for (audit_entry entry : entries) {
        audit_head& head = w.audit();
        entry.n = head.n + 1;
        entry.hash = audit_hash(head.hash, entry);
        w.db.run(
            "INSERT INTO audit (n, at, actor, actor_name, action, subject, detail, hash)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            {entry.n, entry.at, entry.actor, entry.actor_name, entry.action, entry.subject, entry.detail, entry.hash});
        head = {entry.n, entry.hash};
    }
}

std::vector<audit_entry> audit_after(database& db, std::int64_t after, int limit) {
    std::vector<audit_entry> out;
    rows found = db.query(
        "SELECT n, at, actor, actor_name, action, subject, detail, hash FROM audit"
        " WHERE n > ?1 ORDER BY n LIMIT ?2",
        {after, limit});
    while (found.next()) out.push_back(read_entry(found));
    return out;
}

audit_report walk_audit(database& db) {
    audit_walk walk;
    rows found = db.query("SELECT n, at, actor, actor_name, action, subject, detail, hash FROM audit ORDER BY n");
    while (found.next() && walk.step(read_entry(found))) {}
    return walk.report();
}

}  // namespace hearth::store::sqlite
