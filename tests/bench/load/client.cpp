#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace load {

client::client(unsigned port, SSL_CTX* tls, std::string hello, std::string join)
    : hello_(std::move(hello)), join_(std::move(join)) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0 && errno != EINPROGRESS)
        stage_ = stage::broken;
    if (!tls) return;
    ssl_ = SSL_new(tls);
    SSL_set_fd(ssl_, fd_);
    SSL_set_connect_state(ssl_);
}

client::~client() {
    SSL_free(ssl_);
    ::close(fd_);
}

void client::advance() {
    if (stage_ == stage::connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
        stage_ = error == 0 ? stage::handshake : stage::broken;
    }
    if (stage_ == stage::handshake) {
        if (ssl_) {
            const int done = SSL_do_handshake(ssl_);
            if (done != 1) {
                const int why = SSL_get_error(ssl_, done);
                if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) stage_ = stage::broken;
                return;
            }
        }
        out_ =
            "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: hearth.v1\r\n\r\n";
        stage_ = stage::upgrade;
    }
    flush();
}

void client::answer(std::string_view payload) {
    if (stage_ == stage::hello && payload.find(R"("type":"welcome")") != std::string_view::npos) {
        say(join_);
        stage_ = stage::join;
    } else if (stage_ == stage::join && payload.find(R"("type":"joined")") != std::string_view::npos) {
        stage_ = stage::ready;
        std::string().swap(hello_);
        std::string().swap(join_);
    } else if (payload.find(R"("type":"error")") != std::string_view::npos) {
        stage_ = stage::broken;
    }
    flush();
}

bool client::receive() {
    static std::array<char, 262'144> buffer;
    if (stage_ < stage::upgrade || stage_ == stage::broken) return false;
    const auto n = ssl_ ? SSL_read(ssl_, buffer.data(), buffer.size())
                        : static_cast<int>(::recv(fd_, buffer.data(), buffer.size(), 0));
    if (n <= 0) {
        const bool later = ssl_ ? SSL_get_error(ssl_, n) == SSL_ERROR_WANT_READ : n < 0 && errno == EAGAIN;
        if (!later) stage_ = stage::broken;
        return false;
    }
    in_.append(buffer.data(), static_cast<std::size_t>(n));
    if (stage_ == stage::upgrade) {
        const auto end = in_.find("\r\n\r\n");
        if (end == std::string::npos) return true;
        if (in_.compare(0, 12, "HTTP/1.1 101") != 0) {
            stage_ = stage::broken;
            return false;
        }
        read_ = end + 4;
        say(hello_);
        stage_ = stage::hello;
        flush();
    }
    return true;
}

bool client::take_frame(std::string_view& payload) {
    const auto have = in_.size() - read_;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(in_[read_ + i]); };
    std::size_t head = 2;
    std::uint64_t size = have >= 2 ? byte(1) & 127U : 0;
    if (size >= 126) head += size == 126 ? 2 : 8;
    if (have >= head && size >= 126) {
        size = 0;
        for (std::size_t i = 2; i < head; ++i) size = size << 8U | byte(i);
    }
    if (have < head || have < head + size || stage_ < stage::hello) {
        if (read_ == in_.size()) {
            in_.clear();
            if (in_.capacity() > 4'096) std::string().swap(in_);
        } else if (read_ > 0) {
            in_.erase(0, read_);
        }
        read_ = 0;
        return false;
    }
    const auto opcode = byte(0) & 15U;
    payload = std::string_view(in_).substr(read_ + head, size);
    read_ += head + size;
    if (opcode == 8) stage_ = stage::broken;
    if (opcode == 9) {
        frame(10, payload);
        flush();
    }
    if (opcode != 1) payload = {};
    return true;
}

void client::frame(unsigned opcode, std::string_view payload) {
    out_ += static_cast<char>(0x80U | opcode);
    if (payload.size() < 126) {
        out_ += static_cast<char>(0x80U | payload.size());
    } else {
        out_ += static_cast<char>(0x80U | 126U);
        out_ += static_cast<char>(payload.size() >> 8U);
        out_ += static_cast<char>(payload.size() & 255U);
    }
    constexpr std::array<char, 4> key{0x5A, 0x17, 0x33, 0x6C};
    out_.append(key.data(), key.size());
    for (std::size_t i = 0; i < payload.size(); ++i) out_ += static_cast<char>(payload[i] ^ key[i % 4]);
}

void client::say(std::string_view text) { frame(1, text); }

void client::flush() {
    while (!out_.empty() && stage_ != stage::broken) {
        const auto n = ssl_ ? SSL_write(ssl_, out_.data(), static_cast<int>(out_.size()))
                            : static_cast<int>(::send(fd_, out_.data(), out_.size(), MSG_NOSIGNAL));
        if (n <= 0) return;  // later, when the socket takes more
        out_.erase(0, static_cast<std::size_t>(n));
    }
}

}  // namespace load
