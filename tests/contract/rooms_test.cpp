#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;

namespace {

const std::vector<store::audit_entry> no_audit;

}  // namespace

TEST_CASE("a room keeps everything it was made with") {
    fixture f;
    room_info wanted;
    wanted.slug = "night-watch";
    wanted.title = "Night — watch";
    wanted.kind = room_kind::therapy_group;
    wanted.topic = room_topic::eating;
    wanted.languages = {"fr", "id"};
    wanted.open = true;
    wanted.rules = "Be kind.";
    wanted.rules_version = 1;
    wanted.epoch = "e1";
    wanted.created_at = noon;
    const auto made = f.ask(&store_type::add_room, wanted, std::vector{an_entry("room.create", "night-watch")});
    REQUIRE(made.has_value());
    f.reopen();
    const auto found = f.ask(&store_type::find_room, "night-watch");
    REQUIRE(found.has_value());
    CHECK(found->id == made->id);
    CHECK(found->id != room_id{});
    CHECK(found->title == wanted.title);
    CHECK(found->kind == wanted.kind);
    CHECK(found->topic == wanted.topic);
    CHECK(found->languages == wanted.languages);
    CHECK(found->open);
    CHECK(found->rules == "Be kind.");
    CHECK(found->rules_version == 1);
    CHECK(found->epoch == "e1");
    CHECK_FALSE(found->archived);
    CHECK(found->created_at == noon);
    CHECK(found->version == 1);
    CHECK(f.ask(&store_type::list_audit, 0, 10)->at(0).action == "room.create");
    CHECK(code_of(f.ask(&store_type::find_room, "day-watch")) == errc::unknown_room);
}

TEST_CASE("a slug is one room's until that is closed; used again it is another room with another log") {
    fixture f;
    room_info room = f.room("harbour");
    room_info again;
    again.slug = "harbour";
    CHECK(code_of(f.ask(&store_type::add_room, again, std::vector{an_entry("room.create", "harbour")})) ==
          errc::conflict);
    CHECK(f.ask(&store_type::list_audit, 0, 10)->empty());

    const person rowan = f.member(room, "Rowan");
    f.say(room, rowan, "k1", "hello");
    room.archived = true;
    const auto closed = f.ask(&store_type::update_room, room, no_audit);
    REQUIRE(closed.has_value());
    CHECK(code_of(f.ask(&store_type::find_room, "harbour")) == errc::unknown_room);

    const auto second = f.ask(&store_type::add_room, again, no_audit);
    REQUIRE(second.has_value());
    CHECK(second->id != room.id);
    CHECK_FALSE(second->epoch.empty());
    CHECK(second->epoch != room.epoch);
    CHECK(whole_log(f.store(), second->id).empty());
    CHECK(f.ask(&store_type::list_rooms)->size() == 2);

    room_info reopened = *closed;
    reopened.archived = false;
    CHECK(code_of(f.ask(&store_type::update_room, reopened, no_audit)) == errc::conflict);
}

TEST_CASE("a room changes only from the version that was read, and other rules get a higher version") {
    fixture f;
    room_info room = f.room();
    const room_info stale = room;
    room.title = "Other";
    auto changed = f.ask(&store_type::update_room, room, std::vector{an_entry("room.change", "harbour")});
    REQUIRE(changed.has_value());
    CHECK(changed->version == 2);
    CHECK(changed->rules_version == room.rules_version);
    CHECK(code_of(f.ask(&store_type::update_room, stale, std::vector{an_entry("room.change", "harbour")})) ==
          errc::conflict);
    CHECK(f.ask(&store_type::list_audit, 0, 10)->size() == 1);

    room_info with_rules = *changed;
    with_rules.rules = "Listen first.";
    changed = f.ask(&store_type::update_room, with_rules, no_audit);
    REQUIRE(changed.has_value());
    CHECK(changed->rules_version > with_rules.rules_version);
    CHECK(f.ask(&store_type::find_room, "harbour")->rules == "Listen first.");

    room_info nowhere = *changed;
    nowhere.id = room_id{99};
    CHECK(code_of(f.ask(&store_type::update_room, nowhere, no_audit)) == errc::unknown_room);
}

TEST_CASE("a person's rooms are those they are a member of and that are open for business") {
    fixture f;
    const room_info first = f.room("harbour"), second = f.room("meadow");
    room_info third = f.room("attic");
    const person rowan = f.member(first, "Rowan");
    for (const auto& room : {second, third}) {
        REQUIRE(f.ask(&store_type::add_invite, an_invite(room.id, "into " + room.slug, 1)).has_value());
        REQUIRE(f.ask(&store_type::redeem_invite_for, "into " + room.slug, rowan.id, noon).has_value());
    }
    third.archived = true;
    REQUIRE(f.ask(&store_type::update_room, third, no_audit).has_value());
    const auto mine = f.ask(&store_type::rooms_of, rowan.id);
    REQUIRE(mine->size() == 2);
    CHECK(mine->at(0).slug == "harbour");
    CHECK(mine->at(1).slug == "meadow");
    CHECK(f.ask(&store_type::rooms_of, user_id{"u-none"})->empty());
}

TEST_CASE("accepting rules is remembered and makes no member") {
    fixture f;
    const room_info room = f.room("harbour", true);
    const account sol = f.staff("Sol");
    REQUIRE(f.ask(&store_type::accept_rules, room.id, sol.who.id, 3).has_value());
    REQUIRE(f.ask(&store_type::accept_rules, room.id, sol.who.id, 2).has_value());
    f.reopen();
    const auto standing = f.ask(&store_type::find_membership, room.id, sol.who.id);
    CHECK_FALSE(standing->member);
    CHECK(standing->accepted_rules == 3);
    CHECK(f.ask(&store_type::rooms_of, sol.who.id)->empty());

    const person rowan = f.member(room, "Rowan");
    REQUIRE(f.ask(&store_type::accept_rules, room.id, rowan.id, 1).has_value());
    CHECK(f.ask(&store_type::find_membership, room.id, rowan.id)->member);

    CHECK(code_of(f.ask(&store_type::accept_rules, room_id{99}, sol.who.id, 1)) == errc::unknown_room);
    CHECK(code_of(f.ask(&store_type::accept_rules, room.id, user_id{"u-none"}, 1)) == errc::not_found);
    CHECK_FALSE(f.ask(&store_type::find_membership, room.id, user_id{"u-none"})->member);
}
