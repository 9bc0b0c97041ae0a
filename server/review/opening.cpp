#include "review/opening.hpp"

#include <algorithm>

#include "protocol/json_text.hpp"
#include "review/lease.hpp"
#include "review/queue.hpp"
#include "review/taxonomy.hpp"

namespace hearth::review {
namespace {

constexpr int unread_severity = 2;  // the rules could not read it
constexpr int other_severity = 2;   // a person says something is wrong, in none of our words
constexpr int slide_severity = 2;   // at least: it is more than one person's line
constexpr int exposure_per_report = 10;

void add_category(review_case& kase, std::string_view id) {
    if (id.empty() || std::find(kase.categories.begin(), kase.categories.end(), id) != kase.categories.end()) return;
    kase.categories.emplace_back(id);
}

void add_findings(review_case& kase, const moderation::verdict& found) {
    kase.pack_version = found.pack_version;
    kase.findings.clear();
    if (found.category) add_category(kase, *found.category);
    for (const auto& s : found.signals) {
        add_category(kase, s.category);
        kase.findings.push_back(
            {s.category, s.rule, s.voice, static_cast<std::int64_t>(s.begin), static_cast<std::int64_t>(s.end)});
    }
}

case_lane lane_of(const moderation::verdict& found) {
    return found.lane == moderation::lane::care ? case_lane::care : case_lane::harm;
}

int severity_of(const moderation::verdict& found) {
    return found.category ? std::clamp(found.severity, 1, 4) : std::max(found.severity, unread_severity);
}

std::string_view disposition_of(audience seen_by) {
    switch (seen_by) {
        case audience::author_and_staff: return "held";
        case audience::author_only: return "blocked";
        default: return "published";
    }
}

/// Sets the clock of a case that opens, or opens again, now.
void start_clock(review_case& kase, int exposed, time_point now) {
    kase.due_at = now + first_look_within(kase.lane, kase.severity);
    kase.priority = priority_of(kase.lane, kase.severity, exposed, now);
}

/// More came to light on an undecided case: more urgent than before, never less.
void hurry(review_case& kase, int exposed, time_point now) {
    kase.due_at = std::min(kase.due_at, now + first_look_within(kase.lane, kase.severity));
    kase.priority = std::max(kase.priority, priority_of(kase.lane, kase.severity, exposed, kase.opened_at));
}

void open_again(review_case& kase, int exposed, time_point now) {
    kase.state = live_lease(kase, now) ? case_state::claimed : case_state::open;
    start_clock(kase, exposed, now);
}

bool waits(const review_case& kase) {
    return kase.state == case_state::open || kase.state == case_state::claimed || kase.state == case_state::escalated;
}

review_case new_case(case_id id, const sighting& seen, time_point now) {
    review_case kase;
    kase.id = std::move(id);
    kase.room = seen.room.id;
    kase.room_slug = seen.room.slug;
    kase.seq = seen.message.seq;
    kase.disposition = disposition_of(seen.message.seen_by);
    kase.message = {seen.message.seq, seen.message.at, seen.message.author, seen.message.text.value_or("")};
    kase.opened_at = now;
    return kase;
}

/// What a reason says, in the taxonomy's terms.
outcome<category_info> weigh(std::string_view reason) {
    if (reason == "other") return category_info{"", case_lane::harm, other_severity, false, false};
    if (auto known = find_category(reason)) return *known;
    return failure{errc::bad_request, "reason", "neither a taxonomy id nor \"other\""};
}

}  // namespace

std::optional<review_case> open_case(case_id id, const moderation::verdict& found, const sighting& seen,
                                     time_point now) {
    if (found.action == moderation::disposition::publish) return std::nullopt;
    auto kase = new_case(std::move(id), seen, now);
    kase.lane = lane_of(found);
    kase.severity = severity_of(found);
    kase.page = found.page;
    kase.needs_care = found.author_needs_care || kase.lane == case_lane::care;
    add_findings(kase, found);
    start_clock(kase, seen.exposed, now);
    return kase;
}

std::optional<store::audit_entry> automatic_act(const review_case& opened) {
    if (opened.disposition == "published") return std::nullopt;
    store::audit_entry entry;
    entry.at = opened.opened_at;
    entry.action = opened.disposition == "held" ? "message.hold" : "message.block";
    entry.subject = opened.id.value;
    entry.detail = R"({"room":)";
    protocol::append_string(entry.detail, opened.room_slug);
    entry.detail += R"(,"categories":[)";
    for (const auto& c : opened.categories) {
        if (&c != opened.categories.data()) entry.detail += ',';
        protocol::append_string(entry.detail, c);
    }
    entry.detail += R"(],"pack_version":)";
    protocol::append_string(entry.detail, opened.pack_version);
    entry.detail += '}';
    return entry;
}

outcome<report_result> add_report(std::optional<review_case> existing, case_id id_if_new, const sighting& seen,
                                  report_entry report, time_point now) {
    const auto weighed = weigh(report.reason);
    if (!weighed) return weighed.error();
    if (!existing && !seen.message.text) return failure{errc::not_found, "seq", "the message is gone"};

    report.at = now;
    report_result result;
    const bool is_new = !existing;
    result.what = is_new ? report_result::change::opened : report_result::change::changed;
    result.kase = is_new ? new_case(std::move(id_if_new), seen, now) : std::move(*existing);
    auto& kase = result.kase;
    const auto has_spoken = [&](const report_entry& r) { return r.by == report.by; };
    if (std::any_of(kase.reports.begin(), kase.reports.end(), has_spoken)) {
        result.what = report_result::change::nothing;
        return result;
    }

    kase.reports.push_back(std::move(report));
    add_category(kase, weighed->id);
    if (is_new || (weighed->lane == case_lane::care && weighed->severity >= kase.severity)) kase.lane = weighed->lane;
    kase.severity = std::max(kase.severity, weighed->severity);
    kase.page = kase.page || weighed->page;
    kase.needs_care = kase.needs_care || weighed->needs_care;

    const int exposed = seen.exposed + exposure_per_report * static_cast<int>(kase.reports.size());
    if (is_new)
        start_clock(kase, exposed, now);
    else if (waits(kase))
        hurry(kase, exposed, now);
    else
        open_again(kase, exposed, now);
    return result;
}

std::optional<report_result> add_late_findings(std::optional<review_case> existing, case_id id_if_new,
                                               const sighting& seen, const std::vector<late_finding>& found,
                                               time_point now) {
    if (existing ? !waits(*existing) : !seen.message.text) return std::nullopt;
    report_result result;
    const bool is_new = !existing;
    result.what = is_new ? report_result::change::opened : report_result::change::changed;
    result.kase = is_new ? new_case(std::move(id_if_new), seen, now) : std::move(*existing);
    auto& kase = result.kase;
    bool news = false;
    for (const auto& one : found) {
        const auto known = find_category(one.category);
        const bool told = std::any_of(kase.findings.begin(), kase.findings.end(),
                                      [&](const auto& f) { return f.rule == one.rule && f.category == one.category; });
        if (!known || told) continue;
        if ((is_new && !news) || (known->lane == case_lane::care && known->severity > kase.severity))
            kase.lane = known->lane;
        news = true;
        add_category(kase, known->id);
        kase.findings.push_back(
            {one.category, one.rule, "none/open/stating", 0, static_cast<std::int64_t>(kase.message.text.size())});
        kase.severity = std::max(kase.severity, known->severity);
        kase.page = kase.page || known->page;
        kase.needs_care = kase.needs_care || known->needs_care;
    }
    if (!news) return std::nullopt;
    if (is_new)
        start_clock(kase, seen.exposed, now);
    else
        hurry(kase, seen.exposed, now);
    return result;
}

review_case note_edit(review_case kase, std::string text, const moderation::verdict& found, const sighting& seen,
                      time_point now) {
    kase.message.text = std::move(text);
    add_findings(kase, found);
    kase.needs_care = kase.needs_care || found.author_needs_care;
    if (found.action == moderation::disposition::publish) return kase;
    const int severity = severity_of(found);
    if (lane_of(found) == case_lane::care && severity >= kase.severity) kase.lane = case_lane::care;
    kase.severity = std::max(kase.severity, severity);
    kase.page = kase.page || found.page;
    if (waits(kase))
        hurry(kase, seen.exposed, now);
    else
        open_again(kase, seen.exposed, now);
    return kase;
}

review_case add_slide(std::optional<review_case> existing, case_id id_if_new, const room_info& room, drift_note what,
                      time_point now) {
    const auto& last = what.evidence.back();
    event message;
    message.seq = last.seq;
    message.at = last.at;
    message.author = last.from;
    message.text = last.text;
    const bool is_new = !existing;
    auto kase = is_new ? new_case(std::move(id_if_new), {message, room, 0}, now) : std::move(*existing);
    const auto known = find_category(what.category);
    const auto exposed = static_cast<int>(what.evidence.size());
    kase.severity = std::max({kase.severity, known ? known->severity : 0, slide_severity});
    add_category(kase, what.category);
    kase.findings.push_back({what.category, std::string(drift_rule) + what.kind, {}, 0, 0});
    kase.drift = std::move(what);
    if (is_new)
        start_clock(kase, exposed, now);
    else if (waits(kase))
        hurry(kase, exposed, now);
    else
        open_again(kase, exposed, now);
    return kase;
}

bool is_slide_alone(const review_case& kase) noexcept {
    return kase.drift && kase.reports.empty() &&
           std::all_of(kase.findings.begin(), kase.findings.end(),
                       [](const finding& one) { return one.rule.starts_with(drift_rule); });
}

}  // namespace hearth::review
