// A room on the one worker it lives on: it gives events to the store in order and to everyone present after that.
//
// Needs no lock: everything here runs on that worker's loop. What the store says is durable is sent out exactly once and
// in the log's order; a gap (another process wrote to the room) is read from the store before anything newer goes out.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/event_loop.hpp"
#include "core/limits.hpp"
#include "moderation/drift/drift.hpp"
#include "rooms/presence.hpp"
#include "rooms/recent.hpp"
#include "rooms/relay.hpp"
#include "rooms/round_commits.hpp"
#include "store/store.hpp"

namespace hearth::rooms {

/// How a room reaches its listeners, wherever they are, and those who watch the review queue.
class outlets {
public:
    virtual void deliver(room_id room, std::size_t worker, std::shared_ptr<const delivery> what) = 0;
    virtual void deliver_ephemeral(room_id room, std::size_t worker, frame what) = 0;
    virtual void take_out(room_id room, std::size_t worker, const user_id& whom, bool banned) = 0;
    virtual void case_changed(const review_case& what, bool opened) = 0;
    /// The case for a conversation that slides: a new one, or the one its last line already has.
    [[nodiscard]] virtual review_case slide_case(std::optional<review_case> existing, const room_info& room,
                                                 drift_note what) = 0;

protected:
    ~outlets() = default;
};

/// What the judge heard in a message besides its verdict, for the room's drift.
struct overheard {
    moderation::leaning_scores leanings{};
    bool disclosure = false;
    std::optional<seq_t> reply_to;
};

/// What a join needs to know, and what it gets: everything up to `head`; later events come live.
struct attach_request {
    person who;
    std::size_t worker = 0;
    std::optional<seq_t> after;
    std::string epoch;
};
struct attached {
    std::string epoch;
    seq_t head = 0;
    bool reset = false;
    std::string lines;  ///< the missed events, each followed by a newline
    std::size_t count = 0;
    std::vector<person> members;
};

class home : public std::enable_shared_from_this<home> {
public:
    home(room_info room, event_loop& loop, store::store& store, round_commits& commits, outlets& out,
         const limits& bounds);

    void attach(attach_request request, callback<attached> done);
    void detach(const attach_request& who);
    void submit(store::room_commit unit, callback<store::committed> done);
    /// The same for words that somebody says or changes: the first event. The room listens where the talk drifts.
    void say(store::room_commit unit, overheard heard, callback<store::committed> done);
    void typing(const person& who);
    void changed(const room_info& room);
    /// Someone else may have written to the log: read what is new.
    void look_for_news();
    /// Somebody else has written this to the log. Told late, twice or not at all it does no harm.
    void heard(store::room_news news);
    /// The process ends: for the others nobody is here any more.
    void withdraw();

private:
    struct waiting;
    void attach_to_log(attach_request request, callback<attached> done);
    void load();
    void answer(const attach_request& request, callback<attached> done);
    void read_missed(std::shared_ptr<waiting> join);
    void finish(const waiting& join, std::string lines, bool reset);
    void committed(store::room_commit& unit, const store::committed& result);
    /// Sends out in the log's order; what comes before its turn waits a moment for the rest, which then is read.
    void take_in(std::vector<event> some);
    void send_early();
    /// The log has a hole: what was sent out before it may be lost, so memory is made of what is there.
    void read_again();
    void wait_for_gap();
    void send_out(event what);
    void plan_flush();
    void flush();
    void tell_presence();
    void plan_presence();
    void report_attendance(bool then_tell);
    void report_attendance_later();
    void attendance_answered(const outcome<store::attendance>& got);
    /// Reports at intervals as long as somebody is here.
    void keep_attending();
    /// What the drift hears of words that are being said; nullopt: nothing.
    [[nodiscard]] std::optional<moderation::drift_line> overhear(const event& words, const overheard& heard) const;
    void listen(const moderation::drift_line& line, time_point at);
    void raise(const moderation::slide& what, int tries);
    void raise_later(const moderation::slide& what, int tries);
    void write_slide(const moderation::slide& what, drift_note note, std::optional<review_case> existing, int tries);

    room_info room_;
    event_loop& loop_;
    store::store& store_;
    round_commits& commits_;
    outlets& out_;
    const limits& bounds_;
    const std::optional<std::chrono::milliseconds> attendance_period_;  ///< none: nobody else has people here

    bool loaded_ = false, loading_ = false;
    bool reading_news_ = false, news_again_ = false;
    bool hears_others_ = false, gap_awaited_ = false;
    std::map<seq_t, event> early_;
    std::vector<std::pair<attach_request, callback<attached>>> until_read_;
    recent recent_;
    presence presence_;
    moderation::drift drift_;  ///< begins empty after a restart
    bool presence_planned_ = false;
    bool others_changed_ = false, reporting_ = false, report_again_ = false, tell_then_ = false;
    bool whole_report_ = true, report_later_ = false, attending_ = false, withdrawn_ = false;
    std::string attendance_known_;  ///< version of what presence_ knows of others
    std::size_t other_processes_ = 0;
    std::vector<std::pair<attach_request, callback<attached>>> until_attendance_;
    std::vector<std::size_t> listeners_;  ///< connections in this room, by worker
    std::vector<user_id> to_take_out_;    ///< banned people; an empty id is everyone: the room was closed
    delivery round_;                      ///< what goes out at the end of this round
    std::string run_;                     ///< lines of the run being gathered, all with `run_audience_`
    audience run_audience_ = audience::everyone;
    user_id run_author_;
    bool flush_planned_ = false;
};

}  // namespace hearth::rooms
