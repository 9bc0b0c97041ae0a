// A spelling that stands for a known term, as a person has decided: read as it from then on, or never suggested again.
#pragma once

#include <string>

#include "core/clock.hpp"
#include "core/ids.hpp"

namespace hearth {

struct variant_decision {
    std::string word;      ///< folded
    std::string term;      ///< what it resembles, as rules name it
    std::string category;  ///< taxonomy id of the rule that would have spoken
    bool accepted = false;
    time_point at{};
    user_id by;
};

}  // namespace hearth
