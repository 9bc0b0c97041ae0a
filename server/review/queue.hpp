// The order in which cases ask for a person: one number per case, so that every store can sort by it.
//
// Undecided cases come before decided ones, then by falling priority, then oldest first (store.hpp).
// A priority is a head start plus age. All cases age at the same pace, so the number never has to be renewed:
//
//   lane  severity  first look within  head start        lane  severity  first look within  head start
//   care     4            5 min           30 days        harm     4           15 min           20 days
//   care     3           15 min           14 days        harm     3            1 h              7 days
//   care     2            2 h              3 days        harm     2            8 h              1 day
//   care     1            8 h             12 hours       harm     1           24 h                  0
//
// A head start is how much older a case of harm 1 must be to stand level: someone in danger is never behind old
// disputes, and yet nothing waits for ever. Each person the message reaches adds 6 minutes, up to 50 of them, so
// exposure orders cases of one kind and never outweighs a step of severity from 2 upwards.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/review_case.hpp"

namespace hearth::review {

/// How soon a person should look at a case of this kind for the first time. Severity 0 counts as 1.
[[nodiscard]] std::chrono::seconds first_look_within(case_lane lane, int severity) noexcept;

/// Higher is more urgent. `since`: when the case opened or opened again; `exposed`: people who can see the message.
[[nodiscard]] std::int64_t priority_of(case_lane lane, int severity, int exposed, time_point since) noexcept;

}  // namespace hearth::review
