// What other processes on the same store change reaches the rooms and the people of this one.
#pragma once

#include "core/event_loop.hpp"
#include "identity/rate_limiter.hpp"
#include "rooms/hub.hpp"
#include "session/people.hpp"
#include "store/store.hpp"

namespace hearth::app {

/// From now on until the store stops. What somebody says elsewhere counts in `says`, too. `loop` is where people's accounts are asked for.
void listen_to_others(store::store& data, rooms::hub& hub, session::people& people, identity::rate_limiter& says,
                      event_loop& loop);

}  // namespace hearth::app
