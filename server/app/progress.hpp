// How far a long command is, on a terminal's last line; nothing where nobody watches.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace hearth::app {

/// "packs: [######------------------] 12 of 48 rules", drawn at most ten times a second and when all is done.
class progress_line {
public:
    progress_line(std::string what, std::string unit);

    void operator()(std::size_t done, std::size_t all);

private:
    std::string what_, unit_;
    bool watched_;
    std::chrono::steady_clock::time_point told_;
};

}  // namespace hearth::app
