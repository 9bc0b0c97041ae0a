// The server never starts half configured: what is wrong is one line for the person at the terminal, and exit status 2.
#pragma once

#include <stdexcept>

namespace hearth {

struct startup_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace hearth
