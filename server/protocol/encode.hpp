// Values to lines of the wire. A line is one JSON object without the newline.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/event.hpp"
#include "core/limits.hpp"
#include "core/person.hpp"
#include "core/room_info.hpp"

namespace hearth::protocol {

void append_user(std::string& out, const person& who);

/// ROOM without presence; `with_rules` adds the text of the ground rules.
void append_room(std::string& out, const room_info& room, bool with_rules);

/// A room event as everyone who may see it receives it.
void append_event(std::string& out, const event& what, std::string_view slug);

void append_error(std::string& out, std::string_view id, const failure& what, std::string_view sentence);

/// The reply to `say`: `rest` is event::ack, so a repeated key is answered word for word.
void append_say_ack(std::string& out, std::string_view id, const event& message);

/// The reply to edit, retract, react (with the new event) and report (without). `rest`: further members, or empty.
void append_ack(std::string& out, std::string_view id, seq_t seq, time_point at, std::string_view rest);
void append_plain(std::string& out, std::string_view type, std::string_view id);

void append_presence(std::string& out, std::string_view slug, std::size_t count, std::span<const person> joined,
                     std::span<const user_id> left);
void append_typing(std::string& out, std::string_view slug, const person& who);

/// One unmasked WebSocket text frame (RFC 6455, 5.2): servers do not mask, so members can share its bytes.
[[nodiscard]] std::string frame_text(std::string_view payload);

}  // namespace hearth::protocol
