#include <algorithm>
#include <set>

#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;

namespace {

std::vector<std::string> ids(const store::case_page& page) {
    std::vector<std::string> out;
    for (const auto& each : page.cases) out.push_back(each.id.value);
    return out;
}

}  // namespace

TEST_CASE("a message and its case come into being together") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    store::room_commit unit = a_say(room, a_message(rowan, "k1", "text"));
    unit.opened = a_case("c1", room, rowan);
    unit.opened->lane = case_lane::care;
    unit.opened->page = true;
    unit.opened->reports = {{{"u-Sol"}, "harassment", "a note", noon}};
    unit.opened->decisions = {
        {{{"u-Mira"}, "Mira", role::moderator}, case_action::mute, "a reason", "a note", noon + hour}};
    unit.opened->lease = lease{{{"u-Mira"}, "Mira", role::moderator}, "fence", noon + hour};
    const auto done = f.commit(unit);
    REQUIRE(done.kase);
    CHECK(done.kase->seq == 1);
    CHECK(done.kase->version == 1);
    f.reopen();
    for (const auto& found :
         {f.ask(&store_type::find_case, case_id{"c1"}), f.ask(&store_type::find_case_of, room.id, seq_t{1})}) {
        REQUIRE(found.has_value());
        CHECK(found->id.value == "c1");
        CHECK(found->room == room.id);
        CHECK(found->room_slug == "harbour");
        CHECK(found->seq == 1);
        CHECK(found->state == case_state::open);
        CHECK(found->lane == case_lane::care);
        CHECK(found->severity == 3);
        CHECK(found->page);
        CHECK(found->needs_care);
        CHECK(found->disposition == "held");
        CHECK(found->categories == unit.opened->categories);
        CHECK(found->pack_version == "p1");
        REQUIRE(found->findings.size() == 1);
        CHECK(found->findings[0].rule == "rule.one");
        CHECK(found->findings[0].voice == "self/now/urging");
        CHECK(found->findings[0].begin == 2);
        CHECK(found->findings[0].end == 9);
        REQUIRE(found->reports.size() == 1);
        CHECK(found->reports[0].by.value == "u-Sol");
        CHECK(found->reports[0].note == "a note");
        REQUIRE(found->decisions.size() == 1);
        CHECK(found->decisions[0].by.name == "Mira");
        CHECK(found->decisions[0].by.role == role::moderator);
        CHECK(found->decisions[0].action == case_action::mute);
        CHECK(found->decisions[0].at == noon + hour);
        CHECK(found->message.seq == 1);
        CHECK(found->message.from.id == rowan.id);
        CHECK(found->message.text == "what was said");
        REQUIRE(found->before.size() == 1);
        CHECK(found->before[0].text == "what was said before");
        REQUIRE(found->lease);
        CHECK(found->lease->token == "fence");
        CHECK(found->lease->holder.id.value == "u-Mira");
        CHECK(found->lease->expires_at == noon + hour);
        CHECK(found->opened_at == noon);
        CHECK(found->due_at == noon + hour);
        CHECK(found->priority == 300);
        CHECK(found->version == 1);
    }
    CHECK(code_of(f.ask(&store_type::find_case, case_id{"c2"})) == errc::not_found);
    CHECK(code_of(f.ask(&store_type::find_case_of, room.id, seq_t{2})) == errc::not_found);
}

TEST_CASE("a fact card's place is known to its case, and its words go when it is taken back") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    store::room_commit unit = a_say(room, a_message(rowan, "k1", "text"));
    unit.opened = a_case("c1", room, rowan);
    unit.opened->drift = drift_note{"ganging", "harassment", rowan, {{1, noon, rowan, "text"}}};
    auto kase = *f.commit(unit).kase;

    event card;
    card.type = event_type::notice;
    card.at = noon;
    card.text = "\"card\":{}";
    kase.cards = {{"claim.a.b", 0, {{"u-Mira"}, "Mira", role::moderator}, noon, false}};
    store::room_commit share;
    share.room = room.id;
    share.at = noon;
    share.events = {card};
    share.changed = kase;
    const auto done = f.commit(share);
    REQUIRE(done.kase);
    REQUIRE(done.kase->cards.size() == 1);
    CHECK(done.kase->cards[0].seq == done.seqs.at(0));
    f.reopen();
    auto found = f.ask(&store_type::find_case, case_id{"c1"}).value();
    REQUIRE(found.cards.size() == 1);
    CHECK(found.cards[0].claim == "claim.a.b");
    CHECK(found.cards[0].seq == done.seqs.at(0));
    CHECK(found.cards[0].by.name == "Mira");
    CHECK_FALSE(found.cards[0].taken_back);
    REQUIRE(found.drift);
    CHECK(found.drift->kind == "ganging");
    CHECK(found.drift->category == "harassment");
    CHECK(found.drift->about.name == "Rowan");
    CHECK(found.drift->evidence.at(0).text == "text");

    store::room_commit back;
    back.room = room.id;
    back.at = noon;
    back.events.emplace_back();
    back.events[0].type = event_type::retracted;
    back.events[0].target = found.cards[0].seq;
    back.rewrites = {{found.cards[0].seq, std::nullopt}};
    found.cards[0].taken_back = true;
    back.changed = found;
    CHECK(f.commit(back).kase->cards[0].taken_back);
    CHECK(f.ask(&store_type::find_event, room.id, found.cards[0].seq)->text == std::nullopt);

    // Erasing a person takes them out of what a case remembers.
    CHECK(f.ask(&store_type::erase_person, rowan.id, noon).has_value());
    const auto erased = f.ask(&store_type::find_case, case_id{"c1"}).value();
    CHECK(erased.drift->about.name == store::erased_name);
    CHECK(erased.drift->evidence.at(0).text.empty());
}

