// Reads a configuration file (TOML) over the defaults; docs/OPERATIONS.md lists the keys.
#pragma once

#include <filesystem>

#include "app/options.hpp"

namespace hearth::app {

/// Throws startup_error with file, line and key: unreadable, no TOML, an unknown key, a value of the wrong type or range.
void read_config(const std::filesystem::path& file, serve_options& into);

}  // namespace hearth::app
