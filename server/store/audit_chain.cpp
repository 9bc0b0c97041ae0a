#include "store/audit_chain.hpp"

#include "store/sha256.hpp"

namespace hearth::store {
namespace {

void add(std::string& out, std::string_view field) {
    out += std::to_string(field.size());
    out += ':';
    out += field;
    out += '\n';
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

bool audit_walk::step(const audit_entry& entry) {
    if (report_.first_bad) return false;
    if (entry.n != report_.entries + 1 || entry.hash != audit_hash(previous_, entry)) {
        report_.first_bad = entry.n;
        return false;
    }
    previous_ = entry.hash;
    ++report_.entries;
    return true;
}

}  // namespace hearth::store
