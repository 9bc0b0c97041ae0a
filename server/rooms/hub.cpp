#include "rooms/hub.hpp"

#include "protocol/encode.hpp"

namespace hearth::rooms {
namespace {

constexpr std::chrono::milliseconds case_again_after{250};
constexpr int case_tries = 80;  // longer than what is left behind in a cluster takes to be carried (redis/carrier.cpp)

}  // namespace

seat::seat(class hub& rooms, std::shared_ptr<const room_info> room, attach_request as, subscriber& who)
    : rooms_(rooms), room_(std::move(room)), as_(std::move(as)), who_(who) {
    rooms_.shards_[as_.worker].relays[room_->id].add(who_);
}

seat::~seat() {
    auto& relays = rooms_.shards_[as_.worker].relays;
    const auto it = relays.find(room_->id);
    it->second.remove(who_);
    if (it->second.empty()) relays.erase(it);
    rooms_.with_home(room_->id, [as = std::move(as_)](home* room) {
        if (room) room->detach(as);
    });
}

hub::hub(std::vector<event_loop*> loops, store::store& store, const limits& bounds, case_writer write_case,
         slide_writer write_slide, std::function<void(const user_id&)> end_person,
         std::function<void(const review_case&)> opened_here)
    : loops_(std::move(loops)),
      store_(store),
      bounds_(bounds),
      write_case_(std::move(write_case)),
      write_slide_(std::move(write_slide)),
      end_person_(std::move(end_person)),
      opened_here_(std::move(opened_here)),
      shards_(loops_.size()) {
    for (auto* loop : loops_) commits_.emplace_back(store_, *loop, bounds_.commits_waiting);
}

void hub::look_for_news() {
    for (std::size_t worker = 0; worker < loops_.size(); ++worker)
        on(worker, [this, worker] {
            for (auto& [id, room] : shards_[worker].homes) room->look_for_news();
        });
    store_.list_rooms(*loops_.front(), [this](outcome<std::vector<room_info>> rooms) {
        if (rooms)
            for (const auto& room : *rooms) room_changed(room);
    });
}

void hub::heard(store::room_news news) {
    if (news.kase) heard_of_case(*news.kase, news.opened, case_tries);
    const room_id room = news.room;
    with_home(room, [news = std::move(news)](home* h) mutable {
        if (h) h->heard(std::move(news));
    });
}

/// In a cluster the news may come before the queue has the case, and anywhere the storage may be away for a while.
void hub::heard_of_case(const case_id& id, bool opened, int tries) {
    store_.find_case(id, *loops_.front(), [this, id, opened, tries](outcome<review_case> found) {
        if (found) return tell_watchers(*found, opened);
        if (tries > 1)
            loops_.front()->after(case_again_after,
                                  [this, id, opened, tries] { heard_of_case(id, opened, tries - 1); });
    });
}

void hub::withdraw(event_loop& loop) {
    for (auto& [id, room] : shards_[loop.index()].homes) room->withdraw();
}

void hub::on(std::size_t worker, std::function<void()> work) {
    auto& loop = *loops_[worker];
    if (loop.here())
        work();
    else
        loop.post(std::move(work));
}

void hub::with_home(room_id room, std::function<void(home*)> work) {
    auto& loop = home_loop(room);
    on(loop.index(), [this, room, worker = loop.index(), work = std::move(work)] {
        auto& homes = shards_[worker].homes;
        const auto it = homes.find(room);
        work(it == homes.end() ? nullptr : it->second.get());
    });
}

std::shared_ptr<home> hub::home_of(const room_info& room) {
    auto& loop = home_loop(room.id);
    auto& place = shards_[loop.index()].homes[room.id];
    outlets& out = *this;
    if (!place) place = std::make_shared<home>(room, loop, store_, commits_[loop.index()], out, bounds_);
    return place;
}

std::shared_ptr<const room_info> hub::shared(std::size_t worker, const room_info& room) {
    auto& known = shards_[worker].descriptions[room.id];
    if (auto same = known.lock(); same && same->version == room.version) return same;
    auto made = std::make_shared<const room_info>(room);
    known = made;
    return made;
}

void hub::join(event_loop& loop, const room_info& room, const std::shared_ptr<subscriber>& who,
               std::optional<seq_t> after, std::string epoch, callback<entered> done) {
    attach_request request{who->who(), loop.index(), after, std::move(epoch)};
    std::weak_ptr<subscriber> listener = who;
    auto arrive = [this, room, request, listener, done = std::move(done)](outcome<attached> what) mutable {
        // On the home's loop: what it sends from now on follows this onto the listener's loop.
        on(request.worker, [this, room, request, listener, done = std::move(done), what = std::move(what)]() mutable {
            if (what.has_error()) return done(what.error());
            const auto alive = listener.lock();
            if (!alive) {
                with_home(room.id, [request](home* h) {
                    if (h) h->detach(request);
                });
                return;
            }
            auto taken = std::make_unique<seat>(*this, shared(request.worker, room), request, *alive);
            done(entered{std::move(taken), std::move(*what)});
        });
    };
    on(home_loop(room.id).index(), [this, room, request, arrive = std::move(arrive)]() mutable {
        home_of(room)->attach(std::move(request), std::move(arrive));
    });
}

void hub::typing(room_id room, const person& who) {
    with_home(room, [who](home* h) {
        if (h) h->typing(who);
    });
}

void hub::watch(event_loop& loop, subscriber& who) { shards_[loop.index()].watchers.add(who); }
void hub::unwatch(event_loop& loop, subscriber& who) { shards_[loop.index()].watchers.remove(who); }

void hub::submit(store::room_commit unit, completions& to, callback<store::committed> done) {
    hand_over(std::move(unit), std::nullopt, to, std::move(done));
}

void hub::say(store::room_commit unit, overheard heard, completions& to, callback<store::committed> done) {
    hand_over(std::move(unit), std::move(heard), to, std::move(done));
}

void hub::hand_over(store::room_commit unit, std::optional<overheard> heard, completions& to,
                    callback<store::committed> done) {
    auto& loop = home_loop(unit.room);
    if (static_cast<completions*>(&loop) != &to)
        done = [&to, done = std::move(done)](outcome<store::committed> result) {
            std::vector<std::function<void()>> batch{[done, result = std::move(result)] { done(result); }};
            to.run(std::move(batch));
        };
    if (loop.here()) return submit_here(loop, std::move(unit), std::move(heard), std::move(done));
    loop.post([this, &loop, unit = std::move(unit), heard = std::move(heard), done = std::move(done)]() mutable {
        submit_here(loop, std::move(unit), std::move(heard), std::move(done));
    });
}

void hub::submit_here(event_loop& loop, store::room_commit unit, std::optional<overheard> heard,
                      callback<store::committed> done) {
    auto& commits = commits_[loop.index()];
    if (unit.speaker && commits.full()) {
        failure busy{errc::try_later, {}, "too much waits for the disk"};
        busy.retry_after = std::chrono::seconds(1);
        return done(std::move(busy));
    }
    const auto room = unit.room;
    auto& homes = shards_[loop.index()].homes;
    if (const auto it = homes.find(room); it != homes.end()) {
        if (heard) return it->second->say(std::move(unit), std::move(*heard), std::move(done));
        return it->second->submit(std::move(unit), std::move(done));
    }
    const bool opened = unit.opened.has_value();
    auto written = [this, &commits, room, opened, done = std::move(done)](outcome<store::committed> result) {
        commits.answered();
        if (result && result->kase && !result->repeated) case_changed(*result->kase, opened);
        with_home(room, [](home* h) {
            if (h) h->look_for_news();  // it woke up while this was being written
        });
        done(std::move(result));
    };
    commits.add(std::make_shared<const store::room_commit>(std::move(unit)), std::move(written));
}

void hub::room_changed(const room_info& room) {
    with_home(room.id, [room](home* h) {
        if (h) h->changed(room);
    });
}

void hub::deliver(room_id room, std::size_t worker, std::shared_ptr<const delivery> what) {
    on(worker, [this, room, worker, what = std::move(what)] {
        const auto it = shards_[worker].relays.find(room);
        if (it != shards_[worker].relays.end()) it->second.deliver(*what);
    });
}

void hub::deliver_ephemeral(room_id room, std::size_t worker, frame what) {
    on(worker, [this, room, worker, what = std::move(what)] {
        const auto it = shards_[worker].relays.find(room);
        if (it != shards_[worker].relays.end()) it->second.deliver_ephemeral(what);
    });
}

void hub::take_out(room_id room, std::size_t worker, const user_id& whom, bool banned) {
    on(worker, [this, room, worker, whom, banned] {
        const auto it = shards_[worker].relays.find(room);
        if (it == shards_[worker].relays.end()) return;
        const auto listeners = it->second;  // seats go away while they are told
        listeners.take_out(room, whom, banned);
    });
}

void hub::case_changed(const review_case& what, bool opened) {
    if (opened) opened_here_(what);
    tell_watchers(what, opened);
}

void hub::tell_watchers(const review_case& what, bool opened) {
    const auto line = write_case_(what, opened);
    delivery news;
    news.parts.push_back({std::make_shared<const std::string>(protocol::frame_text(line)), audience::everyone, {}});
    const auto shared = std::make_shared<const delivery>(std::move(news));
    for (std::size_t worker = 0; worker < shards_.size(); ++worker)
        on(worker, [this, worker, shared] { shards_[worker].watchers.deliver(*shared); });
}

}  // namespace hearth::rooms
