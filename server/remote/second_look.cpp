#include "remote/second_look.hpp"

#include "identity/token.hpp"
#include "review/opening.hpp"

namespace hearth::remote {
namespace {

constexpr int most_tries = 3;  // somebody may change the case between the look and the writing

std::vector<review::late_finding> as_late(const std::vector<remote_finding>& found) {
    std::vector<review::late_finding> all;
    for (const auto& one : found) all.push_back({one.category, "remote." + one.said});
    return all;
}

}  // namespace

void second_look::consider(const room_info& room, event message) {
    if (!message.text) return;
    auto text = *message.text;
    asks_.ask(std::move(text), [this, room, message = std::move(message)](std::vector<remote_finding> found) {
        loop_.post([this, room, message, found = std::move(found)] { look_up(room, message, found, most_tries); });
    });
}

void second_look::look_up(const room_info& room, const event& message, const std::vector<remote_finding>& found,
                          int tries) {
    auto looked = [this, room, message, found, tries](outcome<review_case> existing) {
        if (existing.has_error() && existing.error().code != errc::not_found) return;
        const auto at = now();
        const bool has_case = !existing.has_error();
        auto raised = review::add_late_findings(has_case ? std::optional(std::move(*existing)) : std::nullopt,
                                                case_id{identity::new_id('c')}, {message, room, 0}, as_late(found), at);
        if (!raised) return;
        store::room_commit unit;
        unit.room = room.id;
        unit.at = at;
        (has_case ? unit.changed : unit.opened) = std::move(raised->kase);
        rooms_.submit(std::move(unit), loop_, [this, room, message, found, tries](outcome<store::committed> result) {
            if (result.has_error() && result.error().code == errc::conflict && tries > 1)
                look_up(room, message, found, tries - 1);
        });
    };
    data_.find_case_of(room.id, message.seq, loop_, std::move(looked));
}

}  // namespace hearth::remote
