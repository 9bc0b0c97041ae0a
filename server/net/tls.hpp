// The server's certificate and key as OpenSSL wants them.
#pragma once

#include <openssl/ssl.h>

#include <filesystem>
#include <memory>

namespace hearth::net {

struct free_context {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
using tls_context = std::unique_ptr<SSL_CTX, free_context>;

/// TLS 1.2 and 1.3 with a PEM chain and key. Throws startup_error naming the file that cannot be used.
[[nodiscard]] tls_context make_tls(const std::filesystem::path& certificate, const std::filesystem::path& key);

}  // namespace hearth::net
