#include "identity/password.hpp"

#include <sodium.h>

#include <array>
#include <new>

#include "identity/names.hpp"
#include "identity/sodium.hpp"

namespace hearth::identity {
namespace {

// OWASP's second recommendation for Argon2id: 19 MiB of memory, two passes, one lane.
constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 19 * 1024 * 1024;

constexpr std::size_t least_chars = 12;
constexpr std::size_t most_bytes = 1'024;

failure refused(errc code, std::int64_t limit, std::string detail) {
    failure why;
    why.code = code;
    why.field = "password";
    why.detail = std::move(detail);
    why.limit = limit;
    return why;
}

}  // namespace

std::string hash_password(const std::string& password) {
    start_sodium();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), passes, memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return out.data();
}

bool verify_password(const std::string& password, const std::string& hash) {
    start_sodium();
    static const std::string nobodys = hash_password(new_password());
    const bool right =
        crypto_pwhash_str_verify((hash.empty() ? nobodys : hash).c_str(), password.data(), password.size()) == 0;
    return right && !hash.empty();
}

outcome<void> check_password(std::string_view chosen) {
    if (chosen.size() > most_bytes) return refused(errc::too_long, most_bytes, "too long");
    const auto chars = count_code_points(chosen);
    if (!chars) return refused(errc::bad_request, 0, "not UTF-8");
    if (*chars < least_chars) return refused(errc::bad_request, least_chars, "too short");
    return {};
}

std::string new_password() {
    static constexpr std::string_view alphabet =
        "23456789abcdefghjkmnpqrstuvwxyz";  // nothing that looks like something else
    start_sodium();
    std::string out;
    for (int i = 0; i < 20; ++i) {
        if (i > 0 && i % 4 == 0) out += '-';
        out += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
    }
    return out;
}

}  // namespace hearth::identity
