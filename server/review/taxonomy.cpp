#include "review/taxonomy.hpp"

#include <algorithm>
#include <array>

namespace hearth::review {
namespace {

constexpr auto care = case_lane::care;
constexpr auto harm = case_lane::harm;

constexpr std::array<category_info, 21> table{{
    {"suicide.passive", care, 2, false, true},      {"suicide.active", care, 3, true, true},
    {"suicide.emergency", care, 4, true, true},     {"selfharm.disclosure", care, 2, false, true},
    {"overdose.emergency", care, 4, true, true},    {"selfharm.method", harm, 4, true, true},
    {"selfharm.incitement", harm, 4, true, false},  {"eating.promotion", harm, 3, false, false},
    {"eating.numbers", harm, 1, false, false},      {"drugs.sourcing", harm, 4, false, false},
    {"drugs.glorification", harm, 2, false, false}, {"misinfo.withdrawal", harm, 3, false, false},
    {"misinfo.medication", harm, 2, false, false},  {"misinfo.cure", harm, 3, false, false},
    {"misinfo.illness", harm, 2, false, false},     {"solicitation", harm, 3, false, false},
    {"harassment", harm, 3, false, false},          {"privacy.exposure", harm, 3, false, false},
    {"privacy.luring", harm, 3, false, false},      {"sexual.grooming", harm, 4, true, false},
    {"impersonation", harm, 2, false, false},
}};

}  // namespace

std::span<const category_info> categories() noexcept { return table; }

std::optional<category_info> find_category(std::string_view id) noexcept {
    const auto* found = std::find_if(table.begin(), table.end(), [&](const auto& c) { return c.id == id; });
    if (found == table.end()) return std::nullopt;
    return *found;
}

}  // namespace hearth::review
