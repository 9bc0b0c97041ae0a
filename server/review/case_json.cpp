#include "review/case_json.hpp"

#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"
#include "review/lease.hpp"

namespace hearth::review {
namespace {

using protocol::append_number;
using protocol::append_string;
using protocol::append_user;

void name(std::string& out, std::string_view key) {
    out += out.back() == '{' ? "\"" : ",\"";
    out += key;
    out += "\":";
}

void text(std::string& out, std::string_view key, std::string_view value) {
    name(out, key);
    append_string(out, value);
}

void number(std::string& out, std::string_view key, std::int64_t value) {
    name(out, key);
    append_number(out, value);
}

void sequence(std::string& out, seq_t value) {
    name(out, "seq");
    append_number(out, static_cast<std::uint64_t>(value));
}

void flag(std::string& out, std::string_view key, bool value) {
    name(out, key);
    out += value ? "true" : "false";
}

void time(std::string& out, std::string_view key, time_point value) {
    name(out, key);
    out += '"';
    append_rfc3339(out, value);
    out += '"';
}

void user(std::string& out, std::string_view key, const person& value) {
    name(out, key);
    append_user(out, value);
}

template <class Items, class Each>
void list(std::string& out, std::string_view key, const Items& items, Each each) {
    name(out, key);
    out += '[';
    bool first = true;
    for (const auto& item : items) {
        if (!first) out += ',';
        first = false;
        each(item);
    }
    out += ']';
}

void message(std::string& out, const review_case& kase, bool with_text) {
    name(out, "message");
    out += '{';
    sequence(out, kase.seq);
    time(out, "at", kase.message.at);
    if (with_text) text(out, "text", kase.message.text);
    text(out, "disposition", kase.disposition);
    out += '}';
}

void findings(std::string& out, const review_case& kase) {
    list(out, "findings", kase.findings, [&](const finding& f) {
        out += '{';
        text(out, "category", f.category);
        text(out, "rule", f.rule);
        text(out, "voice", f.voice);
        number(out, "start", f.begin);
        number(out, "end", f.end);
        out += '}';
    });
}

void what_people_did(std::string& out, const review_case& kase, bool with_words) {
    list(out, "reports", kase.reports, [&](const report_entry& r) {
        out += '{';
        text(out, "reason", r.reason);
        if (with_words && !r.note.empty()) text(out, "note", r.note);
        time(out, "at", r.at);
        out += '}';
    });
    list(out, "decisions", kase.decisions, [&](const decision_entry& d) {
        out += '{';
        time(out, "at", d.at);
        user(out, "by", d.by);
        text(out, "action", to_string(d.action));
        if (with_words) text(out, "reason", d.reason);
        if (with_words && !d.note.empty()) text(out, "note", d.note);
        out += '}';
    });
}

void context(std::string& out, const surroundings& around) {
    const auto side = [&](std::string_view key, std::span<const event> events) {
        list(out, key, events, [&](const event& e) {
            out += '{';
            sequence(out, e.seq);
            time(out, "at", e.at);
            user(out, "from", e.author);
            if (e.text) text(out, "text", *e.text);
            out += '}';
        });
    };
    name(out, "context");
    out += '{';
    side("before", around.before);
    side("after", around.after);
    out += '}';
    name(out, "author_history");
    out += '{';
    number(out, "messages", around.history.messages);
    number(out, "cases", around.history.cases);
    number(out, "sanctions", around.history.sanctions);
    out += '}';
}

void drift(std::string& out, const drift_note& what, bool with_evidence) {
    name(out, "drift");
    out += '{';
    text(out, "kind", what.kind);
    if (!what.about.id.empty()) user(out, "about", what.about);
    if (with_evidence)
        list(out, "evidence", what.evidence, [&](const quoted_message& m) {
            out += '{';
            sequence(out, m.seq);
            time(out, "at", m.at);
            user(out, "from", m.from);
            text(out, "text", m.text);
            out += '}';
        });
    out += '}';
}

}  // namespace

void append_case_json(std::string& out, const review_case& kase, case_detail detail, time_point now,
                      const surroundings* around) {
    const bool with_words = detail != case_detail::announcement;
    out += '{';
    text(out, "id", kase.id.value);
    text(out, "state", to_string(state_at(kase, now)));
    text(out, "lane", to_string(kase.lane));
    number(out, "severity", kase.severity);
    list(out, "categories", kase.categories, [&](const std::string& c) { append_string(out, c); });
    text(out, "room", kase.room_slug);
    sequence(out, kase.seq);
    time(out, "opened_at", kase.opened_at);
    time(out, "due_at", kase.due_at);
    number(out, "priority", kase.priority);
    user(out, "author", kase.message.from);
    message(out, kase, with_words);
    if (const auto* lease = live_lease(kase, now)) {
        user(out, "claimed_by", lease->holder);
        time(out, "lease_expires_at", lease->expires_at);
    }
    flag(out, "page", kase.page);
    flag(out, "needs_care", kase.needs_care);
    if (kase.drift) drift(out, *kase.drift, detail == case_detail::full);
    if (detail == case_detail::full) findings(out, kase);
    what_people_did(out, kase, with_words);
    if (detail == case_detail::full && around) {
        context(out, *around);
        if (!around->cards.empty()) {
            name(out, "cards");
            out += around->cards;
        }
    }
    text(out, "pack_version", kase.pack_version);
    out += '}';
}

std::string case_announcement(const review_case& kase, bool opened, time_point now) {
    std::string out = R"({"type":)";
    out += opened ? R"("case_opened","case":)" : R"("case_updated","case":)";
    append_case_json(out, kase, case_detail::announcement, now);
    out += '}';
    return out;
}

}  // namespace hearth::review
