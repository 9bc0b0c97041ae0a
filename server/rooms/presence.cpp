#include "rooms/presence.hpp"

namespace hearth::rooms {

void presence::enter(const person& who) {
    auto& entry = people_[who.id];
    entry.who = who;
    if (++entry.connections > 1) return;
    if (const auto it = news_.find(who.id); it != news_.end() && !it->second)
        news_.erase(it);  // left and came back before anyone was told
    else
        news_.emplace(who.id, true);
}

void presence::leave(const user_id& who) {
    const auto it = people_.find(who);
    if (it == people_.end() || --it->second.connections > 0) return;
    people_.erase(it);
    if (const auto news = news_.find(who); news != news_.end() && news->second)
        news_.erase(news);
    else
        news_.emplace(who, false);
}

std::vector<person> presence::members() const {
    std::vector<person> all;
    if (people_.size() > named_people) return all;
    all.reserve(people_.size());
    for (const auto& [id, entry] : people_) all.push_back(entry.who);
    return all;
}

const person* presence::find(const user_id& who) const {
    const auto it = people_.find(who);
    return it == people_.end() ? nullptr : &it->second.who;
}

presence::change presence::take() {
    change what{people_.size(), {}, {}};
    if (people_.size() <= named_people) {
        for (const auto& [id, came] : news_) {
            if (!came)
                what.left.push_back(id);
            else if (const auto it = people_.find(id); it != people_.end())
                what.joined.push_back(it->second.who);
        }
    }
    news_.clear();
    told_ = people_.size();
    return what;
}

std::chrono::milliseconds presence::pause() const noexcept {
    return people_.size() <= named_people ? std::chrono::milliseconds(500) : std::chrono::seconds(10);
}

}  // namespace hearth::rooms
