#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;

namespace {

std::vector<seq_t> seqs(const store::event_page& page) {
    std::vector<seq_t> out;
    for (const auto& each : page.events) out.push_back(each.seq);
    return out;
}

using list = std::vector<seq_t>;

/// One event for each audience, all of Rowan's, at seqs 1 to 5; then one of Sol's for everyone at 6.
struct audiences : fixture {
    room_info harbour = room();
    person rowan = member(harbour, "Rowan"), sol = member(harbour, "Sol"), mira = staff("Mira").who;

    audiences() {
        std::vector<event> all;
        for (const auto seen_by : {audience::everyone, audience::author_and_staff, audience::author_only,
                                   audience::person_and_staff, audience::person}) {
            all.push_back(an_event(event_type::notice, rowan, 0));
            all.back().seen_by = seen_by;
        }
        all.push_back(an_event(event_type::notice, sol, 0));
        commit(a_commit(harbour, all));
    }
    store::event_page after(seq_t from, int limit, std::optional<person> viewer) {
        return *ask(&store_type::events_after, harbour.id, from, limit, viewer);
    }
    store::event_page before(std::optional<seq_t> from, int limit, std::optional<person> viewer) {
        return *ask(&store_type::events_before, harbour.id, from, limit, viewer);
    }
};

}  // namespace

TEST_CASE("a page holds what its viewer may see, by the same rule as live delivery") {
    audiences f;
    const auto whole = f.after(0, 100, std::nullopt);
    CHECK(seqs(whole) == list{1, 2, 3, 4, 5, 6});
    const auto [viewer, expected] = GENERATE_REF(table<person, list>({
        {f.rowan, {1, 2, 3, 4, 5, 6}},
        {f.sol, {1, 6}},
        {f.mira, {1, 2, 4, 6}},
        {person{{"u-admin"}, "Ada", role::admin}, {1, 2, 4, 6}},
        {person{{"u-fac"}, "Fay", role::facilitator}, {1, 6}},
    }));
    CHECK(seqs(f.after(0, 100, viewer)) == expected);
    CHECK(seqs(f.before(std::nullopt, 100, viewer)) == expected);
    list by_rule;
    for (const auto& each : whole.events)
        if (visible(each.seen_by, each.author.id, viewer)) by_rule.push_back(each.seq);
    CHECK(by_rule == expected);
}

TEST_CASE("pages forward: ascending, bounded, with more only when there is more to see") {
    audiences f;
    const auto first = f.after(0, 2, std::nullopt);
    CHECK(seqs(first) == list{1, 2});
    CHECK(first.more);
    CHECK(first.head == 6);
    const auto last = f.after(4, 2, std::nullopt);
    CHECK(seqs(last) == list{5, 6});
    CHECK_FALSE(last.more);
    const auto none = f.after(6, 2, std::nullopt);
    CHECK(none.events.empty());
    CHECK_FALSE(none.more);
    CHECK(none.head == 6);
    // What a viewer may not see is neither a place in the page nor a reason for more.
    const auto mine = f.after(0, 2, f.sol);
    CHECK(seqs(mine) == list{1, 6});
    CHECK_FALSE(mine.more);
    CHECK(f.after(0, 1, f.sol).more);
    CHECK(f.after(~seq_t{0}, 2, std::nullopt).events.empty());
}

TEST_CASE("pages backward: the newest ones before a seq, ascending") {
    audiences f;
    const auto newest = f.before(std::nullopt, 2, std::nullopt);
    CHECK(seqs(newest) == list{5, 6});
    CHECK(newest.more);
    CHECK(newest.head == 6);
    CHECK(seqs(f.before(5, 3, std::nullopt)) == list{2, 3, 4});
    const auto oldest = f.before(3, 2, std::nullopt);
    CHECK(seqs(oldest) == list{1, 2});
    CHECK_FALSE(oldest.more);
    const auto mine = f.before(6, 1, f.sol);
    CHECK(seqs(mine) == list{1});
    CHECK_FALSE(mine.more);
    CHECK(f.before(1, 2, std::nullopt).events.empty());
}

TEST_CASE("walking pages meets every event once, both ways") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    constexpr seq_t count = 57;
    for (seq_t i = 0; i < count; ++i) f.say(room, rowan, "k" + std::to_string(i), "text");
    const int limit = GENERATE(1, 7, 56, 57, 58);
    list forward, backward;
    for (bool more = true; more;) {
        const auto page =
            *f.ask(&store_type::events_after, room.id, forward.empty() ? 0 : forward.back(), limit, rowan);
        for (const auto& each : page.events) forward.push_back(each.seq);
        more = page.more;
    }
    for (bool more = true; more;) {
        const auto page =
            *f.ask(&store_type::events_before, room.id,
                   backward.empty() ? std::nullopt : std::optional<seq_t>(backward.front()), limit, rowan);
        const auto part = seqs(page);
        backward.insert(backward.begin(), part.begin(), part.end());
        more = page.more;
    }
    list all;
    for (seq_t i = 1; i <= count; ++i) all.push_back(i);
    CHECK(forward == all);
    CHECK(backward == all);
}

TEST_CASE("a room without events has an empty page with head 0") {
    fixture f;
    const auto page = f.ask(&store_type::events_before, f.room().id, std::nullopt, 10, std::nullopt);
    REQUIRE(page.has_value());
    CHECK(page->events.empty());
    CHECK_FALSE(page->more);
    CHECK(page->head == 0);
}

TEST_CASE("an author's history counts messages, cases and sanctions of one room") {
    fixture f;
    const room_info room = f.room("harbour"), other = f.room("meadow", true);
    const person rowan = f.member(room, "Rowan"), sol = f.member(room, "Sol");
    const seq_t flagged = f.say(room, rowan, "k1", "one");
    f.say(room, rowan, "k2", "two");
    f.say(other, rowan, "k3", "elsewhere");
    f.say(room, sol, "k4", "not mine");
    f.commit(a_commit(room, {an_event(event_type::sanction, rowan, 0), an_event(event_type::notice, rowan, flagged)}));
    store::room_commit report = a_commit(room, {});
    report.opened = a_case("c1", room, rowan, flagged);
    f.commit(report);
    const auto history = f.ask(&store_type::history_of, room.id, rowan.id);
    REQUIRE(history.has_value());
    CHECK(history->messages == 2);
    CHECK(history->cases == 1);
    CHECK(history->sanctions == 1);
    CHECK(f.ask(&store_type::history_of, other.id, rowan.id)->messages == 1);
    CHECK(f.ask(&store_type::history_of, room.id, sol.id)->cases == 0);
}
