// One simulated member: the way from an open socket to a joined room, frames out, lines in. Plain or TLS, never blocking.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace load {

class client {
public:
    enum class stage : std::uint8_t { connecting, handshake, upgrade, hello, join, ready, broken };

    /// Starts to connect to 127.0.0.1:`port`. `tls` null: plain.
    client(unsigned port, SSL_CTX* tls, std::string hello, std::string join);
    ~client();
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    [[nodiscard]] int fd() const noexcept { return fd_; }
    [[nodiscard]] stage at() const noexcept { return stage_; }

    /// The socket has something, or takes something. `line(text)` gets every line once the room is joined.
    template <class F>
    void turn(F line) {
        advance();
        while (receive()) {
            std::string_view payload;
            while (take_frame(payload)) {
                if (stage_ != stage::ready) {
                    answer(payload);
                    continue;
                }
                while (!payload.empty()) {
                    const auto end = payload.find('\n');
                    line(payload.substr(0, end));
                    payload.remove_prefix(end == std::string_view::npos ? payload.size() : end + 1);
                }
            }
        }
    }
    /// One masked text frame, queued; flush() sends what is queued.
    void say(std::string_view text);
    void flush();

private:
    void advance();
    bool receive();
    bool take_frame(std::string_view& payload);
    void answer(std::string_view payload);
    void frame(unsigned opcode, std::string_view payload);

    int fd_ = -1;
    SSL* ssl_ = nullptr;
    stage stage_ = stage::connecting;
    std::string hello_, join_, out_, in_;
    std::size_t read_ = 0;  ///< bytes of in_ that were taken
};

}  // namespace load
