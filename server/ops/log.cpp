#include "ops/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace hearth::ops {
namespace {

spdlog::logger& logger() {
    static const auto made = [] {
        auto to_stderr = spdlog::stderr_logger_mt("hearth");
        to_stderr->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
        return to_stderr;
    }();
    return *made;
}

}  // namespace

void write_info(std::string_view line) { logger().info(line); }
void write_warning(std::string_view line) { logger().warn(line); }
void write_error(std::string_view line) { logger().error(line); }

}  // namespace hearth::ops
