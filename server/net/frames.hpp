// The client's half of RFC 6455, as a pure value: bytes as they come in, whole messages and control frames out. Holds no
// memory between whole frames, so that an idle connection costs none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hearth::net {

class frame_reader {
public:
    enum class kind : std::uint8_t { text, binary, close, ping, pong };
    enum class fault : std::uint8_t { protocol, too_big };
    struct item {
        kind what = kind::text;
        std::string_view payload;  ///< unmasked; until the next call
    };

    /// `most`: bytes of one message, over all its fragments.
    explicit frame_reader(std::size_t most) : most_(most) {}

    /// Adds what was received; the bytes are unmasked in place and must stay until next() has nothing more.
    void feed(std::span<char> bytes);
    /// The next whole message or control frame. Nothing: what is left is kept for the next feed, or it is a fault.
    std::optional<item> next();
    /// What was wrong; nothing more is read after it.
    [[nodiscard]] std::optional<fault> wrong() const noexcept { return wrong_; }

private:
    struct header;
    std::optional<header> read_header() const;
    std::optional<item> fail(fault why);
    void keep_rest();

    const std::size_t most_;
    std::span<char> in_;   ///< not yet read: of what was fed, or of kept_
    std::string kept_;     ///< an incomplete frame, as received
    std::string message_;  ///< fragments of a message so far
    std::optional<kind> fragmented_;
    bool given_ = false;  ///< message_ was handed out whole
    std::optional<fault> wrong_;
};

/// What a close frame says: its code, 1005 if it names none. Nothing: no code that a client may send (7.4).
[[nodiscard]] std::optional<std::uint16_t> close_code_of(std::string_view payload) noexcept;
/// A close frame of the server's; `reason` has at most 123 bytes.
[[nodiscard]] std::string close_frame(std::uint16_t code, std::string_view reason = {});
/// A ping without payload, or the pong to one with `payload` (at most 125 bytes).
[[nodiscard]] std::string ping_frame();
[[nodiscard]] std::string pong_frame(std::string_view payload);
/// Sec-WebSocket-Accept for a client's key (4.2.2).
[[nodiscard]] std::string accept_for(std::string_view key);

}  // namespace hearth::net
