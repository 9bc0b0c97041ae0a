#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;
using namespace std::chrono_literals;

TEST_CASE("events get rising seqs in their order, from 1 in each room") {
    fixture f;
    const room_info first = f.room("harbour"), second = f.room("meadow");
    const person rowan = f.member(first, "Rowan");
    const auto done =
        f.commit(a_commit(first, {a_message(rowan, "k1", "one"), an_event(event_type::notice, rowan, 1)}));
    CHECK_FALSE(done.repeated);
    CHECK(done.seqs == std::vector<seq_t>{1, 2});
    CHECK(f.say(first, rowan, "k2", "two") == 3);
    CHECK(f.commit(a_commit(second, {an_event(event_type::sanction, rowan, 0)})).seqs == std::vector<seq_t>{1});
    f.reopen();
    CHECK(f.say(first, rowan, "k3", "three") == 4);
}

TEST_CASE("an event is read back as it was written") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    event wanted = a_message(rowan, "k1", std::string("nul\0in — text", 15));
    wanted.seen_by = audience::author_and_staff;
    wanted.author.role = role::facilitator;
    wanted.fields = "\"reply_to\":7,\"intent\":\"support\"";
    f.commit(a_say(room, wanted));
    f.reopen();
    const auto found = f.ask(&store_type::find_event, room.id, 1);
    REQUIRE(found.has_value());
    CHECK(found->type == event_type::message);
    CHECK(found->seen_by == audience::author_and_staff);
    CHECK(found->seq == 1);
    CHECK(found->at == noon);
    CHECK(found->author.id == rowan.id);
    CHECK(found->author.name == "Rowan");
    CHECK(found->author.role == role::facilitator);
    CHECK(found->key == "k1");
    CHECK(found->target == 0);
    CHECK(found->fields == wanted.fields);
    CHECK(found->text == wanted.text);
    CHECK_FALSE(found->was_edited);
    CHECK(found->ack == wanted.ack);
    CHECK(code_of(f.ask(&store_type::find_event, room.id, 2)) == errc::not_found);
}

TEST_CASE("a repeated key answers what it made at first, and nothing else of the unit is written") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan"), sol = f.member(room, "Sol");
    f.say(room, rowan, "k1", "first");
    const bool reopened = GENERATE(false, true);
    if (reopened) f.reopen();

    store::room_commit repeat = a_say(room, a_message(rowan, "k1", "second"));
    repeat.events.push_back(an_event(event_type::notice, rowan, 1));
    repeat.opened = a_case("c1", room, rowan);
    repeat.standings = {{sol.id, std::optional<time_point>(noon + hour), {}}};
    repeat.audit = {an_entry("message.hold", "1")};
    const auto done = f.commit(repeat);
    CHECK(done.repeated);
    CHECK(done.seqs == std::vector<seq_t>{1});
    REQUIRE(done.first);
    CHECK(done.first->seq == 1);
    CHECK(done.first->text == "first");
    CHECK(done.first->ack == a_message(rowan, "k1", "").ack);
    CHECK_FALSE(done.kase);

    CHECK(whole_log(f.store(), room.id).size() == 1);
    CHECK(code_of(f.ask(&store_type::find_case, case_id{"c1"})) == errc::not_found);
    CHECK_FALSE(f.ask(&store_type::find_membership, room.id, sol.id)->muted_until);
    CHECK(f.ask(&store_type::list_audit, 0, 10)->empty());
    // A key is one author's in one room.
    CHECK(f.say(room, sol, "k1", "mine") == 2);
    const room_info other = f.room("meadow", true);
    CHECK(f.say(other, rowan, "k1", "there") == 1);
}

TEST_CASE("a key repeated later in a unit is found too") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    f.say(room, rowan, "k1", "first");
    const auto done =
        f.commit(a_commit(room, {an_event(event_type::notice, rowan, 1), a_message(rowan, "k1", "again")}));
    CHECK(done.repeated);
    CHECK(whole_log(f.store(), room.id).size() == 1);
}

