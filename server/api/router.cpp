#include "api/router.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "api/call.hpp"
#include "api/routes.hpp"
#include "identity/token.hpp"

namespace hearth::api {
namespace {

/// Who may take a route. `anyone`: a token that opens nothing is no hindrance, one that does tells who asks.
enum class standing : std::uint8_t { anyone, signed_in, host, staff, admin };

struct route {
    std::string_view method;
    std::string_view path;  ///< "{}" stands for one part
    standing needs;
    void (*handler)(const call_ptr&);
};

constexpr std::array<route, 27> routes{{
    {"POST", "/login", standing::anyone, log_in},
    {"POST", "/logout", standing::signed_in, log_out},
    {"GET", "/me", standing::signed_in, show_me},
    {"POST", "/guests", standing::anyone, enter},
    {"GET", "/invites/{}", standing::anyone, show_invite},
    {"GET", "/rooms", standing::signed_in, list_rooms},
    {"POST", "/rooms", standing::admin, create_room},
    {"GET", "/rooms/{}", standing::signed_in, show_room},
    {"PATCH", "/rooms/{}", standing::admin, change_room},
    {"DELETE", "/rooms/{}", standing::admin, close_room},
    {"GET", "/rooms/{}/invites", standing::host, list_invites},
    {"POST", "/rooms/{}/invites", standing::host, create_invite},
    {"DELETE", "/rooms/{}/invites/{}", standing::host, revoke_invite},
    {"GET", "/staff", standing::admin, list_staff},
    {"POST", "/staff", standing::admin, add_staff},
    {"PATCH", "/staff/{}", standing::admin, change_staff},
    {"GET", "/cases", standing::staff, list_cases},
    {"GET", "/cases/{}", standing::staff, show_case},
    {"POST", "/cases/{}/claim", standing::staff, claim_case},
    {"POST", "/cases/{}/release", standing::staff, give_back_case},
    {"POST", "/cases/{}/decisions", standing::staff, decide_case},
    {"POST", "/cases/{}/cards", standing::staff, share_card},
    {"DELETE", "/cases/{}/cards/{}", standing::staff, take_card_back},
    {"GET", "/audit", standing::admin, list_audit},
    {"GET", "/variants", standing::staff, list_variants},
    {"POST", "/variants/{}", standing::staff, decide_variant},
    {"GET", "/resources", standing::anyone, list_resources},
}};

constexpr std::string_view prefix = "/api/v1";

role role_for(standing needs) {
    switch (needs) {
        case standing::anyone:
        case standing::signed_in: return role::member;
        case standing::host: return role::facilitator;
        case standing::staff: return role::moderator;
        case standing::admin: return role::admin;
    }
    return role::admin;
}

/// The parts that the pattern's blanks stand for, if the path fits.
std::optional<std::vector<std::string>> fit(std::string_view pattern, std::string_view path) {
    std::vector<std::string> blanks;
    while (!pattern.empty() && !path.empty()) {
        pattern.remove_prefix(1);  // both begin with "/"
        if (path.front() != '/') return std::nullopt;
        path.remove_prefix(1);
        const auto wanted = pattern.substr(0, pattern.find('/'));
        const auto given = path.substr(0, path.find('/'));
        if (wanted == "{}" && !given.empty())
            blanks.emplace_back(given);
        else if (wanted != given)
            return std::nullopt;
        pattern.remove_prefix(wanted.size());
        path.remove_prefix(given.size());
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return blanks;
}

bool writes(const request& asked) { return asked.method != "GET"; }

/// A page of another site must not act with the cookie that the browser adds by itself, nor sign anyone in.
bool foreign(const call& c) {
    if (!writes(c.asked) || !c.asked.bearer.empty()) return false;
    if (c.asked.origin.empty()) return !c.asked.cookie.empty();
    return !same_origin(c.asked.origin, c.asked.host, c.with.how.public_url);
}

void dispatch(const call_ptr& c, const route& to) {
    if (foreign(*c)) return c->fail({errc::forbidden, "", "the Origin does not match"});
    const auto token = c->asked.bearer.empty() ? c->asked.cookie : c->asked.bearer;
    const bool open = to.needs == standing::anyone;
    if (token.empty()) return open ? to.handler(c) : c->fail({errc::unauthenticated, "", "no token and no session"});

    auto known_or_not = [c, token, open, &to](outcome<std::pair<session_record, person>> session) {
        const bool known = session && !session->first.link;  // a sign-in link is no session
        if (!session && session.error().code != errc::unauthenticated) return c->fail(session.error());
        if (!known && !open) return c->fail({errc::unauthenticated, "", "unknown or expired"});
        if (known) {
            c->who = session->second;
            c->token = token;
        }
        if (known && c->who.role < role_for(to.needs)) return c->fail({errc::forbidden, "", "too little standing"});
        c->guarded([&] { to.handler(c); });
    };
    c->with.store.find_session(identity::hash_token(token), now(), c->with.loop, std::move(known_or_not));
}

void find_route(const call_ptr& c) {
    std::string_view path = c->asked.path;
    std::string allowed;
    if (path.starts_with(prefix)) {
        path.remove_prefix(prefix.size());
        for (const auto& each : routes) {
            auto blanks = fit(each.path, path);
            if (!blanks) continue;
            if (each.method == c->asked.method) {
                c->parts = std::move(*blanks);
                return dispatch(c, each);
            }
            allowed += allowed.empty() ? "" : ", ";
            allowed += each.method;
        }
    }
    if (allowed.empty()) return c->fail({errc::not_found, "", "no such route"});
    c->fail({errc::unknown_command, "", "not with this method"}, {{"Allow", allowed}}, 405);
}

}  // namespace

bool same_origin(std::string_view origin, std::string_view host, std::string_view public_url) {
    const auto host_of = [](std::string_view url) -> std::string_view {
        const auto scheme = url.find("://");
        if (scheme == url.npos) return {};
        url.remove_prefix(scheme + 3);
        return url.substr(0, url.find('/'));
    };
    const auto same = [](std::string_view a, std::string_view b) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        return !a.empty() &&
               std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
    };
    return same(host_of(origin), host) || same(host_of(origin), host_of(public_url));
}

void router::handle(request asked, responder respond) {
    auto c = std::make_shared<call>(with_, doors_, std::move(asked), std::move(respond));
    with_.loop.post([c = std::move(c)]() mutable {
        c->guarded([&] { find_route(c); });
        c.reset();
    });
}

}  // namespace hearth::api
