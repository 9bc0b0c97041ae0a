#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;

TEST_CASE("an account is found by its name and its id, also after reopening") {
    fixture f;
    const account mira = f.staff("Mira", role::admin);
    CHECK(mira.version == 1);
    f.reopen();
    for (const auto& found :
         {f.ask(&store_type::find_account, "Mira"), f.ask(&store_type::find_account_by_id, mira.who.id)}) {
        REQUIRE(found.has_value());
        CHECK(found->who.id == mira.who.id);
        CHECK(found->who.name == "Mira");
        CHECK(found->who.role == role::admin);
        CHECK(found->password_hash == "argon");
        CHECK(found->created_at == noon);
        CHECK_FALSE(found->disabled);
        CHECK(found->version == 1);
    }
    CHECK(code_of(f.ask(&store_type::find_account, "Nobody")) == errc::not_found);
    CHECK(code_of(f.ask(&store_type::find_account_by_id, user_id{"u-none"})) == errc::not_found);
}

TEST_CASE("a staff name is its owner's alone, whatever the case of its letters; a guest's name is nobody's") {
    fixture f;
    const room_info room = f.room();
    f.staff("Mira");
    account again = an_account("Mira", role::moderator);
    again.who.id = {"u-other"};
    CHECK(code_of(f.ask(&store_type::add_account, again)) == errc::conflict);
    again.who.name = "mira";
    CHECK(code_of(f.ask(&store_type::add_account, again)) == errc::conflict);
    f.member(room, "Rowan");
    REQUIRE(f.ask(&store_type::add_invite, an_invite(room.id, "second", 1)).has_value());
    account namesake = an_account("Rowan", role::member);
    namesake.who.id = {"u-rowan2"};
    CHECK(f.ask(&store_type::redeem_invite, "second", namesake, a_session(namesake.who.id, "t2")).has_value());
    CHECK(code_of(f.ask(&store_type::find_account, "Rowan")) == errc::not_found);
    CHECK(f.ask(&store_type::find_account_by_id, user_id{"u-Rowan"}).has_value());
}

TEST_CASE("an id is given once") {
    fixture f;
    f.staff("Mira");
    account again = an_account("Noor", role::moderator);
    again.who.id = {"u-Mira"};
    CHECK(code_of(f.ask(&store_type::add_account, again)) == errc::conflict);
}

TEST_CASE("an account changes only from the version that was read") {
    fixture f;
    account mira = f.staff("Mira");
    f.staff("Noor");
    account stale = mira;
    mira.who.role = role::admin;
    mira.password_hash = "argon2";
    const auto changed = f.ask(&store_type::update_account, mira);
    REQUIRE(changed.has_value());
    CHECK(changed->version == 2);
    CHECK(code_of(f.ask(&store_type::update_account, stale)) == errc::conflict);
    CHECK(f.ask(&store_type::find_account, "Mira")->password_hash == "argon2");

    account renamed = *changed;
    renamed.who.name = "Noor";
    CHECK(code_of(f.ask(&store_type::update_account, renamed)) == errc::conflict);
    account nobody = an_account("None", role::admin);
    CHECK(code_of(f.ask(&store_type::update_account, nobody)) == errc::not_found);
}

TEST_CASE("the list of accounts has staff only, disabled ones too") {
    fixture f;
    f.member(f.room(), "Rowan");
    f.staff("Zoe", role::facilitator);
    account mira = f.staff("Mira");
    mira.disabled = true;
    REQUIRE(f.ask(&store_type::update_account, mira).has_value());
    const auto list = f.ask(&store_type::list_accounts);
    REQUIRE(list.has_value());
    REQUIRE(list->size() == 2);
    CHECK(list->at(0).who.name == "Mira");
    CHECK(list->at(0).disabled);
    CHECK(list->at(1).who.name == "Zoe");
}

TEST_CASE("a session opens for its person until it ends, one way or another") {
    fixture f;
    account mira = f.staff("Mira");
    session_record session = a_session(mira.who.id, std::string("raw\0bytes", 9));
    session.link = true;
    REQUIRE(f.ask(&store_type::add_session, session).has_value());
    const auto find = [&](time_point at) { return f.ask(&store_type::find_session, session.token_hash, at); };
    f.reopen();

    SECTION("while it lives") {
        const auto found = find(noon);
        REQUIRE(found.has_value());
        CHECK(found->first.user == mira.who.id);
        CHECK(found->first.link);
        CHECK(found->first.expires_at == session.expires_at);
        CHECK(found->first.token_hash == session.token_hash);
        CHECK(found->second.name == "Mira");
        CHECK(found->second.role == role::moderator);
        CHECK(code_of(f.ask(&store_type::find_session, std::string("raw\0other", 9), noon)) == errc::unauthenticated);
    }
    SECTION("expired") {
        CHECK(find(session.expires_at - std::chrono::milliseconds(1)).has_value());
        CHECK(code_of(find(session.expires_at)) == errc::unauthenticated);
    }
    SECTION("ended, twice") {
        CHECK(f.ask(&store_type::end_session, session.token_hash).has_value());
        CHECK(code_of(find(noon)) == errc::unauthenticated);
        CHECK(f.ask(&store_type::end_session, session.token_hash).has_value());
    }
    SECTION("its person disabled: gone for good") {
        mira.disabled = true;
        const auto disabled = f.ask(&store_type::update_account, mira);
        CHECK(code_of(find(noon)) == errc::unauthenticated);
        account back = *disabled;
        back.disabled = false;
        REQUIRE(f.ask(&store_type::update_account, back).has_value());
        CHECK(code_of(find(noon)) == errc::unauthenticated);
    }
    SECTION("a token in use is not given again") {
        CHECK(code_of(f.ask(&store_type::add_session, session)) == errc::conflict);
    }
    SECTION("for nobody") {
        CHECK(code_of(f.ask(&store_type::add_session, a_session({"u-none"}, "x"))) == errc::not_found);
    }
}
