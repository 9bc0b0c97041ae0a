// What a client asks, parsed once: after this no code looks at strings from the wire to know what is meant.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/limits.hpp"

namespace hearth::protocol {

struct hello {
    std::string token, invite, name, locale;
};
struct join {
    std::string room;
    std::optional<seq_t> after;
    std::string epoch;
};
struct accept {
    std::string room;
    std::int64_t version = 0;
};
struct leave {
    std::string room;
};
struct say {
    std::string room, key, text, intent;
    std::optional<seq_t> reply_to;
};
struct edit {
    std::string room;
    seq_t seq = 0;
    std::string text;
};
struct retract {
    std::string room;
    seq_t seq = 0;
};
struct react {
    std::string room;
    seq_t seq = 0;
    std::string kind;
    bool on = true;
};
struct report {
    std::string room;
    seq_t seq = 0;
    std::string reason, note;
};
struct history {
    std::string room;
    std::optional<seq_t> before;
    int limit = 50;
};
struct typing {
    std::string room;
};
struct ping {
    std::string t;  ///< serialised JSON, returned as it came
};
struct watch {};

using command =
    std::variant<hello, join, accept, leave, say, edit, retract, react, report, history, typing, ping, watch>;

/// One line of a frame. `id` is the client's, serialised JSON ("17", "\"a\"", "null"), to be echoed as it is.
struct parsed {
    std::string id = "null";
    outcome<command> what = failure{};
};

/// Parses one JSON text. nullopt: not JSON at all, which ends the connection with 1007.
/// Failures: bad_request with the field's name, too_long with field and limit, unknown_command.
[[nodiscard]] std::optional<parsed> parse_command(std::string_view line, const limits& bounds);

/// Number of Unicode code points in valid UTF-8.
[[nodiscard]] std::size_t count_chars(std::string_view text) noexcept;

}  // namespace hearth::protocol
