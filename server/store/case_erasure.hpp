// A person leaves the documents of cases, theirs and others': whatever keeps them, what goes is the same.
#pragma once

#include "core/review_case.hpp"

namespace hearth::store {

/// Takes the texts and the name of `id` out of `from`; who they were is still told apart by the id.
void erase_from_case(review_case& from, const user_id& id);

}  // namespace hearth::store
