#include "rooms/recent.hpp"

#include <algorithm>

namespace hearth::rooms {

void recent::load(std::vector<event> tail, bool complete, seq_t head) {
    events_.assign(std::make_move_iterator(tail.begin()), std::make_move_iterator(tail.end()));
    head_ = head;
    floor_ = complete ? 0 : events_.empty() ? head : events_.front().seq - 1;
}

void recent::push(event what) {
    head_ = what.seq;
    events_.push_back(std::move(what));
    if (events_.size() > max_events) {
        floor_ = events_.front().seq;
        events_.pop_front();
    }
}

void recent::rewrite(seq_t target, const std::optional<std::string>& text) {
    for (auto& e : events_) {
        const bool itself = (e.type == event_type::message || e.type == event_type::notice) && e.seq == target;
        const bool about = (e.type == event_type::edited || e.type == event_type::released) && e.target == target;
        if (!itself && !about) continue;
        e.text = text;
        e.was_edited = e.was_edited || text.has_value();
    }
}

std::optional<std::vector<const event*>> recent::since(seq_t after, const person& viewer) const {
    if (after < floor_) return std::nullopt;
    std::vector<const event*> found;
    const auto first =
        std::partition_point(events_.begin(), events_.end(), [&](const event& e) { return e.seq <= after; });
    for (auto it = first; it != events_.end(); ++it)
        if (visible(it->seen_by, it->author.id, viewer)) found.push_back(&*it);
    return found;
}

std::optional<std::vector<const event*>> recent::newest(std::size_t count, const person& viewer) const {
    std::vector<const event*> found;
    for (auto it = events_.rbegin(); it != events_.rend() && found.size() < count; ++it)
        if (visible(it->seen_by, it->author.id, viewer)) found.push_back(&*it);
    if (found.size() < count && floor_ > 0) return std::nullopt;
    std::reverse(found.begin(), found.end());
    return found;
}

std::vector<quoted_message> recent::before(seq_t seq, std::size_t count) const {
    std::vector<quoted_message> found;
    for (auto it = events_.rbegin(); it != events_.rend() && found.size() < count; ++it) {
        if (it->seq >= seq || !it->text || it->seen_by != audience::everyone) continue;
        if (it->type == event_type::message) found.push_back({it->seq, it->at, it->author, *it->text});
        if (it->type == event_type::released) found.push_back({it->target, it->at, it->author, *it->text});
    }
    std::reverse(found.begin(), found.end());
    return found;
}

std::vector<quoted_message> recent::quoted(std::span<const std::uint64_t> seqs) const {
    std::vector<quoted_message> found;
    for (const auto& e : events_) {
        if (e.type != event_type::message || !e.text || e.seen_by != audience::everyone) continue;
        if (std::binary_search(seqs.begin(), seqs.end(), e.seq)) found.push_back({e.seq, e.at, e.author, *e.text});
    }
    return found;
}

const event* recent::message(seq_t seq) const {
    for (auto it = events_.rbegin(); it != events_.rend() && it->seq >= seq; ++it)
        if (it->seq == seq) return it->type == event_type::message ? &*it : nullptr;
    return nullptr;
}

}  // namespace hearth::rooms
