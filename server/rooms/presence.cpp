#include "rooms/presence.hpp"

#include <unordered_set>

namespace hearth::rooms {

/// Who left and came back (or the other way round) before anyone was told is no news.
void presence::note(news& into, const user_id& who, bool came) {
    if (const auto it = into.find(who); it != into.end() && it->second != came)
        into.erase(it);
    else
        into.emplace(who, came);
}

void presence::enter(const person& who) {
    auto& entry = people_[who.id];
    entry.who = who;
    if (++entry.connections > 1) return;
    ++here_;
    if (reports_) note(unreported_, who.id, true);
    if (!entry.elsewhere) note(news_, who.id, true);
}

void presence::leave(const user_id& who) {
    const auto it = people_.find(who);
    if (it == people_.end() || it->second.connections == 0 || --it->second.connections > 0) return;
    --here_;
    if (reports_) note(unreported_, who, false);
    if (it->second.elsewhere) return;
    people_.erase(it);
    note(news_, who, false);
}

void presence::elsewhere(const std::vector<person>& named, std::size_t unnamed) {
    unnamed_ = unnamed;
    std::unordered_set<user_id> there;
    for (const auto& who : named) {
        there.insert(who.id);
        auto& entry = people_[who.id];
        if (entry.connections == 0 && !entry.elsewhere) note(news_, who.id, true);
        if (entry.connections == 0) entry.who = who;
        entry.elsewhere = true;
    }
    for (auto it = people_.begin(); it != people_.end();) {
        auto& entry = it->second;
        entry.elsewhere = there.contains(it->first);
        if (entry.elsewhere || entry.connections > 0) {
            ++it;
            continue;
        }
        note(news_, it->first, false);
        it = people_.erase(it);
    }
}

std::vector<person> presence::members() const {
    std::vector<person> all;
    if (count() > named_people) return all;
    all.reserve(people_.size());
    for (const auto& [id, entry] : people_) all.push_back(entry.who);
    return all;
}

const person* presence::find(const user_id& who) const {
    const auto it = people_.find(who);
    return it == people_.end() ? nullptr : &it->second.who;
}

presence::change presence::take() {
    change what{count(), {}, {}};
    if (count() <= named_people) {
        for (const auto& [id, came] : news_) {
            if (!came)
                what.left.push_back(id);
            else if (const auto it = people_.find(id); it != people_.end())
                what.joined.push_back(it->second.who);
        }
    }
    news_.clear();
    told_ = count();
    return what;
}

presence::report presence::take_report(bool whole) {
    report what;
    if (whole) {
        for (const auto& [id, entry] : people_)
            if (entry.connections > 0) what.came.push_back(entry.who);
    } else {
        for (const auto& [id, came] : unreported_) {
            if (!came)
                what.went.push_back(id);
            else if (const auto it = people_.find(id); it != people_.end())
                what.came.push_back(it->second.who);
        }
    }
    unreported_.clear();
    return what;
}

std::chrono::milliseconds presence::pause() const noexcept {
    return count() <= named_people ? std::chrono::milliseconds(500) : std::chrono::seconds(10);
}

}  // namespace hearth::rooms
