// The public taxonomy: 21 categories with their lane, severity and first action, in one table. Ids never change.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "moderation/verdict.hpp"

namespace hearth::moderation {

using category_index = std::uint8_t;

struct category_info {
    std::string_view id;
    moderation::lane lane;
    int severity;        ///< 1 to 4
    disposition action;  ///< before voice and room are looked at
    bool notice;         ///< the author is told, kindly, even when nothing is withheld
    bool page;           ///< a person on duty is called at once
    bool care;           ///< its author needs something, whatever the lane
};

inline constexpr std::array taxonomy{
    category_info{"suicide.passive", lane::care, 2, disposition::publish_and_flag, true, false, true},
    category_info{"suicide.active", lane::care, 3, disposition::publish_and_flag, true, true, true},
    category_info{"suicide.emergency", lane::care, 4, disposition::publish_and_flag, true, true, true},
    category_info{"selfharm.disclosure", lane::care, 2, disposition::publish_and_flag, true, false, true},
    category_info{"overdose.emergency", lane::care, 4, disposition::publish_and_flag, true, true, true},
    category_info{"selfharm.method", lane::harm, 4, disposition::hold, true, true, true},
    category_info{"selfharm.incitement", lane::harm, 4, disposition::block, true, true, false},
    category_info{"eating.promotion", lane::harm, 3, disposition::hold, true, false, false},
    category_info{"eating.numbers", lane::harm, 1, disposition::publish, true, false, false},
    category_info{"drugs.sourcing", lane::harm, 4, disposition::block, true, false, false},
    category_info{"drugs.glorification", lane::harm, 2, disposition::publish_and_flag, false, false, false},
    category_info{"misinfo.withdrawal", lane::harm, 3, disposition::hold, true, false, false},
    category_info{"misinfo.medication", lane::harm, 2, disposition::publish_and_flag, false, false, false},
    category_info{"misinfo.cure", lane::harm, 3, disposition::hold, true, false, false},
    category_info{"misinfo.illness", lane::harm, 2, disposition::publish_and_flag, false, false, false},
    category_info{"solicitation", lane::harm, 3, disposition::block, true, false, false},
    category_info{"harassment", lane::harm, 3, disposition::hold, true, false, false},
    category_info{"privacy.exposure", lane::harm, 3, disposition::hold, true, false, false},
    category_info{"privacy.luring", lane::harm, 3, disposition::hold, true, false, false},
    category_info{"sexual.grooming", lane::harm, 4, disposition::block, true, true, false},
    category_info{"impersonation", lane::harm, 2, disposition::publish_and_flag, false, false, false},
};

static_assert(taxonomy.size() == taxonomy_size);

[[nodiscard]] constexpr std::optional<category_index> find_category(std::string_view id) noexcept {
    for (std::size_t i = 0; i < taxonomy.size(); ++i) {
        if (taxonomy[i].id == id) return static_cast<category_index>(i);
    }
    return std::nullopt;
}

/// What is flagged for a person; figures are only told to their author.
[[nodiscard]] constexpr bool asks_for_a_person(std::size_t index) noexcept {
    return taxonomy[index].action != disposition::publish;
}

/// Only for ids that stand in this code; a wrong one does not compile.
consteval category_index category(std::string_view id) { return find_category(id).value(); }

}  // namespace hearth::moderation
