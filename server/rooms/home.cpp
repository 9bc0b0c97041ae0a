#include "rooms/home.hpp"

#include <algorithm>

#include "protocol/encode.hpp"

namespace hearth::rooms {
namespace {

constexpr int page_events = 500;

void append_lines(std::string& out, const std::vector<const event*>& events, std::string_view slug) {
    for (const auto* e : events) {
        protocol::append_event(out, *e, slug);
        out += '\n';
    }
}

}  // namespace

/// A join that has to read from the store, page by page, before the room's memory can take over.
struct home::waiting {
    attach_request request;
    callback<attached> done;
    bool reset = false;
    seq_t after = 0;  ///< read up to here
    std::string lines;
};

home::home(room_info room, event_loop& loop, store::store& store, round_commits& commits, outlets& out,
           const limits& bounds)
    : room_(std::move(room)),
      loop_(loop),
      store_(store),
      commits_(commits),
      out_(out),
      bounds_(bounds),
      attendance_period_(store.attendance_period()),
      presence_(attendance_period_.has_value()) {}

void home::load() {
    if (loading_) return;
    loading_ = true;
    auto self = shared_from_this();
    store_.events_before(room_.id, std::nullopt, recent::max_events, std::nullopt, loop_,
                         [self](outcome<store::event_page> page) {
                             self->loading_ = false;
                             auto joins = std::exchange(self->until_read_, {});
                             if (page.has_error()) {
                                 for (auto& [request, done] : joins) done(page.error());
                                 return;
                             }
                             self->recent_.load(std::move(page->events), !page->more, page->head);
                             self->loaded_ = true;
                             if (std::exchange(self->news_again_, false)) self->look_for_news();
                             for (auto& [request, done] : joins) self->answer(request, std::move(done));
                         });
}

void home::attach(attach_request request, callback<attached> done) {
    // As long as nobody is here nobody hears who is present elsewhere.
    if (!attendance_period_ || presence_.anybody_here()) return attach_to_log(std::move(request), std::move(done));
    until_attendance_.emplace_back(std::move(request), std::move(done));
    report_attendance(false);
}

void home::attach_to_log(attach_request request, callback<attached> done) {
    // Somebody who saw more than this room knows may have seen it on another server.
    const bool ahead = request.after && *request.after > recent_.head();
    if (loaded_ && !ahead) return answer(request, std::move(done));
    until_read_.emplace_back(std::move(request), std::move(done));
    if (!loaded_) return load();
    look_for_news();
}

void home::answer(const attach_request& request, callback<attached> done) {
    const bool reset =
        request.after && ((!request.epoch.empty() && request.epoch != room_.epoch) || *request.after > recent_.head());
    auto join = std::make_shared<waiting>(waiting{request, std::move(done), reset, 0, {}});
    if (reset) join->request.after.reset();
    const auto found = join->request.after
                           ? recent_.since(*join->request.after, request.who)
                           : recent_.newest(static_cast<std::size_t>(bounds_.replay_events), request.who);
    if (found) {
        std::string lines;
        append_lines(lines, *found, room_.slug);
        return finish(*join, std::move(lines), reset);
    }
    join->after = join->request.after.value_or(0);
    read_missed(std::move(join));
}

void home::read_missed(std::shared_ptr<waiting> join) {
    auto self = shared_from_this();
    auto got = [self, join](outcome<store::event_page> page) {
        if (page.has_error()) return join->done(page.error());
        // What the room has not sent out yet comes live; it must not come twice.
        const auto up_to = std::min(page->head, self->recent_.head());
        for (const auto& e : page->events) {
            if (e.seq > up_to) break;
            protocol::append_event(join->lines, e, self->room_.slug);
            join->lines += '\n';
            join->after = e.seq;
        }
        if (join->request.after && join->lines.size() > self->bounds_.replay_bytes) {
            join->lines.clear();
            join->request.after.reset();
            join->reset = true;
            return self->read_missed(join);
        }
        const bool whole = !join->request.after || !page->more;
        if (whole) join->after = std::max(join->after, up_to);
        if (const auto rest = whole ? self->recent_.since(join->after, join->request.who) : std::nullopt) {
            append_lines(join->lines, *rest, self->room_.slug);
            return self->finish(*join, std::move(join->lines), join->reset);
        }
        join->request.after = join->after;
        self->read_missed(join);
    };
    if (join->request.after)
        store_.events_after(room_.id, *join->request.after, page_events, join->request.who, loop_, std::move(got));
    else
        store_.events_before(room_.id, std::nullopt, bounds_.replay_events, join->request.who, loop_, std::move(got));
}

void home::finish(const waiting& join, std::string lines, bool reset) {
    if (room_.archived) return join.done(failure{errc::unknown_room, "room", "the room is closed"});
    if (listeners_.size() <= join.request.worker) listeners_.resize(join.request.worker + 1);
    ++listeners_[join.request.worker];
    flush();  // what is gathered belongs to those who were here before
    presence_.enter(join.request.who);
    plan_presence();
    keep_attending();
    join.done(attached{room_.epoch, recent_.head(), reset, std::move(lines), presence_.count(), presence_.members()});
}

void home::detach(const attach_request& who) {
    if (who.worker >= listeners_.size() || listeners_[who.worker] == 0) return;
    --listeners_[who.worker];
    presence_.leave(who.who.id);
    plan_presence();
}

void home::submit(store::room_commit unit, callback<store::committed> done) {
    if (unit.opened && unit.opened->before.empty()) {
        const auto seq = unit.opened->seq == 0 ? recent_.head() + 1 : unit.opened->seq;
        unit.opened->before = recent_.before(seq, 5);
    }
    auto kept = std::make_shared<store::room_commit>(std::move(unit));
    auto written = [self = shared_from_this(), kept, done = std::move(done)](outcome<store::committed> result) {
        self->commits_.answered();
        if (result && !result->repeated) self->committed(*kept, *result);
        // Written by a commit whose answer was lost: nobody here has heard it yet.
        if (result && result->repeated && result->seqs.front() > self->recent_.head()) self->look_for_news();
        done(std::move(result));
    };
    commits_.add(std::move(kept), std::move(written));
}

/// The store is done with `unit`: its events are taken out of it.
void home::committed(store::room_commit& unit, const store::committed& result) {
    if (result.kase) out_.case_changed(*result.kase, unit.opened.has_value());
    if (!loaded_ || reading_news_) {
        // The log is read when somebody joins, or is being read: that page may be older than this commit.
        news_again_ = loading_ || reading_news_;
        if (!loaded_) return;
    }
    for (const auto& change : unit.standings)
        if (change.banned_until && *change.banned_until) to_take_out_.push_back(change.user);
    if (reading_news_) return;
    for (std::size_t i = 0; i < result.seqs.size(); ++i) unit.events[i].seq = result.seqs[i];
    take_in(std::move(unit.events));
}

void home::send_out(event what) {
    const bool same_run =
        what.seen_by == run_audience_ && (what.seen_by == audience::everyone || what.author.id == run_author_);
    if (!run_.empty() && !same_run) {
        round_.parts.push_back(
            {std::make_shared<const std::string>(protocol::frame_text(run_)), run_audience_, run_author_});
        run_.clear();
    }
    if (run_.empty()) {
        run_audience_ = what.seen_by;
        run_author_ = what.author.id;
    } else {
        run_ += '\n';
    }
    protocol::append_event(run_, what, room_.slug);
    if (what.type == event_type::retracted) {
        recent_.rewrite(what.target, std::nullopt);
        drift_.forget(what.target);
    }
    if (what.type == event_type::edited) recent_.rewrite(what.target, what.text);
    recent_.push(std::move(what));
    plan_flush();
}

void home::plan_flush() {
    if (std::exchange(flush_planned_, true)) return;
    loop_.at_round_end([self = shared_from_this()] { self->flush(); });
}

void home::flush() {
    flush_planned_ = false;
    if (!run_.empty()) {
        round_.parts.push_back(
            {std::make_shared<const std::string>(protocol::frame_text(run_)), run_audience_, run_author_});
        run_.clear();
    }
    if (!round_.parts.empty()) {
        const auto what = std::make_shared<const delivery>(std::exchange(round_, {}));
        for (std::size_t worker = 0; worker < listeners_.size(); ++worker)
            if (listeners_[worker] > 0) out_.deliver(room_.id, worker, what);
    }
    for (const auto& user : std::exchange(to_take_out_, {}))
        for (std::size_t worker = 0; worker < listeners_.size(); ++worker)
            if (listeners_[worker] > 0) out_.take_out(room_.id, worker, user, !user.empty());
}

void home::typing(const person& who) {
    std::string line;
    protocol::append_typing(line, room_.slug, who);
    const auto bytes = std::make_shared<const std::string>(protocol::frame_text(line));
    for (std::size_t worker = 0; worker < listeners_.size(); ++worker)
        if (listeners_[worker] > 0) out_.deliver_ephemeral(room_.id, worker, bytes);
}

void home::changed(const room_info& room) {
    room_ = room;
    if (!room.archived) return;
    flush();
    to_take_out_.emplace_back();
    flush();
}

}  // namespace hearth::rooms
