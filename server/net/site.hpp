// The web pages, read into memory once: small, immutable, with their gzip siblings and entity tags.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace hearth::net {

class site {
public:
    struct page {
        std::string type, etag, body, gzip;  ///< gzip empty: there is none
        bool immutable = false;              ///< its name carries a hash of its content
    };

    site() = default;
    /// Reads every file under `folder`. A folder that is not there makes a site without pages.
    explicit site(const std::filesystem::path& folder);

    /// The page for a URL path: the file itself, or the application's page for a path that names no file.
    [[nodiscard]] const page* find(std::string_view path) const;
    [[nodiscard]] bool empty() const noexcept { return pages_.empty(); }

private:
    std::map<std::string, page, std::less<>> pages_;
};

}  // namespace hearth::net
