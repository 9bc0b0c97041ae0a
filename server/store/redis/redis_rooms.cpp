// What happens in rooms and what people make of it.
#include <algorithm>
#include <array>
#include <charconv>

#include "store/failures.hpp"
#include "store/redis/redis_store.hpp"
#include "store/redis/rows.hpp"

namespace hearth::store::redis {
namespace {

constexpr int most_events = 10'000, most_cases = 1'000;
constexpr seq_t last_seq = seq_t{1} << 53;  // Lua's numbers are exact up to here

/// The case as it was stored: what the library filled in is filled in here, too.
std::optional<review_case> stored_case(const room_commit& unit, const std::vector<seq_t>& seqs) {
    if (unit.opened) {
        review_case out = *unit.opened;
        out.room = unit.room;
        if (out.seq == 0) out.seq = seqs.front();
        if (out.message.seq == 0) out.message.seq = out.seq;
        out.version = 1;
        return out;
    }
    if (!unit.changed) return std::nullopt;
    review_case out = *unit.changed;
    ++out.version;
    for (auto& card : out.cards)
        if (card.seq == 0 && !seqs.empty()) card.seq = seqs.front();
    return out;
}

}  // namespace

outcome<committed> read_committed(const reply& from, const room_commit& unit) {
    row fields(from);
    const std::string what = fields.text();
    if (what == "no") {
        failure why = read_refusal(fields);
        if (why.code != errc::muted && why.code != errc::banned) return why;
        const time_point end(std::chrono::milliseconds(std::stoll(why.detail)));
        return refused_until(why.code, end, unit.at);
    }
    committed out;
    if (what == "repeated") {
        out.repeated = true;
        out.first = read_event(row(fields.next()));
        out.seqs = {out.first->seq};
        return out;
    }
    const auto first = static_cast<seq_t>(fields.integer());
    const auto count = static_cast<seq_t>(fields.integer());
    for (seq_t i = 0; i < count; ++i) out.seqs.push_back(first + i);
    out.kase = stored_case(unit, out.seqs);
    return out;
}

outcome<review_case> read_one_case(const reply& from) {
    return read_answer(from, [](row fields) { return read_case(row(fields.next())); });
}

namespace {

auto page_reader(bool newest_first) {
    return [newest_first](const reply& from) {
        return read_answer(from, [&](row fields) {
            event_page out;
            out.events = read_all(fields.next(), read_event);
            if (newest_first) std::reverse(out.events.begin(), out.events.end());
            out.more = fields.flag();
            out.head = static_cast<seq_t>(fields.integer());
            return out;
        });
    };
}

/// A page's cursor is the place in the queue of its last case: whether it is settled, minus its priority, when it was
/// opened, its id (library/cases.lua).
bool is_place(std::string_view text) {
    constexpr std::array<std::size_t, 3> digits{1, 16, 16};
    for (const std::size_t count : digits) {
        if (text.size() <= count || text[count] != '.') return false;
        if (text.substr(0, count).find_first_not_of("0123456789") != std::string_view::npos) return false;
        text.remove_prefix(count + 1);
    }
    return !text.empty();
}

}  // namespace

request redis_store::commit_request_of(const room_commit& unit, const facts& known) const {
    // On one server what goes to several rooms may go together.
    auto what = writing("commit", apart_ ? room_key(unit.room) : std::string(shared_key));
    what.unit();
    add(what, known);
    redis::add(what, unit);
    return what;
}

call redis_store::commit_call(std::shared_ptr<const room_commit> unit, completions& to, callback<committed> done) {
    auto what = commit_request_of(*unit, std::nullopt);
    return what.to_call(make_job<const reply, committed>(
        to, std::move(done), [unit = std::move(unit)](const reply& from) { return read_committed(from, *unit); }));
}

void redis_store::commit(room_commit unit, completions& to, callback<committed> done) {
    std::vector<commit_request> one;
    one.push_back({std::make_shared<const room_commit>(std::move(unit)), std::move(done)});
    commit_all(std::move(one), to);
}

void redis_store::commit_all(std::vector<commit_request> units, completions& to) {
    if (apart_) {
        for (auto& [unit, done] : units) commit_one(std::move(unit), to, std::move(done));
        return;
    }
    std::vector<call> calls;
    calls.reserve(units.size());
    for (auto& [unit, done] : units) calls.push_back(commit_call(std::move(unit), to, std::move(done)));
    if (client_.push_all(calls)) return;
    job_list<const reply> refused;
    for (auto& each : calls) {
        each.asked->fail(unavailable("the store has stopped"));
        refused.push_back(std::move(each.asked));
    }
    answer_all(std::move(refused));
}

void redis_store::events_after(room_id room, seq_t after, int limit, std::optional<person> viewer, completions& to,
                               callback<event_page> done) {
    request what("events_after", room_key(room));
    what.add(room).add(std::min(after, last_seq)).add(std::clamp(limit, 1, most_events));
    redis::add(what, viewer);
    ask(what, to, std::move(done), page_reader(false));
}

void redis_store::events_before(room_id room, std::optional<seq_t> before, int limit, std::optional<person> viewer,
                                completions& to, callback<event_page> done) {
    request what("events_before", room_key(room));
    const auto from = before ? std::optional(std::to_string(std::clamp(*before, seq_t{1}, last_seq))) : std::nullopt;
    what.add(room).add(from).add(std::clamp(limit, 1, most_events));
    redis::add(what, viewer);
    ask(what, to, std::move(done), page_reader(true));
}

void redis_store::find_event(room_id room, seq_t seq, completions& to, callback<event> done) {
    ask(request("find_event", room_key(room)).add(room).add(std::min(seq, last_seq)), to, std::move(done),
        [](const reply& from) { return read_answer(from, [](row fields) { return read_event(row(fields.next())); }); });
}

void redis_store::find_case_of(room_id room, seq_t seq, completions& to, callback<review_case> done) {
    ask(request("find_case_of", room_key(room)).add(room).add(std::min(seq, last_seq)), to, std::move(done),
        read_one_case);
}

void redis_store::list_cases(case_filter filter, completions& to, callback<case_page> done) {
    if (!filter.cursor.empty() && !is_place(filter.cursor)) {
        to.run({[done = std::move(done)] { done(refused(errc::bad_request, "cursor", "not a cursor of this list")); }});
        return;
    }
    using maybe = std::optional<std::string>;
    request what(apart_ ? "queue_page" : "list_cases", shared_key);
    what.add(filter.state ? maybe(to_string(*filter.state)) : maybe());
    what.add(filter.lane ? maybe(to_string(*filter.lane)) : maybe());
    what.add(filter.room ? maybe(std::to_string(static_cast<std::int64_t>(*filter.room))) : maybe());
    what.add(std::clamp(filter.limit, 1, most_cases));
    what.add(filter.cursor.empty() ? maybe() : maybe(filter.cursor));
    if (apart_) return read_queue(filter, what, to, std::move(done));
    ask(what, to, std::move(done), [](const reply& from) {
        return read_answer(from, [](row fields) {
            case_page out;
            out.cases = read_all(fields.next(), read_case);
            out.cursor = fields.text();
            return out;
        });
    });
}

void redis_store::history_of(room_id room, user_id user, completions& to, callback<author_history> done) {
    ask(request("history_of", room_key(room)).add(room).add(user), to, std::move(done), [](const reply& from) {
        return read_answer(from, [](row fields) {
            author_history out;
            out.messages = fields.integer();
            out.cases = fields.integer();
            out.sanctions = fields.integer();
            return out;
        });
    });
}

}  // namespace hearth::store::redis
