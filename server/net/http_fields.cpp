#include "net/http_fields.hpp"

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cctype>

namespace hearth::net {
namespace {

std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Calls `use` with each trimmed part between separators.
template <class F>
void each_part(std::string_view text, char separator, F use) {
    while (!text.empty()) {
        const auto end = text.find(separator);
        use(trim(text.substr(0, end)));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

char lower(char c) noexcept { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// Thousandths of a quality value in the parameters of a list item ("fr;q=0.8"); 1000 without one.
int quality(std::string_view item) noexcept {
    const auto at = item.find("q=");
    if (at == std::string_view::npos) return 1000;
    int value = 0;
    int scale = 1000;  // of the next digit
    for (const char c : item.substr(at + 2)) {
        if (c == '.') continue;
        if (c < '0' || c > '9' || scale == 0) break;
        value += (c - '0') * scale;
        scale /= 10;
    }
    return std::min(value, 1000);
}

}  // namespace

std::string cookie_value(std::string_view field, std::string_view name) {
    std::string found;
    each_part(field, ';', [&](std::string_view part) {
        if (found.empty() && part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=')
            found = std::string(part.substr(name.size() + 1));
    });
    return found;
}

std::string best_locale(std::string_view accept_language) {
    constexpr std::array<std::string_view, 3> known{"en", "fr", "id"};
    std::string best = "en";
    int best_quality = 0;
    each_part(accept_language, ',', [&](std::string_view item) {
        std::string language;
        for (const char c : item.substr(0, item.find_first_of("-;"))) language += lower(c);
        if (language == "in") language = "id";  // the old code for Indonesian, still sent by old phones
        const int q = quality(item);
        if (q > best_quality && std::find(known.begin(), known.end(), language) != known.end()) {
            best = language;
            best_quality = q;
        }
    });
    return best;
}

bool same_origin(std::string_view origin, std::string_view host) noexcept {
    if (origin.empty()) return true;
    const auto scheme = origin.find("://");
    if (scheme == std::string_view::npos) return false;
    const auto authority = origin.substr(scheme + 3);
    return std::equal(authority.begin(), authority.end(), host.begin(), host.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

bool accepts_gzip(std::string_view accept_encoding) noexcept {
    bool yes = false;
    each_part(accept_encoding, ',', [&](std::string_view item) {
        if (item.substr(0, item.find(';')) == "gzip" && quality(item) > 0) yes = true;
    });
    return yes;
}

std::optional<target> parse_target(std::string_view text) {
    const auto parsed = boost::urls::parse_origin_form({text.data(), text.size()});
    if (!parsed) return std::nullopt;
    target result;
    result.path = parsed->path();
    for (const auto item : parsed->params()) result.query.emplace(item.key, item.value);
    if (result.path.find('\0') != std::string::npos) return std::nullopt;
    return result;
}

std::string_view forwarded_for(std::string_view field) noexcept { return trim(field.substr(field.rfind(',') + 1)); }

}  // namespace hearth::net
