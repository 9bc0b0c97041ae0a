// The room listens where its talk drifts, and puts a slide before a person: one case, through the same commit as any.
#include <algorithm>

#include "rooms/addressing.hpp"
#include "rooms/home.hpp"

namespace hearth::rooms {
namespace {

constexpr int raise_tries = 5;
constexpr std::chrono::milliseconds raise_again{1'000};

}  // namespace

void home::say(store::room_commit unit, overheard heard, callback<store::committed> done) {
    auto line = overhear(unit.events.front(), heard);
    if (!line) return submit(std::move(unit), std::move(done));
    auto listening = [self = shared_from_this(), line = std::move(*line), at = unit.at,
                      done = std::move(done)](outcome<store::committed> result) mutable {
        if (result && !result->repeated) {
            if (line.seq == 0) line.seq = result->seqs.front();
            self->listen(line, at);
        }
        done(std::move(result));
    };
    submit(std::move(unit), std::move(listening));
}

std::optional<moderation::drift_line> home::overhear(const event& words, const overheard& heard) const {
    // What the room does not see moves nobody in it, and staff speak to calm.
    if (words.seen_by != audience::everyone || words.author.staff()) return std::nullopt;
    moderation::drift_line line;
    line.seq = words.target;  // an edit is of an older line
    line.author = words.author.id.value;
    line.disclosure = heard.disclosure;
    line.leanings = heard.leanings;
    const bool leans = std::any_of(heard.leanings.begin(), heard.leanings.end(), [](float lean) { return lean > 0; });
    if (!leans) return line;  // nobody asks whom it speaks to
    if (const auto* answered = heard.reply_to ? recent_.message(*heard.reply_to) : nullptr)
        line.addressed.push_back(answered->author.id.value);
    for (auto& id : named_in(words.text.value_or(""), presence_.members(), words.author.id))
        line.addressed.push_back(std::move(id.value));
    return line;
}

void home::listen(const moderation::drift_line& line, time_point at) {
    for (const auto& slide : drift_.hear(line, at)) raise(slide, raise_tries);
}

void home::raise(const moderation::slide& what, int tries) {
    drift_note note{std::string(moderation::to_string(what.kind)),
                    std::string(moderation::category_of(what.kind)),
                    {},
                    recent_.quoted(what.lines)};
    if (note.evidence.empty()) return;  // all of it was taken back
    if (!what.about.empty()) {
        note.about.id.value = what.about;
        if (const auto* who = presence_.find(note.about.id)) note.about = *who;
    }
    auto looked = [self = shared_from_this(), what, note, tries](outcome<review_case> existing) mutable {
        const bool none = existing.has_error() && existing.error().code == errc::not_found;
        if (existing.has_error() && !none) return self->raise_later(what, tries);
        self->write_slide(what, std::move(note), none ? std::nullopt : std::optional(std::move(*existing)), tries);
    };
    store_.find_case_of(room_.id, note.evidence.back().seq, loop_, std::move(looked));
}

void home::write_slide(const moderation::slide& what, drift_note note, std::optional<review_case> existing, int tries) {
    store::room_commit unit;
    unit.room = room_.id;
    const bool is_new = !existing;
    auto kase = out_.slide_case(std::move(existing), room_, std::move(note));
    unit.at = kase.opened_at;
    (is_new ? unit.opened : unit.changed) = std::move(kase);
    submit(std::move(unit), [self = shared_from_this(), what, tries](outcome<store::committed> result) {
        // Somebody opened or changed the case meanwhile, or the store is away for a moment.
        if (result.has_error()) self->raise_later(what, tries);
    });
}

void home::raise_later(const moderation::slide& what, int tries) {
    if (tries <= 1) return;
    loop_.after(raise_again, [self = shared_from_this(), what, tries] { self->raise(what, tries - 1); });
}

}  // namespace hearth::rooms
