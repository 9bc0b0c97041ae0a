#include "net/outbox.hpp"

#include <algorithm>
#include <utility>

#include "protocol/encode.hpp"

namespace hearth::net {
namespace {

constexpr std::size_t kept_segments = 4;    // capacity an idle connection keeps
constexpr std::size_t compact_after = 256;  // sent segments before the rest moves to the front

}  // namespace

void outbox::push(shared_bytes bytes) {
    seal();
    bytes_ += bytes->size();
    segments_.push_back({std::move(bytes), {}});
}

void outbox::push(std::string bytes) {
    seal();
    bytes_ += bytes.size();
    segments_.push_back({nullptr, std::move(bytes)});
}

void outbox::reply(std::string_view line) {
    if (!replies_.empty()) {
        replies_ += '\n';
        ++bytes_;
    }
    replies_ += line;
    bytes_ += line.size();
}

void outbox::seal() {
    if (replies_.empty()) return;
    bytes_ -= replies_.size();
    auto bytes = protocol::frame_text(std::exchange(replies_, std::string()));  // which gives the memory back
    bytes_ += bytes.size();
    segments_.push_back({nullptr, std::move(bytes)});
}

std::size_t outbox::gather(std::span<iovec> out) {
    seal();
    std::size_t filled = 0;
    for (auto i = first_; i < segments_.size() && filled < out.size(); ++i, ++filled) {
        const auto& bytes = segments_[i].bytes();
        const auto skip = i == first_ ? offset_ : 0;
        out[filled] = {const_cast<char*>(bytes.data()) + skip,
                       bytes.size() - skip};  // NOLINT: iovec is not const-correct
    }
    return filled;
}

void outbox::sent(std::size_t n) {
    bytes_ -= n;
    offset_ += n;
    while (first_ < segments_.size() && offset_ >= segments_[first_].bytes().size()) {
        offset_ -= segments_[first_].bytes().size();
        segments_[first_++] = {};
    }
    if (first_ == segments_.size()) {
        if (segments_.capacity() > kept_segments)
            std::vector<segment>().swap(segments_);
        else
            segments_.clear();
        first_ = 0;
    } else if (first_ > compact_after) {
        segments_.erase(segments_.begin(), segments_.begin() + static_cast<std::ptrdiff_t>(first_));
        first_ = 0;
    }
}

void outbox::drop_unsent() {
    bytes_ -= replies_.size();
    std::string().swap(replies_);
    const auto keep = std::min(segments_.size(), first_ + (offset_ > 0 ? 1 : 0));
    for (auto i = keep; i < segments_.size(); ++i) bytes_ -= segments_[i].bytes().size();
    segments_.erase(segments_.begin() + static_cast<std::ptrdiff_t>(keep), segments_.end());
    if (keep == first_) offset_ = 0;
}

}  // namespace hearth::net
