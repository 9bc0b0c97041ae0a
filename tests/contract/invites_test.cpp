#include <atomic>
#include <thread>

#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;

namespace {

outcome<room_id> redeem(fixture& f, const std::string& code, const std::string& name) {
    const account guest = an_account(name, role::member);
    return f.ask(&store_type::redeem_invite, code, guest, a_session(guest.who.id, "token of " + name));
}

}  // namespace

TEST_CASE("an invite is found while it holds") {
    fixture f;
    const room_info room = f.room();
    invite_record invite = an_invite(room.id, std::string("co\0de", 5), 2);
    invite.created_by = {"u-Mira"};
    REQUIRE(f.ask(&store_type::add_invite, invite).has_value());
    f.reopen();
    const auto found = f.ask(&store_type::find_invite, invite.code_hash, noon);
    REQUIRE(found.has_value());
    CHECK(found->code_hash == invite.code_hash);
    CHECK(found->id == invite.id);
    CHECK(found->room == room.id);
    CHECK(found->uses_left == 2);
    CHECK(found->expires_at == invite.expires_at);
    CHECK(found->created_at == noon);
    CHECK(found->created_by == user_id{"u-Mira"});

    CHECK(code_of(f.ask(&store_type::find_invite, "other", noon)) == errc::not_found);
    CHECK(code_of(f.ask(&store_type::find_invite, invite.code_hash, invite.expires_at)) == errc::not_found);
    CHECK(code_of(f.ask(&store_type::add_invite, invite)) == errc::conflict);
    CHECK(code_of(f.ask(&store_type::add_invite, an_invite(room_id{99}, "x", 1))) == errc::unknown_room);
}

TEST_CASE("redeeming makes the person, the membership and the session, and takes one use") {
    fixture f;
    const room_info room = f.room();
    REQUIRE(f.ask(&store_type::add_invite, an_invite(room.id, "code", 1)).has_value());
    const auto got = redeem(f, "code", "Rowan");
    REQUIRE(got.has_value());
    CHECK(*got == room.id);
    f.reopen();
    CHECK(f.ask(&store_type::find_account_by_id, user_id{"u-Rowan"})->who.name == "Rowan");
    CHECK(f.ask(&store_type::find_membership, room.id, user_id{"u-Rowan"})->member);
    CHECK(f.ask(&store_type::find_session, "token of Rowan", noon)->second.id == user_id{"u-Rowan"});
    CHECK(code_of(f.ask(&store_type::find_invite, "code", noon)) == errc::not_found);
    CHECK(code_of(redeem(f, "code", "Sol")) == errc::not_found);
}

TEST_CASE("a redemption that is refused leaves nothing behind") {
    fixture f;
    const room_info room = f.room();
    f.member(room, "Rowan");
    REQUIRE(f.ask(&store_type::add_invite, an_invite(room.id, "code", 3)).has_value());
    const auto uses_left = [&] { return f.ask(&store_type::find_invite, "code", noon)->uses_left; };

    SECTION("the id is taken") {
        const account guest = an_account("Rowan", role::member);
        CHECK(code_of(f.ask(&store_type::redeem_invite, "code", guest, a_session(guest.who.id, "new"))) ==
              errc::conflict);
        CHECK(code_of(f.ask(&store_type::find_session, "new", noon)) == errc::unauthenticated);
    }
    SECTION("the token is taken") {
        const account guest = an_account("Sol", role::member);
        CHECK(code_of(f.ask(&store_type::redeem_invite, "code", guest, a_session(guest.who.id, "token of Rowan"))) ==
              errc::conflict);
        CHECK(code_of(f.ask(&store_type::find_account_by_id, guest.who.id)) == errc::not_found);
    }
    SECTION("the session is for somebody else") {
        const account guest = an_account("Sol", role::member);
        CHECK(code_of(f.ask(&store_type::redeem_invite, "code", guest, a_session({"u-Rowan"}, "new"))) ==
              errc::bad_request);
        CHECK(code_of(f.ask(&store_type::find_account_by_id, guest.who.id)) == errc::not_found);
    }
    SECTION("expired: the guest's birth is the instant that counts") {
        account late = an_account("Sol", role::member);
        late.created_at = noon + 48 * hour;
        CHECK(code_of(f.ask(&store_type::redeem_invite, "code", late, a_session(late.who.id, "new"))) ==
              errc::not_found);
        CHECK(code_of(f.ask(&store_type::find_account_by_id, late.who.id)) == errc::not_found);
    }
    CHECK(uses_left() == 3);
}

