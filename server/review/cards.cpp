#include "review/cards.hpp"

#include <algorithm>

#include "protocol/json_text.hpp"
#include "review/lease.hpp"

namespace hearth::review {
namespace {

std::vector<shared_card>::iterator find(review_case& kase, std::string_view claim) {
    return std::find_if(kase.cards.begin(), kase.cards.end(), [&](const shared_card& c) { return c.claim == claim; });
}

outcome<void> may(const review_case& kase, const person& who, time_point now) {
    if (kase.message.from.id == who.id) return failure{errc::forbidden, "", "the case is about your own message"};
    const auto* held = live_lease(kase, now);
    if (held && held->holder.id != who.id) return failure{errc::conflict, "", "somebody else holds the case"};
    return boost::system::in_place_value;
}

store::audit_entry entry(const review_case& kase, std::string_view claim, std::string action, const person& who,
                         time_point now) {
    store::audit_entry made;
    made.at = now;
    made.actor = who.id;
    made.actor_name = who.name;
    made.action = std::move(action);
    made.subject = kase.id.value;
    made.detail = R"({"room":)";
    protocol::append_string(made.detail, kase.room_slug);
    made.detail += R"(,"claim":)";
    protocol::append_string(made.detail, claim);
    made.detail += '}';
    return made;
}

store::room_commit commit_of(review_case kase, event what, time_point now) {
    store::room_commit unit;
    unit.room = kase.room;
    unit.at = now;
    what.at = now;
    unit.events.push_back(std::move(what));
    unit.changed = std::move(kase);
    return unit;
}

}  // namespace

const shared_card* shared(const review_case& kase, std::string_view claim) noexcept {
    for (const auto& card : kase.cards)
        if (card.claim == claim) return &card;
    return nullptr;
}

outcome<store::room_commit> share_card(review_case kase, std::string claim, std::string members, const person& who,
                                       time_point now) {
    if (const auto allowed = may(kase, who, now); !allowed) return allowed.error();
    const auto known = find(kase, claim);
    if (known != kase.cards.end()) {
        if (!known->taken_back) return failure{errc::conflict, "claim", "the card is in the room already"};
        kase.cards.erase(known);
    }
    auto act = entry(kase, claim, "card.share", who, now);
    kase.cards.push_back({std::move(claim), 0, who, now, false});
    event shown;
    shown.type = event_type::notice;
    shown.text = std::move(members);
    auto unit = commit_of(std::move(kase), std::move(shown), now);
    unit.audit.push_back(std::move(act));
    return unit;
}

outcome<store::room_commit> take_card_back(review_case kase, std::string_view claim, const person& who,
                                           time_point now) {
    if (const auto allowed = may(kase, who, now); !allowed) return allowed.error();
    const auto known = find(kase, claim);
    if (known == kase.cards.end() || known->taken_back)
        return failure{errc::not_found, "claim", "the card is not in the room"};
    known->taken_back = true;
    const auto seq = known->seq;
    auto act = entry(kase, claim, "card.take_back", who, now);
    event gone;
    gone.type = event_type::retracted;
    gone.target = seq;
    gone.fields = R"("by":"moderator")";
    auto unit = commit_of(std::move(kase), std::move(gone), now);
    unit.rewrites.push_back({seq, std::nullopt});
    unit.audit.push_back(std::move(act));
    return unit;
}

}  // namespace hearth::review
