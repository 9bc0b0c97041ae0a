// hearth-bare: what a broadcast costs on this machine when nothing is parsed, judged, stored or ordered. It speaks just
// enough of hearth.v1 for hearth-load, and relays each `say` as it came to everyone in the room.
//   hearth-bare PORT each    one send per delivery: what most servers do
//   hearth-bare PORT batch   one send per member and round, of frames that all share: the limit
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/frames.hpp"
#include "protocol/encode.hpp"

namespace {

using hearth::net::frame_reader;
using shared_frame = std::shared_ptr<const std::string>;

struct member {
    int fd = -1;
    bool upgraded = false, dirty = false;
    std::string head, room;
    frame_reader reader{1 << 20};
    std::vector<shared_frame> queued;
};

class bare {
public:
    bare(unsigned port, bool batch) : batch_(batch) {
        door_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        const int on = 1;
        ::setsockopt(door_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(static_cast<std::uint16_t>(port));
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(door_, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0 || ::listen(door_, 4096) != 0) {
            std::perror("hearth-bare");
            std::exit(1);
        }
        watch(door_, nullptr);
    }

    [[noreturn]] void go() {
        static std::array<epoll_event, 1024> events;
        for (;;) {
            const int n = ::epoll_wait(epoll_, events.data(), events.size(), -1);
            for (int i = 0; i < n; ++i) {
                auto* who = static_cast<member*>(events[static_cast<std::size_t>(i)].data.ptr);
                if (who)
                    read(*who);
                else
                    accept();
            }
            for (auto* who : dirty_) send_all(*who);
            dirty_.clear();
        }
    }

private:
    void watch(int fd, member* who) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = who;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
    }

    void accept() {
        for (int fd = 0; (fd = ::accept4(door_, nullptr, nullptr, 0)) >= 0;) {
            const int on = 1;
            ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            members_.push_back(std::make_unique<member>());
            members_.back()->fd = fd;
            watch(fd, members_.back().get());
        }
    }

    void read(member& who) {
        static std::array<char, 65'536> buffer;
        const auto n = ::recv(who.fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (n <= 0) {
            ::epoll_ctl(epoll_, EPOLL_CTL_DEL, who.fd, nullptr);
            if (!who.room.empty()) std::erase(rooms_[who.room], &who);
            return;
        }
        std::span<char> bytes(buffer.data(), static_cast<std::size_t>(n));
        if (!who.upgraded) {
            who.head.append(bytes.data(), bytes.size());
            if (who.head.find("\r\n\r\n") == std::string::npos) return;
            who.upgraded = true;
            queue(who, std::make_shared<const std::string>(
                           "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                           "upgrade\r\nSec-WebSocket-Accept: " +
                           hearth::net::accept_for("dGhlIHNhbXBsZSBub25jZQ==") + "\r\n\r\n"));
            return;
        }
        who.reader.feed(bytes);
        while (const auto item = who.reader.next()) take(who, item->payload);
    }

    void take(member& who, std::string_view text) {
        const auto framed = [](std::string_view payload) {
            return std::make_shared<const std::string>(hearth::protocol::frame_text(payload));
        };
        if (text.starts_with(R"({"type":"say")")) {
            const auto frame = framed(text);
            for (auto* each : rooms_[who.room]) queue(*each, frame);
        } else if (text.starts_with(R"({"type":"hello")")) {
            queue(who, framed(R"({"type":"welcome"})"));
        } else if (text.starts_with(R"({"type":"join")")) {
            const auto at = text.find(R"("room":")") + 8;
            who.room = text.substr(at, text.find('"', at) - at);
            rooms_[who.room].push_back(&who);
            queue(who, framed(R"({"type":"joined"})"));
        }
    }

    void queue(member& who, const shared_frame& frame) {
        who.queued.push_back(frame);
        if (!batch_) return send_all(who);
        if (!std::exchange(who.dirty, true)) dirty_.push_back(&who);
    }

    /// Blocks on a full socket: the generator reads all the time.
    void send_all(member& who) {
        who.dirty = false;
        std::array<iovec, 64> parts{};
        for (std::size_t at = 0; at < who.queued.size();) {
            std::size_t count = 0;
            for (; count < parts.size() && at + count < who.queued.size(); ++count)
                parts[count] = {const_cast<char*>(who.queued[at + count]->data()), who.queued[at + count]->size()};
            msghdr message{};
            message.msg_iov = parts.data();
            message.msg_iovlen = count;
            if (::sendmsg(who.fd, &message, MSG_NOSIGNAL) < 0) break;
            at += count;
        }
        who.queued.clear();
    }

    bool batch_;
    int door_ = -1, epoll_ = ::epoll_create1(0);
    std::vector<std::unique_ptr<member>> members_;
    std::map<std::string, std::vector<member*>> rooms_;
    std::vector<member*> dirty_;
};

}  // namespace

int main(int count, char** words) {
    if (count != 3) {
        std::fputs("hearth-bare PORT each|batch\n", stderr);
        return 2;
    }
    bare(static_cast<unsigned>(std::stoul(words[1])), std::strcmp(words[2], "batch") == 0).go();
}
