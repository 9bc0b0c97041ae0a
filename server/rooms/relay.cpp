#include "rooms/relay.hpp"

#include <algorithm>

namespace hearth::rooms {

void relay::remove(const subscriber& who) {
    const auto it = std::find(members_.begin(), members_.end(), &who);
    if (it == members_.end()) return;
    *it = members_.back();
    members_.pop_back();
}

void relay::deliver(const delivery& what) const {
    for (const auto& part : what.parts) {
        if (part.seen_by == audience::everyone) {
            for (auto* member : members_) member->deliver(part.bytes);
        } else {
            for (auto* member : members_)
                if (visible(part.seen_by, part.author, member->who())) member->deliver(part.bytes);
        }
    }
}

void relay::deliver_ephemeral(const frame& bytes) const {
    for (auto* member : members_) member->deliver_ephemeral(bytes);
}

void relay::take_out(room_id room, const user_id& whom, bool banned) const {
    for (auto* member : members_)
        if (whom.empty() || member->who().id == whom) member->taken_out(room, banned);
}

}  // namespace hearth::rooms
