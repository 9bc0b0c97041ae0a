// The part of a review case that no query asks for, as JSON: new fields need no migration.
#pragma once

#include <string>
#include <string_view>

#include "core/review_case.hpp"

namespace hearth::store::sqlite {

[[nodiscard]] std::string write_document(const review_case& from);
/// Fills in what the document holds; a field it lacks keeps its default.
void read_document(std::string_view document, review_case& into);

}  // namespace hearth::store::sqlite
