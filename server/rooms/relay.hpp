// A room's listeners on one worker: what the room sends once per worker is handed to each of them here.
#pragma once

#include <vector>

#include "core/event.hpp"
#include "rooms/subscriber.hpp"

namespace hearth::rooms {

/// What a room sends in one round: runs of events in order, each run with one audience.
struct delivery {
    struct part {
        frame bytes;
        audience seen_by = audience::everyone;
        user_id author;  ///< where seen_by is not everyone
    };
    std::vector<part> parts;
};

class relay {
public:
    void add(subscriber& who) { members_.push_back(&who); }
    void remove(const subscriber& who);
    [[nodiscard]] bool empty() const noexcept { return members_.empty(); }

    void deliver(const delivery& what) const;
    void deliver_ephemeral(const frame& bytes) const;
    /// Tells one person's connections, or everyone's if `whom` is empty, that they are out. They remove
    /// themselves meanwhile: call this on a copy.
    void take_out(room_id room, const user_id& whom, bool banned) const;

private:
    std::vector<subscriber*> members_;
};

}  // namespace hearth::rooms
