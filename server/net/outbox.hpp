// What is still to be sent on one connection. Rule: first in, first out, in whole frames; bounded in bytes by its owner.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::net {

class outbox {
public:
    using shared_bytes = std::shared_ptr<const std::string>;
    /// As many as one send is given at once.
    static constexpr std::size_t parts_per_send = 64;

    /// Bytes that others send too, as they are.
    void push(shared_bytes bytes);
    /// Bytes of this connection alone, as they are.
    void push(std::string bytes);
    /// A line for one text frame; lines that follow each other share a frame.
    void reply(std::string_view line);

    [[nodiscard]] bool empty() const noexcept { return bytes_ == 0; }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

    /// Fills `out` with what is to be sent next and returns how many were filled. Seals the open reply frame.
    std::size_t gather(std::span<iovec> out);
    /// `n` bytes of the gathered ones are on their way. Memory is given back when nothing is left.
    void sent(std::size_t n);
    /// Forgets every frame of which nothing was sent yet.
    void drop_unsent();

private:
    struct segment {
        shared_bytes shared;
        std::string own;
        [[nodiscard]] const std::string& bytes() const noexcept { return shared ? *shared : own; }
    };
    void seal();

    std::vector<segment> segments_;
    std::size_t first_ = 0;   ///< segments before it are sent
    std::size_t offset_ = 0;  ///< bytes sent of segments_[first_]
    std::size_t bytes_ = 0;
    std::string replies_;  ///< payload of the reply frame that is still open
};

}  // namespace hearth::net
