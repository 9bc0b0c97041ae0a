#include "review/decision.hpp"

#include <algorithm>

#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"
#include "review/lease.hpp"
#include "review/opening.hpp"
#include "review/taxonomy.hpp"

namespace hearth::review {
namespace {

bool is_sanction(case_action action) {
    return action == case_action::warn || action == case_action::mute || action == case_action::ban;
}

bool removes(case_action action) { return action == case_action::remove || is_sanction(action); }

/// Whether the room sees (or saw) the message: as it was said, and as decisions have moved it since.
bool is_public(const review_case& kase, const event& message) {
    bool shown = message.seen_by == audience::everyone;
    for (const auto& d : kase.decisions) {
        if (d.action == case_action::release) shown = true;
        if (removes(d.action)) shown = false;
    }
    return shown;
}

bool has_harm(const review_case& kase) {
    return std::any_of(kase.categories.begin(), kase.categories.end(), [](const std::string& id) {
        const auto known = find_category(id);
        return known && known->lane == case_lane::harm;
    });
}

bool was_removed(const review_case& kase) {
    return std::any_of(kase.decisions.begin(), kase.decisions.end(),
                       [](const auto& d) { return d.action == case_action::remove; });
}

/// Whether a removed message came back from the snapshot. Its text then stands in that event alone.
bool was_restored(const review_case& kase) {
    bool removed = false;
    for (const auto& d : kase.decisions) {
        if (d.action == case_action::release && removed) return true;
        removed = removed || removes(d.action);
    }
    return false;
}

/// Whether there is text in the log for a decision to take out.
bool has_text(const review_case& kase, const event& message) {
    return message.text || (was_restored(kase) && is_public(kase, message));
}

/// One decision in the making: collects what belongs in its commit.
struct ruling {
    review_case kase;
    const order& what;
    const person& who;
    const event& message;
    const author_words& words;
    time_point now;
    effects out{};

    event about(event_type type, audience seen_by) const {
        event e;
        e.type = type;
        e.seen_by = seen_by;
        e.at = now;
        e.author = message.author;
        return e;
    }

    void release(const std::string& text) {
        auto e = about(event_type::released, audience::everyone);
        e.target = kase.seq;
        e.text = text;
        e.was_edited = message.was_edited;
        // The key is told, not claimed: in the store it stays the message's own.
        e.fields = R"("key":)";
        protocol::append_string(e.fields, message.key);
        e.fields += R"(,"at":")";
        append_rfc3339(e.fields, message.at);
        e.fields += '"';
        if (!message.fields.empty()) e.fields += ',' + message.fields;
        out.events.push_back(std::move(e));
    }

    void remove() {
        if (!has_text(kase, message)) return;
        out.rewrites.push_back({kase.seq, std::nullopt});
        auto e = about(event_type::retracted, is_public(kase, message) ? audience::everyone : message.seen_by);
        e.target = kase.seq;
        e.fields = R"("by":"moderator")";
        out.events.push_back(std::move(e));
    }

    void notify(author_outcome outcome, std::string_view name, std::optional<time_point> until = {}) {
        auto e = about(event_type::notice, audience::person);
        e.target = kase.seq;
        e.fields = R"("notice":)" + words(outcome, until) + R"(,"outcome":")" + std::string(name) + '"';
        if (!what.reply.empty()) {
            e.fields += R"(,"note":)";
            protocol::append_string(e.fields, what.reply);
        }
        out.events.push_back(std::move(e));
    }

    void sanction(std::optional<time_point> until) {
        auto e = about(event_type::sanction, audience::person_and_staff);
        e.fields = R"("user":)";
        protocol::append_user(e.fields, message.author);
        e.fields += R"(,"action":")";
        e.fields += to_string(what.action);
        e.fields += '"';
        if (until && *until < until_lifted) {
            e.fields += R"(,"until":")";
            append_rfc3339(e.fields, *until);
            e.fields += '"';
        }
        e.fields += R"(,"reason":)";
        protocol::append_string(e.fields, what.reason);
        out.events.push_back(std::move(e));
    }

    /// A new sanction never shortens one that stands.
    time_point lasts(const std::optional<time_point>& standing) const {
        auto until = what.action == case_action::mute ? now + default_mute : until_lifted;
        if (what.duration)
            until =
                std::min(now + std::min<std::chrono::seconds>(*what.duration, std::chrono::years{100}), until_lifted);
        return standing ? std::max(*standing, until) : until;
    }

    void record() {
        kase.state = what.action == case_action::escalate ? case_state::escalated : case_state::decided;
        kase.lease.reset();
        kase.decisions.push_back({who, what.action, what.reason, what.note, now});
        store::audit_entry entry;
        entry.at = now;
        entry.actor = who.id;
        entry.actor_name = who.name;
        entry.action = "case.decide";
        entry.subject = kase.id.value;
        entry.detail = R"({"room":)";
        protocol::append_string(entry.detail, kase.room_slug);
        entry.detail += R"(,"seq":)";
        protocol::append_number(entry.detail, static_cast<std::uint64_t>(kase.seq));
        entry.detail += R"(,"author":)";
        protocol::append_string(entry.detail, message.author.id.value);
        entry.detail += R"(,"action":")";
        entry.detail += to_string(what.action);
        entry.detail += R"("})";
        out.audit.push_back(std::move(entry));
        out.room = kase.room;
        out.at = now;
        out.changed = std::move(kase);
    }
};

