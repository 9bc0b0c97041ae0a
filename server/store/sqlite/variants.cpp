#include "store/sqlite/variants.hpp"

#include "store/sqlite/audit.hpp"

namespace hearth::store::sqlite {

void decide_variant(writer& w, const variant_decision& what, std::span<const audit_entry> audit) {
    w.db.run(
        "INSERT INTO variants (word, term, category, accepted, decided_at, decided_by)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (word) DO UPDATE SET term = excluded.term,"
        " category = excluded.category, accepted = excluded.accepted, decided_at = excluded.decided_at,"
        " decided_by = excluded.decided_by",
        {what.word, what.term, what.category, what.accepted, what.at, what.by});
    append_audit(w, audit);
}

std::vector<variant_decision> list_variants(database& db) {
    std::vector<variant_decision> out;
    rows found = db.query(
        "SELECT word, term, category, accepted, decided_at, decided_by FROM variants ORDER BY decided_at DESC, word",
        {});
    while (found.next())
        out.push_back(
            {found.text(0), found.text(1), found.text(2), found.integer(3) != 0, found.time(4), {found.text(5)}});
    return out;
}

}  // namespace hearth::store::sqlite