TEST_CASE("a speaker's standing is checked as of the commit") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    const account mira = f.staff("Mira");
    const auto say = [&](const person& who, const std::string& key) {
        return f.ask(&store_type::commit, a_say(room, a_message(who, key, "text")));
    };
    const auto stand = [&](std::optional<std::optional<time_point>> muted,
                           std::optional<std::optional<time_point>> banned) {
        store::room_commit unit = a_commit(room, {});
        unit.standings = {{rowan.id, muted, banned}};
        f.commit(unit);
    };

    SECTION("a member may, a stranger may not, staff may") {
        CHECK(say(rowan, "k").has_value());
        CHECK(code_of(say({{"u-none"}, "None", role::member}, "k")) == errc::not_a_member);
        CHECK(say(mira.who, "k").has_value());
        person no_moderator = mira.who;
        no_moderator.role = role::facilitator;
        CHECK(code_of(say(no_moderator, "k2")) == errc::not_a_member);
    }
    SECTION("an open room takes anyone") {
        const room_info open = f.room("meadow", true);
        CHECK(f.ask(&store_type::commit, a_say(open, a_message(rowan, "k", "text"))).has_value());
    }
    SECTION("muted until an instant") {
        stand(std::optional(noon + 1min), {});
        const auto refused = say(rowan, "k");
        CHECK(code_of(refused) == errc::muted);
        CHECK(refused.error().retry_after == 1min);
        store::room_commit later = a_say(room, a_message(rowan, "k", "text"));
        later.at = noon + 1min;
        CHECK(f.ask(&store_type::commit, later).has_value());
    }
    SECTION("muted, then lifted") {
        stand(std::optional(noon + hour), {});
        CHECK(code_of(say(rowan, "k")) == errc::muted);
        stand(std::optional<time_point>(), {});
        CHECK(say(rowan, "k").has_value());
    }
    SECTION("banned comes before muted; each is changed alone") {
        stand(std::optional(noon + hour), std::optional(noon + 2 * hour));
        CHECK(code_of(say(rowan, "k")) == errc::banned);
        stand({}, std::optional<time_point>());
        CHECK(code_of(say(rowan, "k")) == errc::muted);
        const auto standing = f.ask(&store_type::find_membership, room.id, rowan.id);
        CHECK(standing->member);
        CHECK(standing->muted_until == noon + hour);
        CHECK_FALSE(standing->banned_until);
    }
    SECTION("banned from an open room without ever being a member") {
        const room_info open = f.room("meadow", true);
        store::room_commit unit = a_commit(open, {});
        unit.standings = {{rowan.id, {}, std::optional(noon + hour)}};
        f.commit(unit);
        CHECK(code_of(f.ask(&store_type::commit, a_say(open, a_message(rowan, "k", "text")))) == errc::banned);
    }
    SECTION("disabled") {
        account guest = *f.ask(&store_type::find_account_by_id, rowan.id);
        CHECK(say(rowan, "before").has_value());
        guest.disabled = true;
        REQUIRE(f.ask(&store_type::update_account, guest).has_value());
        CHECK(code_of(say(rowan, "k")) == errc::unauthenticated);
    }
    SECTION("a membership made after a refusal counts at once") {
        const room_info other = f.room("meadow");
        const auto try_there = [&] { return f.ask(&store_type::commit, a_say(other, a_message(rowan, "k", "text"))); };
        CHECK(code_of(try_there()) == errc::not_a_member);
        REQUIRE(f.ask(&store_type::add_invite, an_invite(other.id, "code", 1)).has_value());
        REQUIRE(f.ask(&store_type::redeem_invite_for, "code", rowan.id, noon).has_value());
        CHECK(try_there().has_value());
    }
    SECTION("what was acknowledged stays so, whatever became of its author") {
        CHECK(say(rowan, "k").has_value());
        stand({}, std::optional(noon + hour));
        const auto again = say(rowan, "k");
        REQUIRE(again.has_value());
        CHECK(again->repeated);
    }
}

TEST_CASE("nobody speaks in a closed or unknown room; what staff decide there is still written") {
    fixture f;
    room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    f.say(room, rowan, "k1", "one");
    room.archived = true;
    REQUIRE(f.ask(&store_type::update_room, room, std::vector<store::audit_entry>{}).has_value());
    CHECK(code_of(f.ask(&store_type::commit, a_say(room, a_message(rowan, "k2", "two")))) == errc::unknown_room);
    CHECK(f.commit(a_commit(room, {an_event(event_type::retracted, rowan, 1)})).seqs.at(0) == 2);
    room.id = room_id{99};
    CHECK(code_of(f.ask(&store_type::commit, a_commit(room, {an_event(event_type::notice, rowan, 1)}))) ==
          errc::unknown_room);
}

