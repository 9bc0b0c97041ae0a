#include "session/people.hpp"

#include <algorithm>

#include "session/session.hpp"

namespace hearth::session {

void people::close(const entry& which, close_code why) {
    which.loop->post([who = which.who, why] {
        if (const auto alive = who.lock()) alive->end(why);
    });
}

void people::add(const user_id& user, const std::shared_ptr<session>& who, event_loop& loop) {
    const std::lock_guard guard(lock_);
    auto& entries = connected_[user];
    entries.push_back({who.get(), who, &loop});
    if (entries.size() <= most_) return;
    close(entries.front(), close_code::replaced);
    entries.erase(entries.begin());
}

void people::remove(const user_id& user, const session& who) {
    const std::lock_guard guard(lock_);
    const auto it = connected_.find(user);
    if (it == connected_.end()) return;
    std::erase_if(it->second, [&](const entry& e) { return e.key == &who; });
    if (it->second.empty()) connected_.erase(it);
}

void people::end(const user_id& user, close_code why) {
    const std::lock_guard guard(lock_);
    if (const auto it = connected_.find(user); it != connected_.end())
        for (const auto& e : it->second) close(e, why);
}

std::vector<user_id> people::all() {
    const std::lock_guard guard(lock_);
    std::vector<user_id> ids;
    ids.reserve(connected_.size());
    for (const auto& [user, entries] : connected_) ids.push_back(user);
    return ids;
}

}  // namespace hearth::session
