#include "store/records.hpp"

#include "store/sha256.hpp"

namespace hearth::store {

std::string_view to_string(record_kind kind) noexcept {
    switch (kind) {
        case record_kind::rooms: return "rooms";
        case record_kind::people: return "people";
        case record_kind::standings: return "standings";
        case record_kind::sessions: return "sessions";
        case record_kind::invites: return "invites";
        case record_kind::events: return "events";
        case record_kind::cases: return "cases";
        case record_kind::spellings: return "spellings";
        case record_kind::audit: return "audit";
    }
    return {};
}

std::size_t key_fields(record_kind kind) noexcept {
    return kind == record_kind::standings || kind == record_kind::events ? 2 : 1;
}

bool may_lack(record_kind kind, std::size_t field) noexcept {
    return (kind == record_kind::standings && (field == 4 || field == 5)) ||
           (kind == record_kind::events && field == 11);
}

void record_digest::add(const record& one) {
    std::string bytes = hash_;
    for (const auto& field : one.fields) {
        bytes += field ? std::to_string(field->size()) : "-";
        bytes += ':';
        if (field) bytes += *field;
    }
    hash_ = hex_sha256(bytes);
    ++count_;
}

}  // namespace hearth::store
