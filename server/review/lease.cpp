#include "review/lease.hpp"

namespace hearth::review {

const hearth::lease* live_lease(const review_case& kase, time_point now) noexcept {
    return kase.lease && kase.lease->expires_at > now ? &*kase.lease : nullptr;
}

case_state state_at(const review_case& kase, time_point now) noexcept {
    if (kase.state == case_state::claimed && !live_lease(kase, now)) return case_state::open;
    return kase.state;
}

outcome<review_case> claim(review_case kase, const person& who, std::string new_token, std::chrono::seconds lives,
                           time_point now) {
    if (live_lease(kase, now)) return failure{errc::conflict, "", "the case is claimed"};
    if (kase.message.from.id == who.id) return failure{errc::forbidden, "", "nobody reviews their own message"};
    switch (kase.state) {
        case case_state::open:
        case case_state::claimed: kase.state = case_state::claimed; break;
        case case_state::escalated:
            if (who.role < role::admin) return failure{errc::forbidden, "", "an escalated case waits for an admin"};
            break;
        case case_state::decided:
            if (who.role < role::admin) return failure{errc::forbidden, "", "only an admin decides a case again"};
            break;
        case case_state::appealed:
        case case_state::upheld:
        case case_state::overturned: return failure{errc::conflict, "", "appeals are not decided here"};
    }
    kase.lease = {who, std::move(new_token), now + lives};
    return kase;
}

outcome<void> holds(const review_case& kase, const person& who, std::string_view token, time_point now) {
    const auto* lease = live_lease(kase, now);
    if (!lease || token.empty() || lease->token != token || lease->holder.id != who.id)
        return failure{errc::conflict, "lease", "this lease does not hold any more; claim the case again"};
    return boost::system::in_place_value;
}

outcome<review_case> renew(review_case kase, const person& who, std::string_view token, std::chrono::seconds lives,
                           time_point now) {
    if (const auto held = holds(kase, who, token, now); !held) return held.error();
    kase.lease->expires_at = now + lives;
    return kase;
}

outcome<review_case> give_back(review_case kase, const person& who, std::string_view token, time_point now) {
    if (const auto held = holds(kase, who, token, now); !held) return held.error();
    if (kase.state == case_state::claimed) kase.state = case_state::open;
    kase.lease.reset();
    return kase;
}

}  // namespace hearth::review
