#include "net/site.hpp"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <iterator>

namespace hearth::net {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string type_of(const fs::path& file) {
    static const std::map<std::string, std::string, std::less<>> types{{".html", "text/html; charset=utf-8"},
                                                                       {".js", "text/javascript; charset=utf-8"},
                                                                       {".css", "text/css; charset=utf-8"},
                                                                       {".json", "application/json"},
                                                                       {".webmanifest", "application/manifest+json"},
                                                                       {".svg", "image/svg+xml"},
                                                                       {".png", "image/png"},
                                                                       {".ico", "image/x-icon"},
                                                                       {".txt", "text/plain; charset=utf-8"},
                                                                       {".woff2", "font/woff2"},
                                                                       {".map", "application/json"}};
    const auto it = types.find(file.extension().string());
    return it == types.end() ? "application/octet-stream" : it->second;
}

std::string etag_of(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    constexpr std::string_view hex = "0123456789abcdef";
    std::string tag = "\"";
    for (std::size_t i = 0; i < 12; ++i) {
        tag += hex[digest.at(i) >> 4U];
        tag += hex[digest.at(i) & 15U];
    }
    return tag + '"';
}

}  // namespace

site::site(const fs::path& folder) {
    std::error_code missing;
    for (const auto& entry : fs::recursive_directory_iterator(folder, missing)) {
        if (!entry.is_regular_file() || entry.path().extension() == ".gz") continue;
        page p;
        p.type = type_of(entry.path());
        p.body = read(entry.path());
        p.etag = etag_of(p.body);
        auto sibling = entry.path();
        sibling += ".gz";
        if (fs::exists(sibling)) p.gzip = read(sibling);
        const auto path = "/" + fs::relative(entry.path(), folder).generic_string();
        p.immutable = path.starts_with("/assets/");
        pages_.emplace(path, std::move(p));
    }
}

const site::page* site::find(std::string_view path) const {
    if (const auto it = pages_.find(path); it != pages_.end()) return &it->second;
    if (path.starts_with("/assets/") || path.rfind('.') != std::string_view::npos) return nullptr;
    const auto it = pages_.find("/index.html");
    return it == pages_.end() ? nullptr : &it->second;
}

}  // namespace hearth::net
