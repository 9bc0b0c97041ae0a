// `hearth moderate`: JSON lines in, one verdict per line out, in order. For scripts, for measuring, for the curious.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "moderation/engine.hpp"

namespace hearth::moderation {

/// What a line that does not say otherwise is judged for.
struct moderate_options {
    std::string room_topic = "general";
    std::vector<std::string> languages;
};

/// Reads until the input ends. Every input line, however broken, gives exactly one output line: what cannot be read is
/// `publish_and_flag` with an "engine.…" signal and an `error`, never "clean". Output is flushed when the input would
/// block. Returns the process's exit status: 0, or 1 when the output cannot be written (said on `err`).
int run_moderate(std::istream& in, std::ostream& out, std::ostream& err, judge& judges,
                 const moderate_options& options = {});

/// One line as `hearth moderate` would answer it, without the newline.
[[nodiscard]] std::string moderate_line(std::string_view line, judge& judges, const moderate_options& options = {});

inline constexpr std::size_t max_line_bytes = 1024 * 1024;

}  // namespace hearth::moderation