TEST_CASE("whatever bytes a quote has, its case can be read") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    store::room_commit unit = a_say(room, a_message(rowan, "k1", "text"));
    unit.opened = a_case("c1", room, rowan);
    unit.opened->message.text = std::string("\"quoted\"\\ \n\0 \xc3 \xff end", 20);
    f.commit(unit);
    CHECK(f.ask(&store_type::find_case, case_id{"c1"}).value().message.text == unit.opened->message.text);
    CHECK(f.ask(&store_type::list_cases, store::case_filter{}).value().cases.size() == 1);
}

TEST_CASE("a case is stored only from the version that was read") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    store::room_commit unit = a_say(room, a_message(rowan, "k1", "text"));
    unit.opened = a_case("c1", room, rowan);
    const review_case first = *f.commit(unit).kase;
    store::room_commit claim = a_commit(room, {});
    claim.changed = first;
    claim.changed->state = case_state::claimed;
    claim.changed->priority = 500;
    claim.changed->lease = lease{{{"u-Mira"}, "Mira", role::moderator}, "fence", noon + hour};
    const auto claimed = f.commit(claim);
    REQUIRE(claimed.kase);
    CHECK(claimed.kase->version == 2);
    CHECK(code_of(f.ask(&store_type::commit, claim)) == errc::conflict);
    f.reopen();
    const auto found = f.ask(&store_type::find_case, first.id);
    CHECK(found->state == case_state::claimed);
    CHECK(found->priority == 500);
    CHECK(found->lease->token == "fence");
    CHECK(found->version == 2);
    // In another room's commit it is unknown.
    store::room_commit elsewhere = a_commit(f.room("meadow"), {});
    elsewhere.changed = *found;
    CHECK(code_of(f.ask(&store_type::commit, elsewhere)) == errc::not_found);
}

TEST_CASE("the queue: undecided before decided, priority falling, oldest first") {
    fixture f;
    const room_info room = f.room("harbour"), other = f.room("meadow", true);
    const person rowan = f.member(room, "Rowan");
    struct wanted {
        const char* id;
        case_state state;
        case_lane lane;
        std::int64_t priority;
        int opened_minutes;
        bool elsewhere;
    };
    for (const auto& [id, state, lane, priority, minutes, elsewhere] : {
             wanted{"c-decided", case_state::decided, case_lane::harm, 900, 0, false},
             wanted{"c-late", case_state::open, case_lane::harm, 500, 20, false},
             wanted{"c-early", case_state::claimed, case_lane::care, 500, 10, true},
             wanted{"c-low", case_state::escalated, case_lane::harm, -5, 0, false},
             wanted{"c-upheld", case_state::upheld, case_lane::care, 100, 0, false},
             wanted{"c-top", case_state::appealed, case_lane::care, 600, 30, true},
         }) {
        const room_info& where = elsewhere ? other : room;
        store::room_commit unit = a_say(where, a_message(rowan, id, "text"));
        unit.opened = a_case(id, where, rowan);
        unit.opened->state = state;
        unit.opened->lane = lane;
        unit.opened->priority = priority;
        unit.opened->opened_at = noon + std::chrono::minutes(minutes);
        f.commit(unit);
    }
    const auto listed = [&](store::case_filter filter) { return ids(*f.ask(&store_type::list_cases, filter)); };
    using names = std::vector<std::string>;
    CHECK(listed({}) == names{"c-top", "c-early", "c-late", "c-low", "c-decided", "c-upheld"});
    CHECK(listed({.state = case_state::open, .lane = {}, .room = {}, .cursor = {}}) == names{"c-late"});
    CHECK(listed({.state = {}, .lane = case_lane::care, .room = {}, .cursor = {}}) ==
          names{"c-top", "c-early", "c-upheld"});
    CHECK(listed({.state = {}, .lane = {}, .room = other.id, .cursor = {}}) == names{"c-top", "c-early"});
    CHECK(listed({.state = case_state::claimed, .lane = case_lane::harm, .room = {}, .cursor = {}}).empty());
    CHECK(code_of(f.ask(&store_type::list_cases,
                        store::case_filter{.state = {}, .lane = {}, .room = {}, .cursor = "nonsense"})) ==
          errc::bad_request);

    // A decision moves a case behind all that wait.
    store::room_commit decision = a_commit(other, {});
    decision.changed = *f.ask(&store_type::find_case, case_id{"c-top"});
    decision.changed->state = case_state::decided;
    f.commit(decision);
    CHECK(listed({}) == names{"c-early", "c-late", "c-low", "c-decided", "c-top", "c-upheld"});
}

TEST_CASE("paging through the queue meets every case once, also while others come and go") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    const auto open = [&](int i) {
        store::room_commit unit = a_say(room, a_message(rowan, "k" + std::to_string(i), "text"));
        unit.opened = a_case("c" + std::to_string(i), room, rowan);
        unit.opened->priority = i % 3;  // many alike, so that the ids decide
        f.commit(unit);
    };
    constexpr int count = 23;
    for (int i = 0; i < count; ++i) open(i);
    const int limit = GENERATE(1, 4, 23, 50);
    std::vector<std::string> met;
    store::case_filter filter;
    filter.limit = limit;
    int extra = 1000;
    do {
        const auto page = f.ask(&store_type::list_cases, filter);
        REQUIRE(page.has_value());
        CHECK(static_cast<int>(page->cases.size()) <= limit);
        for (const auto& each : ids(*page))
            if (each.size() < 4) met.push_back(each);
        filter.cursor = page->cursor;
        if (extra < 1003) open(extra++);
    } while (!filter.cursor.empty());
    CHECK(met.size() == count);
    CHECK(std::set(met.begin(), met.end()).size() == count);
}
