// `hearth evaluate`: judges labelled lines and tells what the judge is worth on them.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <vector>

#include "moderation/engine.hpp"

namespace hearth::moderation {

struct evaluate_options {
    std::vector<std::filesystem::path> inputs;  ///< files of JSON lines, or folders of them
    bool json = false;
    std::size_t worst = 30;  ///< how many lines that went wrong are shown
    bool progress = true;    ///< a line on `err` now and then
};

/// The report goes to `out`, progress and complaints to `err`. 0; 1 when some lines could not be read; 2 when none could.
int run_evaluate(std::ostream& out, std::ostream& err, judge& judges, const evaluate_options& options);

}  // namespace hearth::moderation
