// What a category means for review: which lane looks at it and how soon. The ids are public and stable.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/review_case.hpp"

namespace hearth::review {

struct category_info {
    std::string_view id;
    case_lane lane = case_lane::harm;  ///< selfharm.method leads in harm and needs care too
    int severity = 0;                  ///< 1 to 4; of a message about others, where own and others' differ
    bool page = false;                 ///< a person on duty is called at once
    bool needs_care = false;           ///< its author needs something
};

[[nodiscard]] std::span<const category_info> categories() noexcept;
[[nodiscard]] std::optional<category_info> find_category(std::string_view id) noexcept;

}  // namespace hearth::review
