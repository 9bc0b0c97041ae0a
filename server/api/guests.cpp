// How members come in: an invite and a name they choose, and nothing else.
#include "api/json_reader.hpp"
#include "api/routes.hpp"
#include "identity/names.hpp"
#include "identity/token.hpp"
#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"

namespace hearth::api {
namespace {

constexpr std::size_t code_chars = 64;

void answer_entered(const call_ptr& c, room_id room, bool with_token) {
    room_by_id(c, room, [c, with_token](const room_info& entered) {
        std::string out = "{";
        if (with_token) {
            out += R"("token":)";
            protocol::append_string(out, c->token);
            out += ',';
        }
        out += R"("user":)";
        protocol::append_user(out, c->who);
        out += R"(,"room":)";
        protocol::append_room(out, entered, true);
        out += '}';
        if (with_token)
            c->answer(200, std::move(out), {session_cookie(*c, c->token)});
        else
            c->answer(200, std::move(out));
    });
}

void welcome_guest(const call_ptr& c, const std::string& invite, const std::string& given) {
    auto name = identity::clean_name(given, c->with.bounds.name_chars);
    if (name.has_error()) return c->fail(name.error());
    account guest;
    guest.who = {user_id{identity::new_id('u')}, std::move(*name), role::member};
    guest.created_at = now();
    c->who = guest.who;
    c->token = identity::new_token();
    session_record session{identity::hash_token(c->token), guest.who.id,
                           guest.created_at + c->with.bounds.session_lives, false};
    c->with.store.redeem_invite(identity::hash_token(invite), std::move(guest), std::move(session), c->with.loop,
                                c->then<room_id>([c](room_id room) { answer_entered(c, room, true); }));
}

}  // namespace

void enter(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    const auto invite = in.line("invite", code_chars);
    const auto name = in.maybe_line("name", c->with.bounds.name_chars);
    (void)in.maybe_line("locale", 35);  // checked so that a wrong type is told; the page keeps its own
    if (in.failed()) return c->fail(in.problem());
    if (!c->within(c->doors.guests_by_address, c->asked.address)) return;
    if (name) return welcome_guest(c, invite, *name);
    if (c->who.id.empty()) return c->fail({errc::bad_request, "name", "who is not signed in needs a name"});
    c->with.store.redeem_invite_for(identity::hash_token(invite), c->who.id, now(), c->with.loop,
                                    c->then<room_id>([c](room_id room) { answer_entered(c, room, false); }));
}

void show_invite(const call_ptr& c) {
    if (!c->within(c->doors.guests_by_address, c->asked.address)) return;
    auto found = [c](const invite_record& invite) {
        room_by_id(c, invite.room, [c](const room_info& room) {
            std::string out = R"({"room":)";
            protocol::append_room(out, room, true);
            out += '}';
            c->answer(200, std::move(out));
        });
    };
    c->with.store.find_invite(identity::hash_token(c->parts[0]), now(), c->with.loop,
                              c->then<invite_record>(std::move(found)));
}

}  // namespace hearth::api
