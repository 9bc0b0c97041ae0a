// What the rooms of one worker give to the store: all that a round brought goes over at its end, in one call, so that a
// busy worker's messages share a commit (and later a send to each listener) and an idle one's message waits for nothing.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "core/event_loop.hpp"
#include "store/store.hpp"

namespace hearth::rooms {

/// On `loop` only. Units keep the order in which they were added.
class round_commits {
public:
    /// `most`: how many may be under way before full() says so.
    round_commits(store::store& store, event_loop& loop, std::size_t most) : store_(store), loop_(loop), most_(most) {}

    /// So much waits for the store that whoever can come back later should.
    [[nodiscard]] bool full() const noexcept { return under_way_ >= most_; }
    /// Each `done` says so first.
    void answered() noexcept { --under_way_; }

    void add(std::shared_ptr<const store::room_commit> unit, callback<store::committed> done) {
        ++under_way_;
        waiting_.push_back({std::move(unit), std::move(done)});
        if (waiting_.size() == 1) loop_.at_round_end([this] { store_.commit_all(std::exchange(waiting_, {}), loop_); });
    }

private:
    store::store& store_;
    event_loop& loop_;
    std::size_t most_, under_way_ = 0;
    std::vector<store::commit_request> waiting_;
};

}  // namespace hearth::rooms
