// All rooms of this process: finds each room's home, and carries what homes send to the workers that have listeners.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/event_loop.hpp"
#include "core/limits.hpp"
#include "rooms/gateway.hpp"
#include "rooms/home.hpp"
#include "rooms/relay.hpp"
#include "rooms/round_commits.hpp"

namespace hearth::rooms {

/// A place in a room: held by a session while it is there, given back when it is destroyed.
class seat {
public:
    seat(class hub& rooms, std::shared_ptr<const room_info> room, attach_request as, subscriber& who);
    ~seat();
    seat(const seat&) = delete;
    seat& operator=(const seat&) = delete;
    [[nodiscard]] const room_info& room() const noexcept { return *room_; }

private:
    class hub& rooms_;
    std::shared_ptr<const room_info> room_;  ///< shared by all seats of a room on one worker
    attach_request as_;
    subscriber& who_;
};

struct entered {
    std::unique_ptr<rooms::seat> seat;
    attached what;
};

class hub final : public gateway, private outlets {
public:
    using case_writer = std::function<std::string(const review_case& what, bool opened)>;

    using slide_writer =
        std::function<review_case(std::optional<review_case> existing, const room_info& room, drift_note what)>;

    /// `write_case` gives the line case_opened or case_updated; `write_slide` the case for a conversation that slides;
    /// `end_person` ends a person's connections; `opened_here` hears of each case that this process opened, not of others'.
    hub(
        std::vector<event_loop*> loops, store::store& store, const limits& bounds, case_writer write_case,
        slide_writer write_slide, std::function<void(const user_id&)> end_person,
        std::function<void(const review_case&)> opened_here = [](const review_case&) {});

    /// From a session on `loop`. The seat is taken on that loop just before `done`, so no event falls between; if the
    /// listener is gone by then, nothing happens.
    void join(event_loop& loop, const room_info& room, const std::shared_ptr<subscriber>& who,
              std::optional<seq_t> after, std::string epoch, callback<entered> done);
    /// Somebody outside this process may have written: rooms read what is new.
    void look_for_news();
    /// From any thread: another process has written to one room.
    void heard(store::room_news news);
    /// The process ends: for other processes nobody is in the rooms of this loop any more. On that loop.
    void withdraw(event_loop& loop);
    void typing(room_id room, const person& who);
    void watch(event_loop& loop, subscriber& who);
    void unwatch(event_loop& loop, subscriber& who);

    void submit(store::room_commit unit, completions& to, callback<store::committed> done) override;
    /// The same for words that somebody in the room says or changes (home::say).
    void say(store::room_commit unit, overheard heard, completions& to, callback<store::committed> done);
    void room_changed(const room_info& room) override;
    void person_left(const user_id& user) override { end_person_(user); }

private:
    friend class seat;
    /// What one worker holds; touched on its loop only.
    struct shard {
        std::unordered_map<room_id, std::shared_ptr<home>> homes;
        std::unordered_map<room_id, relay> relays;
        std::unordered_map<room_id, std::weak_ptr<const room_info>> descriptions;
        relay watchers;
    };

    void deliver(room_id room, std::size_t worker, std::shared_ptr<const delivery> what) override;
    void deliver_ephemeral(room_id room, std::size_t worker, frame what) override;
    void take_out(room_id room, std::size_t worker, const user_id& whom, bool banned) override;
    void case_changed(const review_case& what, bool opened) override;
    void heard_of_case(const case_id& id, bool opened, int tries);
    void tell_watchers(const review_case& what, bool opened);
    review_case slide_case(std::optional<review_case> existing, const room_info& room, drift_note what) override {
        return write_slide_(std::move(existing), room, std::move(what));
    }

    event_loop& home_loop(room_id room) { return *loops_[static_cast<std::size_t>(room) % loops_.size()]; }
    void submit_here(event_loop& loop, store::room_commit unit, std::optional<overheard> heard,
                     callback<store::committed> done);
    std::shared_ptr<home> home_of(const room_info& room);
    std::shared_ptr<const room_info> shared(std::size_t worker, const room_info& room);
    void with_home(room_id room, std::function<void(home*)> work);
    void hand_over(store::room_commit unit, std::optional<overheard> heard, completions& to,
                   callback<store::committed> done);
    void on(std::size_t worker, std::function<void()> work);

    std::vector<event_loop*> loops_;
    store::store& store_;
    const limits& bounds_;
    case_writer write_case_;
    slide_writer write_slide_;
    std::function<void(const user_id&)> end_person_;
    std::function<void(const review_case&)> opened_here_;
    std::vector<shard> shards_;
    std::vector<round_commits> commits_;  ///< by worker, as shards_
};

}  // namespace hearth::rooms
