#include "net/tls.hpp"

#include <openssl/err.h>

#include <fstream>
#include <string>

#include "core/startup_error.hpp"

namespace hearth::net {
namespace {

void must_be_readable(const std::filesystem::path& file, const char* option) {
    const std::ifstream in(file);
    if (!in) throw startup_error(std::string(option) + ": cannot read " + file.string());
}

std::string reason() {
    const auto code = ERR_peek_last_error();
    const char* text = code == 0 ? nullptr : ERR_reason_error_string(code);
    return text ? text : "unknown reason";
}

}  // namespace

tls_context make_tls(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    must_be_readable(certificate, "--tls-cert");
    must_be_readable(key, "--tls-key");
    tls_context context(SSL_CTX_new(TLS_server_method()));
    if (!context) throw startup_error("TLS cannot be set up: " + reason());
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_options(context.get(),
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context.get(),
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20");
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1)
        throw startup_error("--tls-cert: " + certificate.string() + " is no certificate chain in PEM: " + reason());
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1)
        throw startup_error("--tls-key: " + key.string() + " is no key in PEM, or not the certificate's: " + reason());
    if (SSL_CTX_check_private_key(context.get()) != 1)
        throw startup_error("--tls-key: " + key.string() + " does not belong to " + certificate.string());
    return context;
}

}  // namespace hearth::net
