#include "identity/token.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

#include "identity/sodium.hpp"

namespace hearth::identity {

void start_sodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) throw std::runtime_error("libsodium does not start: no source of randomness");
}

std::string new_token() {
    start_sodium();
    std::array<unsigned char, 16> bits{};
    std::string out(sodium_base64_ENCODED_LEN(bits.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    do {
        randombytes_buf(bits.data(), bits.size());
        sodium_bin2base64(out.data(), out.size(), bits.data(), bits.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    } while (out.front() == '-');
    out.pop_back();  // the terminating zero
    return out;
}

std::string hash_token(std::string_view token) {
    std::string out(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()),
                       reinterpret_cast<const unsigned char*>(token.data()), token.size());
    return out;
}

std::string new_id(char kind) {
    // Crockford's alphabet in lower case: no letter that is taken for a digit.
    static constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    start_sodium();
    std::array<unsigned char, 13> bits{};
    randombytes_buf(bits.data(), bits.size());
    std::string out(1, kind);
    for (const unsigned char each : bits) out += alphabet[each & 31];
    return out;
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace hearth::identity
