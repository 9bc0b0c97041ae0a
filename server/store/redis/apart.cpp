// In a cluster what belongs to no room lies on another server than the room. What one function does elsewhere takes two
// calls here: facts first, then the commit, then what it has to tell; or the index first, then what it points to.
#include <map>

#include "store/redis/carrier.hpp"
#include "store/redis/redis_store.hpp"
#include "store/redis/rows.hpp"

namespace hearth::store::redis {
namespace {

template <class T>
void tell(completions& to, const callback<T>& done, outcome<T> what) {
    to.run({[done, what = std::move(what)] { done(what); }});
}

/// Where cases lie, most urgent first.
struct places {
    std::vector<std::pair<std::string, std::string>> case_and_room;
    std::string cursor;
};

outcome<places> read_places(const reply& from) {
    return read_answer(from, [](row fields) {
        places out;
        for (const auto& each : fields.next().items) {
            row one(each);
            auto id = one.text();
            out.case_and_room.emplace_back(std::move(id), one.text());
        }
        out.cursor = fields.text();
        return out;
    });
}

}  // namespace

void redis_store::with_facts(room_id room, const std::optional<user_id>& speaker,
                             const std::vector<standing_change>& of, std::function<void(const outcome<facts>&)> then) {
    if (!apart_) return then(facts());
    request what("facts", shared_key);
    what.add(room).add(speaker ? std::optional(speaker->value) : std::nullopt).add(of.size());
    for (const auto& each : of) what.add(each.user);
    ask_here<facts>(
        what,
        [](const reply& from) {
            return read_answer(from, [](row fields) {
                std::vector<std::string> out;
                for (int i = 0; i < 4; ++i) out.push_back(fields.text());
                return facts(std::move(out));
            });
        },
        std::move(then));
}

void redis_store::add(request& to, const facts& known) {
    to.add(known.has_value());
    if (!known) return;
    for (const auto& each : *known) to.add(each);
}

void redis_store::commit_one(std::shared_ptr<const room_commit> unit, completions& to, callback<committed> done) {
    with_facts(unit->room, unit->speaker, unit->standings, [this, unit, &to, done](const outcome<facts>& known) {
        if (!known) return tell(to, done, outcome<committed>(known.error()));
        const auto what = commit_request_of(*unit, *known);
        if (!unit->opened && !unit->changed && unit->audit.empty())
            return ask(what, to, done, [unit](const reply& from) { return read_committed(from, *unit); });
        // The answer waits for the queue and the audit log to have it, too, also when whoever committed it first ended
        // before; when they cannot be reached it is there all the same, and a sweep tells them.
        const auto parcel = std::make_shared<carrier::parcel>();
        parcel->room = std::to_string(static_cast<std::int64_t>(unit->room));
        ask_here<committed>(
            what,
            [unit, parcel](const reply& from) {
                if (from.items.size() == 5) {
                    parcel->id = from.items[3].text;
                    parcel->effects = from.items[4].text;
                }
                return read_committed(from, *unit);
            },
            [this, parcel, &to, done](outcome<committed> got) {
                const bool repeated = got && got->repeated;
                if (!repeated && parcel->id.empty()) return tell(to, done, std::move(got));
                auto then = [&to, done, got = std::move(got)](bool) { tell(to, done, got); };
                if (repeated) return carrier_->carry_all(parcel->room, std::move(then));
                carrier_->carry(*parcel, std::move(then));
            });
    });
}

/// Where it cannot be begun now it begins with its first event, by the clock (library/history.lua).
void redis_store::begin_log(outcome<room_info> added, completions& to, callback<room_info> done) {
    if (!added) return tell(to, done, std::move(added));
    auto what = writing("begin_log", room_key(added->id));
    what.add(added->id);
    ask_here<void>(
        what, [](const reply&) { return outcome<void>(); },
        [&to, done = std::move(done), added = std::move(added)](const outcome<void>&) { tell(to, done, added); });
}

void redis_store::find_case(case_id id, completions& to, callback<review_case> done) {
    const auto ask_room = [this, id, &to, done](std::string_view key, const std::optional<std::string>& room) {
        ask(request("find_case", key).add(id).add(room), to, done, read_one_case);
    };
    if (!apart_) return ask_room(shared_key, std::nullopt);
    ask_here<std::string>(
        request("room_of_case", shared_key).add(id),
        [](const reply& from) { return read_answer(from, [](row fields) { return fields.text(); }); },
        [ask_room, &to, done](const outcome<std::string>& room) {
            if (!room) return tell(to, done, outcome<review_case>(room.error()));
            ask_room(room_key(*room), *room);
        });
}

/// The page's cases are read room by room; what has changed since its place was found may not fit any more.
void redis_store::read_queue(const case_filter& filter, const request& page, completions& to,
                             callback<case_page> done) {
    struct gathering {
        places found;
        std::map<std::string, review_case> cases;
        std::optional<failure> failed;
        std::size_t open = 0;
    };
    const auto all = std::make_shared<gathering>();
    const auto finish = [all, filter, &to, done] {
        if (all->failed) return tell(to, done, outcome<case_page>(*all->failed));
        case_page out;
        out.cursor = all->found.cursor;
        for (const auto& [id, room] : all->found.case_and_room) {
            const auto at = all->cases.find(id);
            if (at == all->cases.end()) continue;
            const auto& each = at->second;
            if ((!filter.state || each.state == *filter.state) && (!filter.lane || each.lane == *filter.lane))
                out.cases.push_back(each);
        }
        tell(to, done, outcome<case_page>(std::move(out)));
    };
    ask_here<places>(page, read_places, [this, all, finish](outcome<places> got) {
        if (!got) {
            all->failed = got.error();
            return finish();
        }
        all->found = std::move(*got);
        std::map<std::string, std::vector<std::string>> of_room;
        for (const auto& [id, room] : all->found.case_and_room) of_room[room].push_back(id);
        all->open = of_room.size();
        if (of_room.empty()) return finish();
        for (const auto& [room, ids] : of_room) {
            request what("cases_of", room_key(room));
            what.add(room).add(ids.size());
            for (const auto& each : ids) what.add(each);
            ask_here<std::vector<review_case>>(
                what,
                [](const reply& from) {
                    return read_answer(from, [](row fields) { return read_all(fields.next(), read_case); });
                },
                [all, finish](outcome<std::vector<review_case>> some) {
                    if (!some)
                        all->failed = some.error();
                    else
                        for (auto& each : *some) all->cases.emplace(each.id.value, std::move(each));
                    if (--all->open == 0) finish();
                });
        }
    });
}

}  // namespace hearth::store::redis
