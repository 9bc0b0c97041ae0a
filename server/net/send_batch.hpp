// The first send of many connections in one system call, where the kernel lets this process have io_uring.
//
// Only a first try: what a socket does not take, and whatever goes wrong, stays in the outbox, and the connection's own
// flush() finds it there. So everything else about sending has one place, and without io_uring nothing is missing.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "net/outbox.hpp"

struct io_uring;

namespace hearth::net {

class send_batch {
public:
    send_batch() = default;
    send_batch(const send_batch&) = delete;
    send_batch& operator=(const send_batch&) = delete;
    ~send_batch() = default;

    /// Whether the kernel has io_uring for this thread: old kernels and many containers' system call filters refuse it.
    [[nodiscard]] static bool possible();

    /// What `from` holds is to go to `socket`; both must stay until send() returns. A batch that is full is sent.
    void add(int socket, outbox& from);
    /// Hands all of it to the kernel, never waiting for a socket, and tells the outboxes what went. Always on one thread.
    void send();

private:
    struct ring_end {
        void operator()(io_uring* ring) const;
    };
    struct waiting {
        int socket;
        outbox* from;
        std::size_t first_part, parts;
    };
    static std::unique_ptr<io_uring, ring_end> open_ring();
    bool queue();
    bool collect(unsigned submitted);

    std::unique_ptr<io_uring, ring_end> ring_;  ///< made by the first batch, on its thread
    bool refused_ = false;                      ///< by the kernel, once and for all
    std::vector<waiting> waiting_;
    std::vector<iovec> parts_;
    std::size_t parts_used_ = 0;
};

}  // namespace hearth::net
