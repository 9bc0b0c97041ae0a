// Any bytes as header fields and targets.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "net/http_fields.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)hearth::net::cookie_value(text, "hearth_session");
    (void)hearth::net::same_origin(text, "localhost:8080");
    (void)hearth::net::accepts_gzip(text);
    (void)hearth::net::forwarded_for(text);
    const auto locale = hearth::net::best_locale(text);
    if (locale != "en" && locale != "fr" && locale != "id") std::abort();
    if (const auto target = hearth::net::parse_target(text))
        if (target->path.empty() || target->path.front() != '/') std::abort();
    return 0;
}
