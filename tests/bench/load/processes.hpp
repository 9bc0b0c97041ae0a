// What other processes cost, as the kernel counts it.
#pragma once

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace load {

/// CPU of all threads of these processes, in nanoseconds; 0 without any.
inline std::uint64_t cpu_of(const std::vector<unsigned>& pids) {
    std::uint64_t sum = 0;
    std::error_code gone;
    for (const auto pid : pids)
        for (const auto& each : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task", gone)) {
            std::uint64_t ns = 0;
            std::ifstream(each.path() / "schedstat") >> ns;
            sum += ns;
        }
    return sum;
}

/// In bytes.
inline std::uint64_t resident_of(const std::vector<unsigned>& pids) {
    std::uint64_t sum = 0;
    for (const auto pid : pids) {
        std::uint64_t all = 0, pages = 0;
        std::ifstream("/proc/" + std::to_string(pid) + "/statm") >> all >> pages;
        sum += pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    }
    return sum;
}

}  // namespace load
