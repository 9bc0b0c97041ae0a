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

protected:
    ~completions() = default;
};

template <class T>
using callback = std::function<void(outcome<T>)>;

}  // namespace hearth
