// Small readings of HTTP header fields and targets, apart from the network so that they can be tested with tables.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hearth::net {

/// The value of one cookie in a Cookie field; empty if it is not there.
[[nodiscard]] std::string cookie_value(std::string_view field, std::string_view name);

/// The best of en, fr, id for an Accept-Language field (RFC 9110, 12.5.4); en if none fits.
[[nodiscard]] std::string best_locale(std::string_view accept_language);

/// Whether a page of `origin` ("https://host:port") may speak for a server reached as `host`. No origin: no browser.
[[nodiscard]] bool same_origin(std::string_view origin, std::string_view host) noexcept;

/// Whether gzip may be sent, by Accept-Encoding.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding) noexcept;

struct target {
    std::string path;
    std::map<std::string, std::string, std::less<>> query;
};
/// Splits and decodes a request target; nullopt when it is malformed or holds a NUL.
[[nodiscard]] std::optional<target> parse_target(std::string_view text);

/// The last address of X-Forwarded-For: the one our own proxy saw.
[[nodiscard]] std::string_view forwarded_for(std::string_view field) noexcept;

}  // namespace hearth::net
