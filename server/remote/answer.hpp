// What a remote classifier says, in the taxonomy's terms. It answers in the shape of OpenAI's moderation endpoint:
// {"results":[{"flagged":…,"category_scores":{"self-harm/intent":0.93,…}}]}; scores are 0 to 1. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace hearth::remote {

struct remote_finding {
    std::string category;  ///< taxonomy id
    std::string said;      ///< the remote category it was read from
    double score = 0;
};

/// The strongest finding per taxonomy id with a score of at least `threshold`, strongest first. A remote category that is
/// a taxonomy id counts as itself; OpenAI's are mapped to the nearest; unknown ones are left out.
/// Error: bad_request, naming what the answer lacks.
[[nodiscard]] outcome<std::vector<remote_finding>> read_answer(std::string_view json, double threshold);

/// The question: {"model":…,"input":text}.
[[nodiscard]] std::string write_question(std::string_view model, std::string_view text);

}  // namespace hearth::remote
