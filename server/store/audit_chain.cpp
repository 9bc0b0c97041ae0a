#include "store/audit_chain.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace hearth::store {
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