outcome<void> may(const review_case& kase, const order& what, const person& who, const event& message) {
    if (what.reason.empty()) return failure{errc::bad_request, "reason", "a decision needs a reason"};
    if (what.duration && what.duration->count() <= 0)
        return failure{errc::bad_request, "duration_s", "must be positive"};
    if (is_slide_alone(kase) && what.action != case_action::keep && what.action != case_action::escalate)
        return failure{errc::forbidden, "action", "no single line of a slide is at fault; report one that is"};
    if (is_sanction(what.action)) {
        if (kase.lane == case_lane::care && !has_harm(kase))
            return failure{errc::forbidden, "action", "a care case without a harm category cannot lead to a sanction"};
        if (message.author.role >= who.role && message.author.role > role::member)
            return failure{errc::forbidden, "action", "the author's standing is not below yours"};
    }
    if (what.action == case_action::escalate && kase.state != case_state::claimed)
        return failure{errc::conflict, "action", "an escalated or decided case cannot be escalated"};
    if (what.action == case_action::remove && !has_text(kase, message))
        return failure{errc::conflict, "action", "there is nothing left to remove"};
    return boost::system::in_place_value;
}

/// The text a release may show; a public message needs none.
outcome<std::string> releasable(const review_case& kase, const event& message) {
    if (message.text && *message.text != kase.message.text)
        return failure{errc::conflict, "action", "the message was edited after the case was opened"};
    if (!message.text && !was_removed(kase))
        return failure{errc::conflict, "action", "its author took the message back"};
    // After a second removal nobody can tell any more whether its author took it back in between.
    if (!message.text && (was_restored(kase) || kase.message.text.empty()))
        return failure{errc::conflict, "action", "the text is gone for good"};
    return kase.message.text;
}

}  // namespace

outcome<effects> decide(review_case kase, const order& what, const person& who, const event& message,
                        const membership& standing, const author_words& words, time_point now) {
    if (const auto held = holds(kase, who, what.lease, now); !held) return held.error();
    if (const auto allowed = may(kase, what, who, message); !allowed) return allowed.error();

    const bool shown = is_public(kase, message);
    ruling r{std::move(kase), what, who, message, words, now};
    switch (what.action) {
        case case_action::release: {
            if (shown) break;
            auto text = releasable(r.kase, message);
            if (!text) return text.error();
            r.release(*text);
            r.notify(author_outcome::released, "released");
            break;
        }
        case case_action::keep:
            if (!shown) r.notify(author_outcome::kept, "kept");
            break;
        case case_action::remove:
            r.remove();
            r.notify(author_outcome::removed, "removed");
            break;
        case case_action::warn:
            r.remove();
            r.sanction({});
            r.notify(author_outcome::warned, "warned");
            break;
        case case_action::mute: {
            const auto until = r.lasts(standing.muted_until);
            r.remove();
            r.sanction(until);
            r.out.standings.push_back({message.author.id, std::optional{until}, {}});
            r.notify(author_outcome::muted, "removed", until);
            break;
        }
        case case_action::ban: {
            const auto until = r.lasts(standing.banned_until);
            r.remove();
            r.sanction(until);
            r.out.standings.push_back({message.author.id, {}, std::optional{until}});
            r.notify(author_outcome::banned, "removed", until);
            break;
        }
        case case_action::resources: r.notify(author_outcome::resources, "resources"); break;
        case case_action::escalate: break;
    }
    r.record();
    return std::move(r.out);
}

}  // namespace hearth::review
