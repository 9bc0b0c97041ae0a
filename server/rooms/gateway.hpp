// The way into a room for whoever is no member's session: reviews, reports, administration.
#pragma once

#include "core/completions.hpp"
#include "core/room_info.hpp"
#include "store/store.hpp"

namespace hearth::rooms {

class gateway {
public:
    /// Commits `unit` and lets everyone who may see its events have them, in the room's order; `done` runs through `to`.
    /// A ban in it also takes its person out of the room.
    virtual void submit(store::room_commit unit, completions& to, callback<store::committed> done) = 0;
    /// The room was made, changed or archived: what is cached of it is renewed, and an archived room is left by all.
    virtual void room_changed(const room_info& room) = 0;
    /// The person's account was disabled or erased: their connections end with 4101.
    virtual void person_left(const user_id& user) = 0;

protected:
    ~gateway() = default;
};

}  // namespace hearth::rooms
