// Invites: made, listed and revoked by those who look after a room. The code is told once and never kept.
#include "api/json_reader.hpp"
#include "api/routes.hpp"
#include "identity/token.hpp"
#include "protocol/json_text.hpp"

namespace hearth::api {
namespace {

constexpr std::int64_t most_uses = 10'000;
constexpr std::int64_t least_seconds = 60, usual_seconds = 7 * 86'400, most_seconds = 366 * 86'400;

/// The room of the path, if the asker looks after it: staff every room, facilitators the ones they belong to.
void with_room(const call_ptr& c, std::function<void(room_info)> next) {
    auto found = [c, next = std::move(next)](const room_info& room) {
        if (c->who.staff()) return next(room);
        auto standing = [c, room, next](const membership& here) {
            if (!here.member) return c->fail({errc::not_a_member, "room", "no member"});
            next(room);
        };
        c->with.store.find_membership(room.id, c->who.id, c->with.loop, c->then<membership>(std::move(standing)));
    };
    c->with.store.find_room(c->parts[0], c->with.loop, c->then<room_info>(std::move(found)));
}

std::string in_room(const room_info& room) {
    std::string out = R"({"room":)";
    protocol::append_string(out, room.slug);
    return out + '}';
}

/// The invite's members without braces; the code is not among what is stored.
void append_invite(std::string& out, const invite_record& invite) {
    out += R"("id":)";
    protocol::append_string(out, invite.id);
    out += R"(,"uses_left":)";
    protocol::append_number(out, invite.uses_left);
    out += R"(,"expires_at":")" + to_rfc3339(invite.expires_at) + R"(","created_at":")" +
           to_rfc3339(invite.created_at) + '"';
}

}  // namespace

void create_invite(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    const auto uses = in.maybe_integer("uses", 1, most_uses).value_or(1);
    const auto lives = in.maybe_seconds("expires_in_s", least_seconds, most_seconds).value_or(usual_seconds);
    if (in.failed()) return c->fail(in.problem());
    with_room(c, [c, uses, lives](const room_info& room) {
        const auto code = identity::new_token();
        invite_record invite;
        invite.code_hash = identity::hash_token(code);
        invite.id = identity::new_id('i');
        invite.room = room.id;
        invite.uses_left = uses;
        invite.created_at = now();
        invite.expires_at = invite.created_at + std::chrono::seconds(lives);
        invite.created_by = c->who.id;
        auto told = [c, code, invite] {
            std::string out = R"({"code":)";
            protocol::append_string(out, code);
            out += R"(,"url":)";
            protocol::append_string(out, c->with.how.public_url + "/join/" + code);
            out += ',';
            append_invite(out, invite);
            out += '}';
            c->answer(201, std::move(out));
        };
        auto act = c->act("invite.create", invite.id, in_room(room));
        auto added = [c, act, told = std::move(told)] {
            c->with.store.write_audit({act}, c->with.loop, c->then(told));
        };
        c->with.store.add_invite(invite, c->with.loop, c->then(std::move(added)));
    });
}

void list_invites(const call_ptr& c) {
    with_room(c, [c](const room_info& room) {
        auto tell = [c](const std::vector<invite_record>& invites) {
            std::string out = R"({"invites":[)";
            for (const auto& invite : invites) {
                if (&invite != invites.data()) out += ',';
                out += '{';
                append_invite(out, invite);
                out += '}';
            }
            out += "]}";
            c->answer(200, std::move(out));
        };
        c->with.store.list_invites(room.id, c->with.loop, c->then<std::vector<invite_record>>(std::move(tell)));
    });
}

void revoke_invite(const call_ptr& c) {
    with_room(c, [c](const room_info& room) {
        auto revoked = [c, room] {
            auto act = c->act("invite.revoke", c->parts[1], in_room(room));
            c->with.store.write_audit({std::move(act)}, c->with.loop, c->then([c] { c->done(); }));
        };
        c->with.store.revoke_invite(room.id, c->parts[1], c->with.loop, c->then(std::move(revoked)));
    });
}

}  // namespace hearth::api
