#include "remote/breaker.hpp"

#include <algorithm>

namespace hearth::remote {

bool breaker::may_ask(clock::time_point now) noexcept {
    if (state_ == state::closed) return true;
    if (state_ == state::half_open || now < until_) return false;
    state_ = state::half_open;
    return true;
}

void breaker::succeeded() noexcept {
    state_ = state::closed;
    failures_ = 0;
    now_pause_ = pause_;
}

void breaker::failed(clock::time_point now) noexcept {
    const bool probe = state_ == state::half_open;
    // Answers that were under way when it opened change nothing.
    if (state_ == state::open || (!probe && ++failures_ < most_)) return;
    if (probe) now_pause_ = std::min(now_pause_ * 2, longest_);
    state_ = state::open;
    until_ = now + now_pause_;
}

}  // namespace hearth::remote
