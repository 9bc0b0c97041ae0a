// The running server, from its parts to its end.
#pragma once

#include "app/options.hpp"

namespace hearth::app {

/// Builds everything in the order a message meets it, serves until asked to end, and ends in order. Exit status.
/// Throws startup_error before anything is served.
int serve(const serve_options& options);

/// Whether `serve` would start with these options: everything but the listening.
int check_config(const serve_options& options);

}  // namespace hearth::app
