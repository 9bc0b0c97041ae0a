// What every command that becomes an event begins with.
#pragma once

#include "core/person.hpp"
#include "core/room_info.hpp"
#include "moderation/verdict.hpp"
#include "store/store.hpp"

namespace hearth::session {

[[nodiscard]] inline audience audience_of(const moderation::verdict& found) noexcept {
    switch (found.action) {
        case moderation::disposition::hold: return audience::author_and_staff;
        case moderation::disposition::block: return audience::author_only;
        case moderation::disposition::publish:
        case moderation::disposition::publish_and_flag: break;
    }
    return audience::everyone;
}

[[nodiscard]] inline bool withheld(const moderation::verdict& found) noexcept {
    return audience_of(found) != audience::everyone;
}

/// A commit by `me` in `room`, checked against the standing they have when it is written.
[[nodiscard]] inline store::room_commit commit_by(const person& me, const room_info& room, time_point at) {
    store::room_commit unit;
    unit.room = room.id;
    unit.speaker = me.id;
    unit.speaker_is_staff = me.staff();
    unit.open_room = room.open;
    unit.at = at;
    return unit;
}

}  // namespace hearth::session
