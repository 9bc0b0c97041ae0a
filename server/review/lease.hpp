// Who is looking at a case: a lease with a fencing token, so that a late hand changes nothing.
//
// A lease that runs out is not written anywhere: every question below takes `now`. A claim on an open case makes it
// `claimed`; escalated and decided cases keep their state while an admin looks at them.
#pragma once

#include <string>

#include "core/error.hpp"
#include "core/limits.hpp"
#include "core/review_case.hpp"

namespace hearth::review {

/// The lease, if it holds at `now`.
[[nodiscard]] const hearth::lease* live_lease(const review_case& kase, time_point now) noexcept;

/// The state as people see it: `claimed` without a live lease is `open`.
[[nodiscard]] case_state state_at(const review_case& kase, time_point now) noexcept;

/// Gives `who` the case under `new_token`. The holder's own second claim is a conflict too: another window may hold it.
/// Errors: conflict while a lease holds; forbidden for a case of one's own message, and below admin for an escalated or
/// a decided case.
[[nodiscard]] outcome<review_case> claim(review_case kase, const person& who, std::string new_token,
                                         std::chrono::seconds lives, time_point now);

/// Prolongs the lease under the same token. Errors: conflict when it is not the live one.
[[nodiscard]] outcome<review_case> renew(review_case kase, const person& who, std::string_view token,
                                         std::chrono::seconds lives, time_point now);

/// Ends the lease; the case is open for the next. Errors: conflict when it is not the live one.
[[nodiscard]] outcome<review_case> give_back(review_case kase, const person& who, std::string_view token,
                                             time_point now);

/// Whether `token` is the live lease of `who`; conflict otherwise, which never says whose it is.
[[nodiscard]] outcome<void> holds(const review_case& kase, const person& who, std::string_view token, time_point now);

}  // namespace hearth::review
