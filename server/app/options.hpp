// What the operator asked for: configuration file first, command line over it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/limits.hpp"
#include "remote/classifier.hpp"

namespace hearth::app {

/// Where the data is; every command takes these.
struct storage {
    std::filesystem::path data = "data";
    std::string store = "sqlite";
    std::string redis;
    int redis_wait_replicas = 0;  ///< that have what is acknowledged; 0: none is asked
    static constexpr int most_wait_replicas = 16;
};

struct serve_options {
    storage where;
    std::string listen = "127.0.0.1:8080";
    int threads = 0;  ///< 0: one per core
    std::filesystem::path tls_cert, tls_key;
    bool behind_proxy = false;
    std::string proxy_protocol;    ///< addresses and networks of proxies, commas between them; empty: none
    std::string public_url;        ///< how people reach the server; from `listen` when empty
    std::filesystem::path assets;  ///< packs, claims, locales, crisis lines; found beside the program when empty
    std::filesystem::path pages;   ///< built web pages; found beside the program when empty
    bool demo = false;
    limits bounds;
    remote::classifier_options remote;
    std::filesystem::path remote_key_file;  ///< holds the bearer token; mode 0600

    /// Something in front of the server has the certificate.
    [[nodiscard]] bool has_proxy() const noexcept { return behind_proxy || !proxy_protocol.empty(); }
};

/// TLS, a proxy that has it, or this machine only: nothing that people say in confidence travels in the clear. Throws startup_error.
void must_be_private(const serve_options& options);

struct room_options {
    storage where;
    std::string slug, title, kind = "peer_support", topic = "general";
    std::vector<std::string> languages;
    bool open = false;
    std::filesystem::path rules;
};

struct user_options {
    storage where;
    std::string name, role;
};

struct pack_options {
    std::filesystem::path packs;  ///< as `hearth packs --packs` takes it; the program's own when empty
    std::filesystem::path other;
    std::string language, name, text, topic = "general";
};

struct invite_options {
    storage where;
    std::string slug, expires = "7d";
    std::int64_t uses = 1;
};

}  // namespace hearth::app
