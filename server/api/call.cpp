#include "api/call.hpp"

#include <algorithm>

#include "protocol/json_text.hpp"

namespace hearth::api {

using protocol::append_number;
using protocol::append_string;

int status_of(errc code) noexcept {
    switch (code) {
        case errc::unknown_command:
        case errc::bad_request:
        case errc::too_long: return 400;
        case errc::unauthenticated: return 401;
        case errc::not_a_member:
        case errc::agreement_required:
        case errc::forbidden:
        case errc::muted:
        case errc::banned: return 403;
        case errc::unknown_room:
        case errc::not_found: return 404;
        case errc::conflict: return 409;
        case errc::rate_limited: return 429;
        case errc::try_later:
        case errc::internal: return 503;
    }
    return 503;
}

call::~call() {
    if (respond_) fail({errc::try_later, "", "nobody answered"});
}

void call::answer(int status, std::string json, std::vector<std::pair<std::string, std::string>> headers) {
    if (!respond_) return;
    response out;
    out.status = status;
    out.body = std::move(json);
    out.headers = std::move(headers);
    out.headers.emplace_back("Cache-Control", "no-store");
    if (status >= 400) out.content_type = "application/problem+json";
    std::exchange(respond_, nullptr)(std::move(out));
}

void call::fail(const failure& what, std::vector<std::pair<std::string, std::string>> headers, int status) {
    const auto code = to_string(what.code);
    if (status == 0) status = status_of(what.code);
    std::string out = R"({"type":"urn:hearth:problem:)";
    out += code;
    out += R"(","title":)";
    append_string(out, with.words.title(asked.locale, what.code));
    out += R"(,"status":)";
    append_number(out, static_cast<std::int64_t>(status));
    out += R"(,"detail":)";
    append_string(out, with.words.sentence(asked.locale, what));
    out += R"(,"code":")";
    out += code;
    out += '"';
    if (!what.field.empty()) {
        out += R"(,"field":)";
        append_string(out, what.field);
    }
    if (what.limit != 0) {
        out += R"(,"limit":)";
        append_number(out, what.limit);
    }
    if (!what.detail.empty() && what.code != errc::internal) {  // for whoever writes a client, in English
        out += R"(,"reason":)";
        append_string(out, what.detail);
    }
    out += '}';
    if (what.retry_after) {
        const auto seconds =
            std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(*what.retry_after).count());
        headers.emplace_back("Retry-After", std::to_string(seconds));
    }
    if (status == 401) headers.emplace_back("WWW-Authenticate", "Bearer");
    answer(status, std::move(out), std::move(headers));
}

void call::guarded(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception&) { fail({errc::internal, "", ""}); }
}

bool call::within(identity::rate_limiter& limiter, std::string_view key) {
    if (!with.bounds.rate_limits) return true;
    const auto wait = limiter.take(key, now());
    if (!wait) return true;
    fail({errc::rate_limited, "", "", 0, *wait});
    return false;
}

store::audit_entry call::act(std::string action, std::string subject, std::string detail) const {
    store::audit_entry entry;
    entry.at = now();
    entry.actor = who.id;
    entry.actor_name = who.name;
    entry.action = std::move(action);
    entry.subject = std::move(subject);
    entry.detail = std::move(detail);
    return entry;
}

}  // namespace hearth::api