TEST_CASE("an invite opens one more room for somebody known; a member already keeps the use") {
    fixture f;
    const room_info first = f.room("harbour"), second = f.room("meadow");
    const person rowan = f.member(first, "Rowan");
    REQUIRE(f.ask(&store_type::add_invite, an_invite(second.id, "code", 2)).has_value());
    const auto redeem_for = [&](const user_id& user, time_point at) {
        return f.ask(&store_type::redeem_invite_for, "code", user, at);
    };

    CHECK(*redeem_for(rowan.id, noon) == second.id);
    CHECK(f.ask(&store_type::find_membership, second.id, rowan.id)->member);
    CHECK(f.ask(&store_type::find_invite, "code", noon)->uses_left == 1);
    CHECK(*redeem_for(rowan.id, noon) == second.id);
    CHECK(f.ask(&store_type::find_invite, "code", noon)->uses_left == 1);
    CHECK(code_of(redeem_for({"u-none"}, noon)) == errc::not_found);
    CHECK(code_of(redeem_for(rowan.id, noon + 48 * hour)) == errc::not_found);
}

TEST_CASE("invites are listed by room and revoked by id") {
    fixture f;
    const room_info first = f.room("harbour"), second = f.room("meadow");
    REQUIRE(f.ask(&store_type::add_invite, an_invite(first.id, "a", 1)).has_value());
    REQUIRE(f.ask(&store_type::add_invite, an_invite(first.id, "b", 1)).has_value());
    REQUIRE(f.ask(&store_type::add_invite, an_invite(second.id, "c", 1)).has_value());
    CHECK(f.ask(&store_type::list_invites, first.id)->size() == 2);
    CHECK(code_of(f.ask(&store_type::revoke_invite, second.id, "i-a")) == errc::not_found);
    CHECK(f.ask(&store_type::revoke_invite, first.id, "i-a").has_value());
    CHECK(code_of(f.ask(&store_type::revoke_invite, first.id, "i-a")) == errc::not_found);
    CHECK(code_of(f.ask(&store_type::find_invite, "a", noon)) == errc::not_found);
    const auto left = f.ask(&store_type::list_invites, first.id);
    REQUIRE(left->size() == 1);
    CHECK(left->at(0).id == "i-b");
}

TEST_CASE("invites into a closed room hold no more") {
    fixture f;
    room_info room = f.room();
    const person rowan = f.member(f.room("meadow"), "Rowan");
    REQUIRE(f.ask(&store_type::add_invite, an_invite(room.id, "code", 5)).has_value());
    room.archived = true;
    REQUIRE(f.ask(&store_type::update_room, room, std::vector<store::audit_entry>{}).has_value());
    CHECK(code_of(f.ask(&store_type::find_invite, "code", noon)) == errc::not_found);
    CHECK(code_of(redeem(f, "code", "Sol")) == errc::not_found);
    CHECK(code_of(f.ask(&store_type::redeem_invite_for, "code", rowan.id, noon)) == errc::not_found);
    CHECK(code_of(f.ask(&store_type::add_invite, an_invite(room.id, "more", 1))) == errc::unknown_room);
}

TEST_CASE("however many redeem at once, an invite opens as often as it says") {
    fixture f;
    const room_info room = f.room();
    constexpr int uses = 7, tries_each = 10;
    REQUIRE(f.ask(&store_type::add_invite, an_invite(room.id, "code", uses)).has_value());
    std::atomic<int> opened = 0, refused = 0;
    std::vector<std::thread> crowd;
    for (int t = 0; t < 3; ++t)
        crowd.emplace_back([&, t] {
            for (int i = 0; i < tries_each; ++i) {
                const auto got = redeem(f, "code", "Guest" + std::to_string(t) + "-" + std::to_string(i));
                if (got)
                    ++opened;
                else if (got.error().code == errc::not_found)
                    ++refused;
            }
        });
    for (auto& each : crowd) each.join();
    CHECK(opened == uses);
    CHECK(refused == 3 * tries_each - uses);
    CHECK(f.ask(&store_type::list_invites, room.id)->at(0).uses_left == 0);
}
