// One entry of a room's log, as the store keeps it and as the encoder turns it into a line for the wire.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/person.hpp"

namespace hearth {

enum class event_type : std::uint8_t { message, edited, retracted, released, reaction, notice, sanction };

/// Who may see an event. `author` of an event with audience `person` is the person it is for.
enum class audience : std::uint8_t {
    everyone,
    author_and_staff,  ///< held messages and what happens to them
    author_only,       ///< blocked messages: staff see them in the case, not in the room
    person_and_staff,  ///< sanctions
    person,            ///< notices to one person
};

struct event {
    event_type type = event_type::message;
    audience seen_by = audience::everyone;
    seq_t seq = 0;  ///< given by the store at commit
    time_point at{};
    person author;       ///< who acted, or whom it is for; name and role as they were then
    std::string key;     ///< messages: the client's key; unique per room and author; else empty
    seq_t target = 0;    ///< the message an edited, retracted, released, reaction, notice is about
    std::string fields;  ///< further JSON members as on the wire, without braces: "\"kind\":\"hear\",\"on\":true"
    /// Of message, edited, released; of a notice to everyone its members as on the wire. Gone after a retraction.
    std::optional<std::string> text;
    bool was_edited = false;
    std::string ack;  ///< messages: the ack's members after seq and at, so that a repeat is word for word
};

/// Whether `viewer` may see an event: the one rule for live delivery, replay and history.
[[nodiscard]] bool visible(audience seen_by, const user_id& author, const person& viewer) noexcept;

[[nodiscard]] std::string_view to_string(event_type value) noexcept;

}  // namespace hearth
