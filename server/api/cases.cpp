// The review queue, one case with what stands around it, and claims.
#include <algorithm>

#include "api/json_reader.hpp"
#include "api/routes.hpp"
#include "identity/token.hpp"
#include "protocol/json_text.hpp"
#include "review/case_json.hpp"
#include "review/lease.hpp"

namespace hearth::api {
namespace {

constexpr std::size_t lease_chars = 64;
constexpr int page_cases = 50;
constexpr std::size_t context_messages = 5;
constexpr int context_events = 40;  // read to find five messages among reactions and notices

struct case_query {
    store::case_filter filter;
    std::optional<case_state> state;  ///< as people see it, at `now`
};

/// A lease that ran out is not written down, so "open" and "claimed" are told apart here and not in the store. Both lie
/// in front of what is settled, so looking ends there.
void gather(const call_ptr& c, case_query query, std::vector<review_case> found) {
    const bool by_clock = query.state == case_state::open || query.state == case_state::claimed;
    if (query.state && !by_clock) query.filter.state = query.state;
    auto page = [c, query, by_clock, found = std::move(found)](store::case_page read) mutable {
        const auto at = now();
        bool over = read.cursor.empty();
        for (auto& kase : read.cases) {
            if (by_clock && kase.state == case_state::decided) over = true;
            if (by_clock && review::state_at(kase, at) != *query.state) continue;
            found.push_back(std::move(kase));
        }
        if (!over && found.empty()) {
            query.filter.cursor = read.cursor;
            return gather(c, std::move(query), std::move(found));
        }
        std::string out = R"({"cases":[)";
        for (const auto& kase : found) {
            if (&kase != found.data()) out += ',';
            review::append_case_json(out, kase, review::case_detail::list, at);
        }
        out += ']';
        if (!over) {
            out += R"(,"cursor":)";
            protocol::append_string(out, read.cursor);
        }
        out += '}';
        c->answer(200, std::move(out));
    };
    c->with.store.list_cases(query.filter, c->with.loop, c->then<store::case_page>(std::move(page)));
}

std::vector<event> messages_only(std::vector<event> events) {
    std::erase_if(events, [](const event& e) { return e.type != event_type::message; });
    return events;
}

void with_case(const call_ptr& c, std::function<void(review_case)> next) {
    c->with.store.find_case(case_id{c->parts[0]}, c->with.loop, c->then<review_case>(std::move(next)));
}

/// Writes a changed case with its audit entry, and hands on what was stored.
void keep(const call_ptr& c, review_case changed, std::string_view act, std::function<void(const review_case&)> next) {
    store::room_commit unit;
    unit.room = changed.room;
    unit.at = now();
    if (!act.empty()) unit.audit.push_back(c->act(std::string(act), changed.id.value));
    unit.changed = std::move(changed);
    auto kept = [next = std::move(next)](const store::committed& result) { next(result.kase.value()); };
    c->with.rooms.submit(std::move(unit), c->with.loop, c->then<store::committed>(std::move(kept)));
}

}  // namespace

void list_cases(const call_ptr& c) {
    case_query query;
    query.filter.limit = page_cases;
    std::string room;
    for (const auto& [name, value] : c->asked.query) {
        if (value.empty()) continue;
        if (name == "state" && !(query.state = parse_case_state(value)))
            return c->fail({errc::bad_request, "state", "no state of a case"});
        if (name == "lane" && !(query.filter.lane = parse_case_lane(value)))
            return c->fail({errc::bad_request, "lane", "care or harm"});
        if (name == "cursor") query.filter.cursor = value;
        if (name == "room") room = value;
    }
    if (room.empty()) return gather(c, std::move(query), {});
    auto search = [c, room, query](const std::vector<room_info>& rooms) mutable {
        // A slug used again is another room: the newest of that name is meant, closed or not.
        const auto found =
            std::find_if(rooms.rbegin(), rooms.rend(), [&](const room_info& r) { return r.slug == room; });
        if (found == rooms.rend()) return c->fail({errc::unknown_room, "room", "no such room"});
        query.filter.room = found->id;
        gather(c, std::move(query), {});
    };
    c->with.store.list_rooms(c->with.loop, c->then<std::vector<room_info>>(std::move(search)));
}

void answer_case(const call_ptr& c, review_case kase) {
    struct answer {
        review_case kase;
        std::vector<event> before, after;
    };
    auto parts = std::make_shared<answer>();
    parts->kase = std::move(kase);
    auto& store = c->with.store;
    auto& loop = c->with.loop;
    const auto room = parts->kase.room;
    const auto seq = parts->kase.seq;
    auto tell = [c, parts](const store::author_history& history) {
        const auto cards = cards_json(*c->with.claims(), parts->kase, c->asked.locale);
        const review::surroundings around{parts->before, parts->after, history, cards};
        std::string out;
        review::append_case_json(out, parts->kase, review::case_detail::full, now(), &around);
        c->answer(200, std::move(out));
    };
    auto read_after = [c, parts, room, &store, &loop, tell](store::event_page page) {
        parts->after = messages_only(std::move(page.events));
        if (parts->after.size() > context_messages) parts->after.resize(context_messages);
        store.history_of(room, parts->kase.message.from.id, loop, c->then<store::author_history>(tell));
    };
    auto read_before = [c, parts, room, seq, &store, &loop, read_after](store::event_page page) {
        parts->before = messages_only(std::move(page.events));
        if (parts->before.size() > context_messages)
            parts->before.erase(parts->before.begin(), parts->before.end() - context_messages);
        store.events_after(room, seq, context_events, c->who, loop, c->then<store::event_page>(read_after));
    };
    store.events_before(room, seq, context_events, c->who, loop, c->then<store::event_page>(read_before));
}

void show_case(const call_ptr& c) {
    with_case(c, [c](review_case kase) { answer_case(c, std::move(kase)); });
}

void claim_case(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    const auto held = in.maybe_line("lease", lease_chars);
    if (in.failed()) return c->fail(in.problem());
    with_case(c, [c, held](review_case kase) {
        const auto lives = c->with.bounds.lease;
        auto granted = held ? review::renew(std::move(kase), c->who, *held, lives, now())
                            : review::claim(std::move(kase), c->who, identity::new_token(), lives, now());
        if (granted.has_error()) return c->fail(granted.error());
        keep(c, std::move(*granted), held ? "" : "case.claim", [c](const review_case& stored) {
            std::string out = R"({"lease":)";
            protocol::append_string(out, stored.lease->token);
            out += R"(,"expires_at":")" + to_rfc3339(stored.lease->expires_at) + R"("})";
            c->answer(200, std::move(out));
        });
    });
}

void give_back_case(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    const auto lease = in.line("lease", lease_chars);
    if (in.failed()) return c->fail(in.problem());
    with_case(c, [c, lease](review_case kase) {
        auto back = review::give_back(std::move(kase), c->who, lease, now());
        if (back.has_error()) return c->fail(back.error());
        keep(c, std::move(*back), "case.release", [c](const review_case&) { c->done(); });
    });
}

}  // namespace hearth::api
