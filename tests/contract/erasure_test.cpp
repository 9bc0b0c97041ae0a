#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;

TEST_CASE("erasing a person takes their words, name and sessions, and leaves the logs' order") {
    fixture f;
    const room_info room = f.room("harbour"), other = f.room("meadow", true);
    const person rowan = f.member(room, "Rowan"), sol = f.member(room, "Sol");
    const seq_t flagged = f.say(room, rowan, "k1", "rowan one");
    f.say(room, sol, "k2", "sol one");
    f.say(other, rowan, "k3", "rowan elsewhere");
    f.commit(a_commit(room, {an_event(event_type::edited, rowan, flagged, "rowan edited"),
                             an_event(event_type::released, sol, flagged, "rowan released")}));
    event notice = an_event(event_type::notice, rowan, flagged);
    notice.seen_by = audience::person;
    notice.fields = "\"notice\":{\"category\":\"care.passive\"}";
    f.commit(a_commit(room, {notice}));

    store::room_commit report = a_commit(room, {});
    report.opened = a_case("c1", room, rowan, flagged);
    f.commit(report);
    store::room_commit about_sol = a_commit(room, {});
    about_sol.opened = a_case("c2", room, sol, 2);
    about_sol.opened->before = {{1, noon, rowan, "rowan one"}, {2, noon, sol, "sol one"}};
    about_sol.opened->reports = {{rowan.id, "other", "rowan's note", noon}};
    f.commit(about_sol);

    const auto erased = f.ask(&store_type::erase_person, rowan.id, noon + hour);
    REQUIRE(erased.has_value());
    CHECK(*erased == 2);
    if (GENERATE(false, true)) f.reopen();

    const auto log = whole_log(f.store(), room.id);
    REQUIRE(log.size() == 5);
    CHECK(log.at(1).text == "sol one");
    CHECK(log.at(1).author.name == "Sol");
    for (const std::size_t i : {0, 2, 3, 4}) {
        CHECK(log.at(i).seq == i + 1);
        CHECK_FALSE(log.at(i).text);
        CHECK(log.at(i).author.name != "Rowan");
    }
    CHECK(log.at(0).author.id == rowan.id);
    CHECK(log.at(0).author.name == store::erased_name);
    CHECK(log.at(4).fields.find("care.passive") == std::string::npos);
    CHECK_FALSE(whole_log(f.store(), other.id).at(0).text);

    const auto own = f.ask(&store_type::find_case, case_id{"c1"});
    CHECK(own->message.text.empty());
    CHECK(own->message.from.name == store::erased_name);
    CHECK(own->before.at(0).text.empty());
    const auto others = f.ask(&store_type::find_case, case_id{"c2"});
    CHECK(others->message.text == "what was said");
    CHECK(others->message.from.name == "Sol");
    CHECK(others->before.at(0).text.empty());
    CHECK(others->before.at(1).text == "sol one");
    CHECK(others->reports.at(0).note.empty());

    CHECK(code_of(f.ask(&store_type::find_session, "token of Rowan", noon)) == errc::unauthenticated);
    const auto account = f.ask(&store_type::find_account_by_id, rowan.id);
    REQUIRE(account.has_value());
    CHECK(account->disabled);
    CHECK(account->who.name == store::erased_name);
    CHECK_FALSE(f.ask(&store_type::find_membership, room.id, rowan.id)->member);
    CHECK(code_of(f.ask(&store_type::commit, a_say(other, a_message(rowan, "k9", "back")))) == errc::unauthenticated);

    const auto audit = f.ask(&store_type::list_audit, 0, 10);
    REQUIRE(audit->size() == 1);
    CHECK(audit->at(0).action == "person.erase");
    CHECK(audit->at(0).subject == rowan.id.value);
    CHECK(audit->at(0).at == noon + hour);
    CHECK(f.say(room, sol, "k10", "life goes on") == 6);
    CHECK(code_of(f.ask(&store_type::erase_person, user_id{"u-none"}, noon)) == errc::not_found);
}

TEST_CASE("erased staff free their name, twice over") {
    fixture f;
    for (const char* id : {"u-one", "u-two"}) {
        account mira = an_account("Mira", role::moderator);
        mira.who.id = {id};
        mira.password_hash = "argon";
        REQUIRE(f.ask(&store_type::add_account, mira).has_value());
        REQUIRE(f.ask(&store_type::erase_person, user_id{id}, noon).has_value());
        CHECK(code_of(f.ask(&store_type::find_account, "Mira")) == errc::not_found);
    }
    CHECK(f.ask(&store_type::list_accounts)->empty());
}
