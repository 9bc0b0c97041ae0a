// A decision: what the moderator asks for, weighed by review, written in one commit, told to everyone concerned.
#include <memory>

#include "api/json_reader.hpp"
#include "api/routes.hpp"
#include "review/decision.hpp"
#include "texts/notice.hpp"

namespace hearth::api {
namespace {

constexpr std::size_t lease_chars = 64;
constexpr std::int64_t most_seconds = std::int64_t{100} * 366 * 86'400;

review::order read_order(json_reader& in, const limits& bounds) {
    review::order out;
    out.lease = in.line("lease", lease_chars);
    out.action = in.required("action", in.maybe_one_of("action", parse_case_action));
    out.reason = in.required("reason", in.maybe_text("reason", bounds.note_chars));
    out.note = in.maybe_text("note", bounds.note_chars).value_or("");
    out.reply = in.maybe_text("reply", bounds.note_chars).value_or("");
    auto seconds = in.maybe_seconds("duration_s", 1, most_seconds);
    if (!seconds)
        seconds = in.maybe_seconds("duration", 1, most_seconds);  // its name in the fixed part of the protocol
    if (seconds) out.duration = std::chrono::seconds(*seconds);
    if (out.reason.find_first_not_of(" \t\r\n") == out.reason.npos) in.reject({errc::bad_request, "reason", "empty"});
    return out;
}

texts::ruling ruling_of(review::author_outcome what) {
    using enum review::author_outcome;
    switch (what) {
        case released: return texts::ruling::released;
        case kept: return texts::ruling::kept;
        case removed: return texts::ruling::removed;
        case warned: return texts::ruling::warned;
        case muted: return texts::ruling::muted;
        case banned: return texts::ruling::banned;
        case resources: return texts::ruling::resources;
    }
    return texts::ruling::resources;
}

/// A notice stays in the log, so it is worded once: in its author's language, or else in the room's first.
review::author_words words_for(const services& with, const review_case& kase, const room_info& room) {
    const auto category = kase.categories.empty() ? std::string() : kase.categories.front();
    auto locale = kase.author_locale;
    if (locale.empty()) locale = room.languages.empty() ? std::string(texts::locales[0]) : room.languages.front();
    const bool care = kase.lane == case_lane::care;
    return [&with, category, locale, care, needs_care = kase.needs_care](review::author_outcome what,
                                                                         std::optional<time_point> until) {
        if (until == review::until_lifted) until.reset();
        return texts::decision_notice_json(with.words, with.lines, locale, ruling_of(what),
                                           {category, care, needs_care}, until);
    };
}

/// What must be read before review can weigh an order.
struct hearing {
    review::order order;
    review_case kase;
    event message;
    membership standing;
};

void weigh(const call_ptr& c, const hearing& all, const room_info& room) {
    auto unit = review::decide(all.kase, all.order, c->who, all.message, all.standing,
                               words_for(c->with, all.kase, room), now());
    if (unit.has_error()) return c->fail(unit.error());
    auto decided = [c](const store::committed& result) { answer_case(c, result.kase.value()); };
    c->with.rooms.submit(std::move(*unit), c->with.loop, c->then<store::committed>(std::move(decided)));
}

}  // namespace

void decide_case(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    auto all = std::make_shared<hearing>();
    all->order = read_order(in, c->with.bounds);
    if (in.failed()) return c->fail(in.problem());

    auto& store = c->with.store;
    auto& loop = c->with.loop;
    auto with_standing = [c, all](const membership& standing) {
        all->standing = standing;
        room_by_id(c, all->kase.room, [c, all](const room_info& room) { weigh(c, *all, room); });
    };
    auto with_message = [c, all, &store, &loop, with_standing](event message) {
        all->message = std::move(message);
        store.find_membership(all->kase.room, all->message.author.id, loop, c->then<membership>(with_standing));
    };
    auto with_case = [c, all, &store, &loop, with_message](review_case kase) {
        all->kase = std::move(kase);
        store.find_event(all->kase.room, all->kase.seq, loop, c->then<event>(with_message));
    };
    store.find_case(case_id{c->parts[0]}, loop, c->then<review_case>(with_case));
}

}  // namespace hearth::api
