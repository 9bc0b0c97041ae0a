// Signing in and out of staff accounts, and who one is.
#include "api/json_reader.hpp"
#include "api/routes.hpp"
#include "identity/token.hpp"
#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"

namespace hearth::api {
namespace {

constexpr std::size_t password_chars = 1'024;
constexpr std::size_t token_chars = 64;

void open_session(const call_ptr& c, person who) {
    c->who = std::move(who);
    c->token = identity::new_token();
    session_record session{identity::hash_token(c->token), c->who.id, now() + c->with.bounds.session_lives, false};
    auto opened = [c] {
        c->with.store.write_audit({c->act("session.login", c->who.id.value)}, c->with.loop, c->then([c] {
            std::string out = R"({"token":)";
            protocol::append_string(out, c->token);
            out += R"(,"user":)";
            protocol::append_user(out, c->who);
            out += '}';
            c->answer(200, std::move(out), {session_cookie(*c, c->token)});
        }));
    };
    c->with.store.add_session(std::move(session), c->with.loop, c->then(std::move(opened)));
}

/// A sign-in link works once: it ends before the session begins (unless it is one for demonstrations).
void follow_link(const call_ptr& c, const std::string& link) {
    const auto hash = identity::hash_token(link);
    auto found = [c, hash](outcome<std::pair<session_record, person>> session) {
        const failure refused{errc::unauthenticated, "link", "unknown, used or expired"};
        if (!session) return c->fail(session.error().code == errc::unauthenticated ? refused : session.error());
        if (!session->first.link) return c->fail(refused);
        if (c->with.how.lasting_links) return open_session(c, session->second);
        c->guarded([&] {
            c->with.store.end_session(hash, c->with.loop,
                                      c->then([c, who = session->second] { open_session(c, who); }));
        });
    };
    c->with.store.find_session(hash, now(), c->with.loop, std::move(found));
}

store::pace logins_of_a_name(const limits& bounds) {
    return {bounds.logins_per_minute_and_name, bounds.logins_per_minute_and_name};
}

/// A name as all its spellings that open the same account; stored as a hash, for people type passwords as names.
std::string login_use(std::string name) {
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return "login:" + identity::hash_token(name);
}

/// Unknown names, wrong passwords and disabled accounts look alike and take the same time.
void check_password(const call_ptr& c, std::string name, std::string password) {
    auto found = [c, name, password = std::move(password)](outcome<account> known) {
        if (!known && known.error().code != errc::not_found) return c->fail(known.error());
        const auto hash = known && !known->disabled ? known->password_hash : std::string();
        const auto who = known ? known->who : person{};
        auto checked = [c, name, who](bool right) {
            if (!right) return c->fail({errc::unauthenticated, "password", "name and password do not match"});
            if (c->with.bounds.rate_limits) {
                c->doors.logins_by_name.give_back(login_use(name), now());
                c->with.store.give_back_use(login_use(name), logins_of_a_name(c->with.bounds));
            }
            open_session(c, who);
        };
        c->with.passwords.verify(password, hash, c->with.loop, c->then<bool>(std::move(checked)));
    };
    c->with.store.find_account(std::move(name), c->with.loop, std::move(found));
}

}  // namespace

std::pair<std::string, std::string> session_cookie(const call& c, const std::string& token) {
    std::string out = "hearth_session=" + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=";
    out += token.empty() ? "0" : std::to_string(c.with.bounds.session_lives.count());
    if (c.asked.secure || c.with.how.secure_cookies) out += "; Secure";
    return {"Set-Cookie", out};
}

void log_in(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    const auto link = in.maybe_line("link", token_chars);
    const auto name = link ? "" : in.line("name", c->with.bounds.name_chars);
    auto password = link ? "" : in.line("password", password_chars);
    if (in.failed()) return c->fail(in.problem());
    if (!c->within(c->doors.logins_by_address, c->asked.address)) return;
    if (link) return follow_link(c, *link);
    if (!c->within(c->doors.logins_by_name, login_use(name))) return;
    if (!c->with.bounds.rate_limits) return check_password(c, name, std::move(password));
    // The tries at all servers count together.
    auto granted = [c, name, password = std::move(password)] { check_password(c, name, password); };
    c->with.store.take_use(login_use(name), logins_of_a_name(c->with.bounds), c->with.loop,
                           c->then(std::move(granted)));
}

void log_out(const call_ptr& c) {
    c->with.store.end_session(identity::hash_token(c->token), c->with.loop,
                              c->then([c] { c->answer(204, "", {session_cookie(*c, "")}); }));
}

void show_me(const call_ptr& c) {
    auto tell = [c](std::vector<room_info> rooms) {
        std::erase_if(rooms, [](const room_info& r) { return r.archived; });
        std::string out = R"({"user":)";
        protocol::append_user(out, c->who);
        out += R"(,"rooms":)" + rooms_json(rooms, false) + '}';
        c->answer(200, std::move(out));
    };
    if (c->who.staff())
        c->with.store.list_rooms(c->with.loop, c->then<std::vector<room_info>>(std::move(tell)));
    else
        c->with.store.rooms_of(c->who.id, c->with.loop, c->then<std::vector<room_info>>(std::move(tell)));
}

}  // namespace hearth::api
