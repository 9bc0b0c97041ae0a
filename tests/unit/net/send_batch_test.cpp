#include "net/send_batch.hpp"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <memory>
#include <thread>
#include <vector>

using hearth::net::outbox;
using hearth::net::send_batch;

namespace {

struct pair_of_sockets {
    pair_of_sockets() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0); }
    pair_of_sockets(const pair_of_sockets&) = delete;
    pair_of_sockets& operator=(const pair_of_sockets&) = delete;
    ~pair_of_sockets() {
        ::close(ends[0]);
        if (ends[1] >= 0) ::close(ends[1]);
    }

    [[nodiscard]] std::string heard() const {
        std::string all;
        std::array<char, 65'536> some{};
        for (ssize_t n = 0; (n = ::recv(ends[1], some.data(), some.size(), MSG_DONTWAIT)) > 0;)
            all.append(some.data(), static_cast<std::size_t>(n));
        return all;
    }
    void hang_up() { ::close(std::exchange(ends[1], -1)); }

    std::array<int, 2> ends{};
    outbox out;
};

outbox::shared_bytes shared(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

/// Few kernels lack it, many containers forbid it; what is asked of it then is the last test here.
bool here() {
    if (send_batch::possible()) return true;
    WARN("the kernel refuses io_uring here: not tried");
    return false;
}

/// From now on the calling thread is told that io_uring is not permitted, as container runtimes do.
void forbid_io_uring() {
    std::array<sock_filter, 4> steps{
        {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
         BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)}};
    const sock_fprog filter{steps.size(), steps.data()};
    REQUIRE(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    REQUIRE(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0);
}

}  // namespace

TEST_CASE("each socket gets what its outbox holds, in order, however many there are") {
    if (!here()) return;
    std::vector<std::unique_ptr<pair_of_sockets>> all;
    send_batch batch;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 300; ++i) {  // more than one call takes
            if (round == 0) all.push_back(std::make_unique<pair_of_sockets>());
            auto& out = all[static_cast<std::size_t>(i)]->out;
            for (int part = 0; part <= i % 70; ++part)
                out.push(shared(std::to_string(round) + ":" + std::to_string(i) + ":" + std::to_string(part) + ";"));
            batch.add(all[static_cast<std::size_t>(i)]->ends[0], out);
        }
        batch.send();
        for (int i = 0; i < 300; ++i) {
            auto& one = *all[static_cast<std::size_t>(i)];
            std::string sent;
            // Of more than 64 parts the rest is the connection's own to send.
            for (int part = 0; part <= std::min(i % 70, 63); ++part)
                sent += std::to_string(round) + ":" + std::to_string(i) + ":" + std::to_string(part) + ";";
            REQUIRE(one.heard() == sent);
            REQUIRE(one.out.empty() == (i % 70 < 64));
            if (!one.out.empty()) one.out.drop_unsent();
        }
    }
}

TEST_CASE("a socket that takes part of it, nothing or never again leaves the rest in its outbox and harms no other") {
    if (!here()) return;
    pair_of_sockets full, half, gone, closed, well;
    const std::string flood(1'000, 'x');
    while (::send(full.ends[0], flood.data(), flood.size(), MSG_DONTWAIT) > 0) {}
    gone.hang_up();
    const std::string large(8'000'000, 'y');
    for (auto* each : {&full, &gone, &closed, &well}) each->out.push(shared("word"));
    half.out.push(shared(large));
    send_batch batch;
    batch.add(full.ends[0], full.out);
    batch.add(half.ends[0], half.out);
    batch.add(gone.ends[0], gone.out);  // and no signal ends the process
    batch.add(-1, closed.out);
    batch.add(well.ends[0], well.out);
    batch.send();
    CHECK(full.out.bytes() == 4);
    CHECK(gone.out.bytes() == 4);
    CHECK(closed.out.bytes() == 4);
    CHECK(half.out.bytes() > 0);
    CHECK(half.heard().size() == large.size() - half.out.bytes());
    CHECK(well.out.empty());
    CHECK(well.heard() == "word");
}

TEST_CASE("one alone is left to its connection") {
    pair_of_sockets one;
    one.out.push(shared("word"));
    send_batch batch;
    batch.add(one.ends[0], one.out);
    batch.send();
    CHECK(one.out.bytes() == 4);
    CHECK(one.heard().empty());
}

TEST_CASE("where io_uring is forbidden everything stays in the outboxes") {
    std::thread([] {
        forbid_io_uring();
        CHECK_FALSE(send_batch::possible());
        pair_of_sockets one, other;
        send_batch batch;
        for (int round = 0; round < 2; ++round) {
            for (auto* each : {&one, &other}) {
                each->out.push(shared("word"));
                batch.add(each->ends[0], each->out);
            }
            batch.send();
        }
        CHECK(one.out.bytes() == 8);
        CHECK(other.out.bytes() == 8);
        CHECK(other.heard().empty());
    }).join();
}
