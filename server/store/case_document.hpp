// The part of a review case that no query asks for, as JSON: new fields need no migration.
#pragma once

#include <string>
#include <string_view>

#include "core/review_case.hpp"

namespace hearth::store {

/// Whether nobody has to decide any more: such cases come last in the queue.
[[nodiscard]] constexpr bool settled(case_state state) noexcept {
    return state == case_state::decided || state == case_state::upheld || state == case_state::overturned;
}

[[nodiscard]] std::string write_document(const review_case& from);
/// Fills in what the document holds; a field it lacks keeps its default.
void read_document(std::string_view document, review_case& into);

}  // namespace hearth::store