TEST_CASE("a rewrite replaces a text wherever it stands, and what is gone stays gone") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    f.say(room, rowan, "k1", "old");
    f.say(room, rowan, "k2", "another");
    f.commit(a_commit(room, {an_event(event_type::released, rowan, 1, "old")}));                // 3
    store::room_commit edit = a_commit(room, {an_event(event_type::edited, rowan, 1, "new")});  // 4
    edit.rewrites = {{1, "new"}};
    f.commit(edit);
    auto log = whole_log(f.store(), room.id);
    CHECK(log.at(0).text == "new");
    CHECK(log.at(0).was_edited);
    CHECK(log.at(1).text == "another");
    CHECK_FALSE(log.at(1).was_edited);
    CHECK(log.at(2).text == "new");
    CHECK(log.at(3).text == "new");

    store::room_commit retraction = a_commit(room, {an_event(event_type::retracted, rowan, 1)});
    retraction.rewrites = {{1, std::nullopt}};
    f.commit(retraction);
    f.reopen();
    log = whole_log(f.store(), room.id);
    REQUIRE(log.size() == 5);
    CHECK_FALSE(log.at(0).text);
    CHECK(log.at(0).key == "k1");
    CHECK(log.at(1).text == "another");
    CHECK_FALSE(log.at(2).text);
    CHECK_FALSE(log.at(3).text);

    // An edit that crossed the removal on its way must not bring a text back.
    CHECK(code_of(f.ask(&store_type::commit, edit)) == errc::conflict);
    CHECK(whole_log(f.store(), room.id).size() == 5);
    CHECK(f.ask(&store_type::commit, retraction).has_value());
    store::room_commit nothing = a_commit(room, {an_event(event_type::edited, rowan, 77, "x")});
    nothing.rewrites = {{77, "x"}};
    CHECK(code_of(f.ask(&store_type::commit, nothing)) == errc::not_found);
    CHECK(whole_log(f.store(), room.id).size() == 6);
}

TEST_CASE("a refused unit writes nothing at all and takes no seq") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan"), sol = f.member(room, "Sol");
    store::room_commit first = a_say(room, a_message(rowan, "k1", "one"));
    first.opened = a_case("c1", room, rowan);
    f.commit(first);

    store::room_commit unit = a_say(room, a_message(rowan, "k2", "two"));
    unit.events.push_back(an_event(event_type::retracted, rowan, 1));
    unit.rewrites = {{1, std::nullopt}};
    unit.standings = {{sol.id, {}, std::optional(noon + hour)}};
    unit.audit = {an_entry("case.decide", "c1")};
    errc expected{};
    SECTION("by a stale case") {
        review_case changed = *f.ask(&store_type::find_case, case_id{"c1"});
        changed.state = case_state::decided;
        changed.version = 9;
        unit.changed = changed;
        expected = errc::conflict;
    }
    SECTION("by an unknown case") {
        unit.changed = a_case("c9", room, rowan, 1);
        expected = errc::not_found;
    }
    SECTION("by a second case of one message") {
        unit.opened = a_case("c2", room, rowan, 1);
        expected = errc::conflict;
    }
    SECTION("by a case id in use") {
        unit.opened = a_case("c1", room, rowan);
        expected = errc::conflict;
    }
    SECTION("by a case of no message") {
        unit.opened = a_case("c2", room, rowan, 55);
        expected = errc::not_found;
    }
    SECTION("by a standing of nobody") {
        unit.standings.push_back({{"u-none"}, {}, std::optional(noon)});
        expected = errc::not_found;
    }
    SECTION("by one key used twice in it") {
        unit.events.push_back(a_message(rowan, "k2", "two again"));
        expected = errc::internal;
    }
    CHECK(code_of(f.ask(&store_type::commit, unit)) == expected);
    const auto log = whole_log(f.store(), room.id);
    REQUIRE(log.size() == 1);
    CHECK(log.at(0).text == "one");
    CHECK(f.ask(&store_type::find_case, case_id{"c1"})->version == 1);
    CHECK_FALSE(f.ask(&store_type::find_membership, room.id, sol.id)->banned_until);
    CHECK(f.ask(&store_type::list_audit, 0, 10)->empty());
    CHECK(f.say(room, rowan, "k2", "two") == 2);
}
