// The rules that every worker judges by, which an operator may change while people talk. Reading takes seconds, so it has
// a thread of its own; a worker only swaps one judge for another, between two messages.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/event_loop.hpp"
#include "moderation/engine.hpp"

namespace hearth::app {

class rules_in_force {
public:
    using rules_ptr = std::shared_ptr<const moderation::ruleset>;
    using loops_list = std::vector<event_loop*>;

    /// `told` hears on the reading thread whether new rules were taken. Before the loops start; they outlive this.
    rules_in_force(moderation::knowledge_files from, rules_ptr first, loops_list loops, std::function<void(bool)> told);
    /// Waits for a reading that goes on, seconds at most; its rules are not taken any more.
    ~rules_in_force();
    rules_in_force(const rules_in_force&) = delete;
    rules_in_force& operator=(const rules_in_force&) = delete;

    /// Any thread; returns at once. Packs, claims and model are read once more, and again if asked while that goes on. When
    /// anything is wrong with them the rules stay as they are, and the log says why.
    void read_again();

    /// One per loop, by its index; each for its own loop only.
    [[nodiscard]] std::vector<moderation::judge>& judges() noexcept { return judges_; }
    /// On the first loop only. Hold it across a wait: other rules may be in force after it.
    [[nodiscard]] std::shared_ptr<const moderation::claim_book> claims() const { return claims_; }

private:
    void work();
    [[nodiscard]] rules_ptr read() const;
    [[nodiscard]] bool put_in_force(const rules_ptr& fresh);

    const moderation::knowledge_files from_;
    const loops_list loops_;
    const std::function<void(bool)> told_;
    std::vector<moderation::judge> judges_;
    std::shared_ptr<const moderation::claim_book> claims_;
    rules_ptr rules_;  // the reading thread's, after the start

    std::mutex mutex_;
    std::condition_variable changed_;
    bool asked_ = false;   // under mutex_
    bool ending_ = false;  // under mutex_
    std::thread thread_;   // last: it uses all of the above
};

}  // namespace hearth::app
