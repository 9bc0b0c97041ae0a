#include "app/progress.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace hearth::app {

progress_line::progress_line(std::string what, std::string unit)
    : what_(std::move(what)), unit_(std::move(unit)), watched_(::isatty(STDERR_FILENO) == 1) {}

void progress_line::operator()(std::size_t done, std::size_t all) {
    constexpr std::size_t width = 24;
    const auto now = std::chrono::steady_clock::now();
    if (!watched_ || (done != all && now - told_ < std::chrono::milliseconds(100))) return;
    told_ = now;
    const auto filled = all == 0 ? width : width * done / all;
    fmt::print(stderr, "\r{}: [{:#<{}}{:-<{}}] {} of {} {}{}", what_, "", filled, "", width - filled, done, all, unit_,
               done == all ? "\n" : "");
    std::fflush(stderr);
}

}  // namespace hearth::app
