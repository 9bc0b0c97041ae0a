// What a session works with; made once in main.cpp, shared by all sessions.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/limits.hpp"
#include "identity/rate_limiter.hpp"
#include "moderation/engine.hpp"
#include "rooms/hub.hpp"
#include "session/people.hpp"
#include "session/spellings.hpp"
#include "store/store.hpp"

namespace hearth::session {

/// How a message entered the room; the wire's `disposition`.
[[nodiscard]] std::string_view disposition_of(const moderation::verdict& found) noexcept;

struct services {
    store::store& store;
    rooms::hub& rooms;
    class people& people;
    const limits& bounds;
    struct rates {
        explicit rates(const limits& bounds)
            : hellos(bounds.hellos_per_minute_and_address, bounds.hellos_per_minute_and_address),
              commands(bounds.commands_per_minute, bounds.commands_burst),
              says(bounds.say_per_minute, bounds.say_burst) {}
        identity::rate_limiter hellos;          ///< by address prefix
        identity::rate_limiter commands, says;  ///< by person, however many connections they have
    };
    rates& allowed;
    std::vector<moderation::judge>& judges;  ///< one per loop, by its index
    class spellings& spellings;
    /// The sentence for a person: what went wrong, in their language.
    std::function<std::string(const failure& what, std::string_view locale)> sentence;
    /// NOTICE (docs/PROTOCOL.md) as JSON: why a message was flagged, held or blocked, and what helps.
    std::function<std::string(const moderation::verdict& found, std::string_view disposition, std::string_view locale)>
        notice;
    /// A message was stored: its disposition, for the counters.
    std::function<void(std::string_view disposition)> said;
    /// A message that is stored and shown may be looked at once more, elsewhere; empty: nobody does.
    std::function<void(const room_info& room, event message)> second_look;
    std::string version;  ///< of the server, for `welcome`
};

}  // namespace hearth::session
