// What the room learns of others' writing to its log: by being told, or by reading.
#include "rooms/home.hpp"

namespace hearth::rooms {
namespace {

constexpr int page_events = 500;
constexpr std::size_t most_early = 1'000;
constexpr std::chrono::milliseconds again_after{200};
constexpr std::chrono::milliseconds gap_closes_within{15};  // by itself, when others are heard; else it is read

}  // namespace

void home::look_for_news() {
    if (!loaded_ || reading_news_) {
        news_again_ = loading_ || reading_news_;  // what is being read may be older than what is looked for
        return;
    }
    reading_news_ = true;
    auto self = shared_from_this();
    store_.events_after(room_.id, recent_.head(), page_events, std::nullopt, loop_,
                        [self](outcome<store::event_page> page) {
                            self->reading_news_ = false;
                            if (page.has_error()) {
                                for (auto& [request, done] : std::exchange(self->until_read_, {})) done(page.error());
                                // Nothing newer may go out before this is read; try again soon.
                                self->reading_news_ = true;
                                self->loop_.after(again_after, [self] {
                                    self->reading_news_ = false;
                                    self->look_for_news();
                                });
                                return;
                            }
                            if (!page->events.empty() && page->events.front().seq > self->recent_.head() + 1)
                                self->read_again();
                            for (auto& e : page->events) self->send_out(std::move(e));
                            self->send_early();
                            if (!self->to_take_out_.empty()) self->plan_flush();
                            if (std::exchange(self->news_again_, false) || self->recent_.head() < page->head)
                                return self->look_for_news();
                            for (auto& [request, done] : std::exchange(self->until_read_, {}))
                                self->answer(request, std::move(done));
                        });
}

void home::read_again() {
    store_.events_before(room_.id, std::nullopt, recent::max_events, std::nullopt, loop_,
                         [self = shared_from_this()](outcome<store::event_page> page) {
                             const auto head = self->recent_.head();
                             if (page.has_error() || page->head < head)
                                 return self->loop_.after(again_after, [self] { self->read_again(); });
                             std::erase_if(page->events, [head](const event& e) { return e.seq > head; });
                             self->recent_.load(std::move(page->events), !page->more, head);
                         });
}

void home::heard(store::room_news news) {
    if (news.attendance) {
        others_changed_ = presence_.anybody_here();
        return plan_presence();
    }
    hears_others_ = true;
    if (!loaded_ || reading_news_) {
        news_again_ = loading_ || reading_news_;
        if (!loaded_) return;
    }
    to_take_out_.insert(to_take_out_.end(), news.banned.begin(), news.banned.end());
    if (!reading_news_) take_in(std::move(news.events));
}

void home::take_in(std::vector<event> some) {
    plan_flush();
    if (early_.empty() && !some.empty() && some.front().seq == recent_.head() + 1) {
        for (auto& each : some) send_out(std::move(each));
        return;
    }
    for (auto& each : some) {
        const auto seq = each.seq;
        early_.try_emplace(seq, std::move(each));
    }
    send_early();
    if (early_.empty()) return;
    if (!hears_others_ || early_.size() > most_early) return look_for_news();
    wait_for_gap();
}

void home::send_early() {
    while (!early_.empty() && early_.begin()->first <= recent_.head() + 1) {
        auto next = early_.extract(early_.begin());
        if (next.key() > recent_.head()) send_out(std::move(next.mapped()));
    }
}

void home::wait_for_gap() {
    if (std::exchange(gap_awaited_, true)) return;
    loop_.after(gap_closes_within, [self = shared_from_this(), head = recent_.head()] {
        self->gap_awaited_ = false;
        if (self->early_.empty()) return;
        if (self->recent_.head() == head) return self->look_for_news();
        self->wait_for_gap();  // that one closed; this is another
    });
}

}  // namespace hearth::rooms
