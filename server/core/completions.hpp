// Where results are handed back: the one thing that storage, password hashing and workers need to know of each other.
#pragma once

#include <functional>
#include <vector>

#include "core/error.hpp"

namespace hearth {

/// Runs functions on a thread of its own choosing, in the order given. Called from any thread.
class completions {
public:
    virtual void run(std::vector<std::function<void()>> batch) = 0;
    /// Runs `work` when the calling thread has done what is ready for it, if it is the one of these completions; else at
    /// once. For what is better done once for many calls, such as waking whom they are for.
    virtual void when_done(std::function<void()> work) { work(); }

protected:
    ~completions() = default;
};

template <class T>
using callback = std::function<void(outcome<T>)>;

}  // namespace hearth
