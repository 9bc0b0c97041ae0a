#include "store/sqlite/audit.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace hearth::store::sqlite {
namespace {

std::string hex_sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256 is not available");
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(2 * size);
    for (unsigned i = 0; i < size; ++i) {
        out += digits[digest[i] >> 4];
        out += digits[digest[i] & 15];
    }
    return out;
}

void add(std::string& out, std::string_view field) {
    out += std::to_string(field.size());
    out += ':';
    out += field;
    out += '\n';
}

audit_entry read_entry(const rows& from) {
    return {from.integer(0), from.time(1), {from.text(2)}, from.text(3),
            from.text(4),    from.text(5), from.text(6),   from.text(7)};
}

}  // namespace

std::string audit_hash(std::string_view previous, const audit_entry& entry) {
    std::string canonical;
    canonical.reserve(256 + entry.detail.size());
    add(canonical, previous);
    add(canonical, std::to_string(entry.n));
    add(canonical, std::to_string(entry.at.time_since_epoch().count()));
    add(canonical, entry.actor.value);
    add(canonical, entry.actor_name);
    add(canonical, entry.action);
    add(canonical, entry.subject);
    add(canonical, entry.detail);
    return hex_sha256(canonical);
}

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
    audit_report report;
    std::string previous(64, '0');
    rows found = db.query("SELECT n, at, actor, actor_name, action, subject, detail, hash FROM audit ORDER BY n");
    while (found.next()) {
        const audit_entry entry = read_entry(found);
        if (entry.n != report.entries + 1 || entry.hash != audit_hash(previous, entry)) {
            report.first_bad = entry.n;
            return report;
        }
        previous = entry.hash;
        ++report.entries;
    }
    return report;
}

}  // namespace hearth::store::sqlite
