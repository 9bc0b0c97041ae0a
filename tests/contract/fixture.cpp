#include "contract/fixture.hpp"

namespace hearth::contract {
namespace {

template <class T>
T made(outcome<T> got) {
    if (got.has_error()) FAIL("unexpected " << to_string(got.error().code) << ": " << got.error().detail);
    return std::move(*got);
}

}  // namespace

room_info fixture::room(const std::string& slug, bool open) {
    room_info wanted;
    wanted.slug = slug;
    wanted.title = "The " + slug;
    wanted.languages = {"en", "id"};
    wanted.open = open;
    wanted.created_at = noon;
    return made(ask(&store_type::add_room, wanted, std::vector<store::audit_entry>{}));
}

account fixture::staff(const std::string& name, role standing) {
    account wanted = an_account(name, standing);
    wanted.password_hash = "argon";
    return made(ask(&store_type::add_account, wanted));
}

person fixture::member(const room_info& room, const std::string& name) {
    const account guest = an_account(name, role::member);
    const std::string code = "code of " + name + " in " + room.slug;
    REQUIRE(ask(&store_type::add_invite, an_invite(room.id, code, 1)).has_value());
    made(ask(&store_type::redeem_invite, code, guest, a_session(guest.who.id, "token of " + name)));
    return guest.who;
}

store::committed fixture::commit(store::room_commit unit) { return made(ask(&store_type::commit, std::move(unit))); }

seq_t fixture::say(const room_info& room, const person& from, const std::string& key, const std::string& text) {
    const auto done = commit(a_say(room, a_message(from, key, text)));
    REQUIRE_FALSE(done.repeated);
    return done.seqs.at(0);
}

std::vector<event> whole_log(store_type& from, room_id room) {
    std::vector<event> out;
    for (;;) {
        const seq_t after = out.empty() ? 0 : out.back().seq;
        auto page = made(store::wait(from, &store_type::events_after, room, after, 1'000, std::nullopt));
        out.insert(out.end(), page.events.begin(), page.events.end());
        if (!page.more) return out;
    }
}

}  // namespace hearth::contract
