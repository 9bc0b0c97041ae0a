#include "net/send_batch.hpp"

#include <liburing.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <span>

namespace hearth::net {
namespace {

constexpr unsigned sends_at_once = 256;
constexpr std::size_t parts_at_once = 4 * sends_at_once;
// Non-blocking, so that each send is done or refused when the call returns and no buffer is in use afterwards.
constexpr int how = MSG_DONTWAIT | MSG_NOSIGNAL;

}  // namespace

void send_batch::ring_end::operator()(io_uring* ring) const {
    io_uring_queue_exit(ring);
    delete ring;
}

std::unique_ptr<io_uring, send_batch::ring_end> send_batch::open_ring() {
    auto ring = std::make_unique<io_uring>();
    if (io_uring_queue_init(sends_at_once, ring.get(), IORING_SETUP_SUBMIT_ALL) < 0) return nullptr;
    return std::unique_ptr<io_uring, ring_end>(ring.release());
}

bool send_batch::possible() { return open_ring() != nullptr; }

void send_batch::add(int socket, outbox& from) {
    if (refused_) return;
    if (waiting_.size() == sends_at_once || parts_used_ + outbox::parts_per_send > parts_at_once) send();
    parts_.resize(parts_at_once);
    const auto parts = from.gather(std::span(parts_).subspan(parts_used_, outbox::parts_per_send));
    waiting_.push_back({socket, &from, parts_used_, parts});
    parts_used_ += parts;
}

void send_batch::send() {
    // One alone costs its connection no more than it would cost here.
    if (waiting_.size() > 1 && !refused_) {
        if (!ring_) ring_ = open_ring();
        if (!ring_ || !queue()) {
            ring_.reset();
            refused_ = true;
        }
    }
    waiting_.clear();
    parts_used_ = 0;
}

/// False when the kernel did not take all of it: the ring is then of no more use.
bool send_batch::queue() {
    std::array<msghdr, sends_at_once> headers;  // NOLINT: filled as far as it is used
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
        const auto& each = waiting_[i];
        auto* const entry = io_uring_get_sqe(ring_.get());
        auto* const parts = parts_.data() + each.first_part;
        if (each.parts == 1) {
            io_uring_prep_send(entry, each.socket, parts->iov_base, parts->iov_len, how);
        } else {
            headers.at(i) = {};
            headers.at(i).msg_iov = parts;
            headers.at(i).msg_iovlen = each.parts;
            io_uring_prep_sendmsg(entry, each.socket, &headers.at(i), how);
        }
        io_uring_sqe_set_data64(entry, i);
    }
    const auto count = static_cast<unsigned>(waiting_.size());
    const int submitted = io_uring_submit_and_wait(ring_.get(), count);
    return submitted >= 0 && collect(static_cast<unsigned>(submitted)) && static_cast<unsigned>(submitted) == count;
}

bool send_batch::collect(unsigned submitted) {
    for (unsigned seen = 0; seen < submitted; ++seen) {
        io_uring_cqe* done = nullptr;
        int failed = 0;
        do failed = io_uring_wait_cqe(ring_.get(), &done);
        while (failed == -EINTR);
        if (failed < 0) return false;
        if (done->res > 0) waiting_[done->user_data].from->sent(static_cast<std::size_t>(done->res));
        io_uring_cqe_seen(ring_.get(), done);
    }
    return true;
}

}  // namespace hearth::net
