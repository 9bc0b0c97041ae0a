#include "store/redis/rows.hpp"

#include <algorithm>
#include <charconv>

#include "store/case_document.hpp"
#include "store/failures.hpp"
#include "store/language_list.hpp"

namespace hearth::store::redis {
namespace {

bool signs_in(const account& who) { return !who.password_hash.empty() || who.who.role != role::member; }

void add_event(request& to, const event& what) {
    to.add(what.type).add(what.seen_by).add(what.at).add(what.author.id).add(what.author.name).add(what.author.role);
    to.add(what.key).add(what.target).add(what.fields).add(what.text).add(what.was_edited).add(what.ack);
}

void add_case(request& to, const std::optional<review_case>& maybe) {
    to.add(maybe.has_value());
    if (!maybe) return;
    const review_case& what = *maybe;
    to.add(what.id).add(what.seq).add(what.message.from.id).add(to_string(what.state)).add(to_string(what.lane));
    to.add(settled(what.state)).add(-what.priority).add(what.opened_at).add(what.version).add(write_document(what));
}

/// Unset, or "+" and what comes instead: "-" for nothing, "+" and the instant.
std::optional<std::string> instead(const std::optional<std::optional<time_point>>& change) {
    if (!change) return std::nullopt;
    return *change ? "+" + std::to_string((*change)->time_since_epoch().count()) : std::string("-");
}

errc code_named(std::string_view name) {
    for (int i = 0; i < static_cast<int>(errc::internal); ++i)
        if (to_string(static_cast<errc>(i)) == name) return static_cast<errc>(i);
    return errc::internal;
}

}  // namespace

std::int64_t row::integer() {
    const reply& field = next();
    if (field.what == reply::type::integer) return field.number;
    std::int64_t out = 0;
    const auto* end = field.text.data() + field.text.size();
    const auto [rest, problem] = std::from_chars(field.text.data(), end, out);
    if (problem != std::errc() || rest != end) throw std::runtime_error("Redis gave no number where one belongs");
    return out;
}

std::optional<std::string> row::maybe_text() {
    const reply& field = next();
    if (field.what == reply::type::nil) return std::nullopt;
    return field.text;
}

std::optional<time_point> row::maybe_time() {
    if (at_ < items_.size() && items_[at_].what != reply::type::nil) return time();
    next();
    return std::nullopt;
}

account read_account(row from) {
    account out;
    out.who.id.value = from.text();
    out.who.name = from.text();
    out.who.role = parse_role(from.text()).value_or(role::member);
    out.password_hash = from.text();
    out.disabled = from.flag();
    out.created_at = from.time();
    out.version = from.integer();
    return out;
}

room_info read_room(row from) {
    room_info out;
    out.id = room_id{from.integer()};
    out.slug = from.text();
    out.title = from.text();
    out.kind = parse_room_kind(from.text()).value_or(room_kind::peer_support);
    out.topic = parse_room_topic(from.text()).value_or(room_topic::general);
    out.languages = split(from.text());
    out.open = from.flag();
    out.rules = from.text();
    out.rules_version = from.integer();
    out.epoch = from.text();
    out.archived = from.flag();
    out.created_at = from.time();
    out.version = from.integer();
    return out;
}

invite_record read_invite(row from) {
    invite_record out;
    out.code_hash = from.text();
    out.id = from.text();
    out.room = room_id{from.integer()};
    out.uses_left = from.integer();
    out.expires_at = from.time();
    out.created_at = from.time();
    out.created_by.value = from.text();
    return out;
}

event read_event(row from) { return take_event(from); }

review_case read_case(row from) {
    review_case out;
    out.id.value = from.text();
    out.room = room_id{from.integer()};
    out.seq = static_cast<seq_t>(from.integer());
    out.state = parse_case_state(from.text()).value_or(case_state::open);
    out.lane = parse_case_lane(from.text()).value_or(case_lane::harm);
    out.priority = -from.integer();
    out.opened_at = from.time();
    out.version = from.integer();
    const auto new_card = static_cast<seq_t>(from.integer());
    read_document(from.text(), out);
    // The document was written before the store had given the seqs.
    if (out.message.seq == 0) out.message.seq = out.seq;
    for (auto& card : out.cards)
        if (card.seq == 0) card.seq = new_card;
    return out;
}

variant_decision read_variant(row from) {
    variant_decision out;
    out.word = from.text();
    out.term = from.text();
    out.category = from.text();
    out.accepted = from.flag();
    out.at = from.time();
    out.by.value = from.text();
    return out;
}

audit_entry read_audit_entry(row from) {
    audit_entry out;
    out.n = from.integer();
    out.at = from.time();
    out.actor.value = from.text();
    out.actor_name = from.text();
    out.action = from.text();
    out.subject = from.text();
    out.detail = from.text();
    out.hash = from.text();
    return out;
}

std::string folded_name(std::string name) {
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return name;
}

void add(request& to, const account& who) {
    to.add(who.who.id).add(who.who.name).add(to_string(who.who.role)).add(who.password_hash).add(signs_in(who));
    to.add(who.disabled).add(who.created_at).add(folded_name(who.who.name)).add(who.version);
}

void add(request& to, const session_record& session) {
    to.add(session.token_hash).add(session.user).add(session.expires_at).add(session.link);
    to.add(session.expires_at + sessions_kept).add(now());
}

void add(request& to, const room_info& room) {
    to.add(room.id).add(room.slug).add(room.title).add(to_string(room.kind)).add(to_string(room.topic));
    to.add(joined(room.languages)).add(room.open).add(room.rules).add(room.rules_version).add(room.epoch);
    to.add(room.archived).add(room.created_at).add(room.version);
}

void add(request& to, const std::vector<audit_entry>& entries) {
    to.add(entries.size());
    for (const auto& each : entries)
        to.add(each.at).add(each.actor).add(each.actor_name).add(each.action).add(each.subject).add(each.detail);
}

void add(request& to, const std::optional<person>& viewer) {
    to.add(viewer ? std::optional(viewer->id.value) : std::nullopt).add(viewer && viewer->staff());
}

void add(request& to, const room_commit& unit) {
    to.add(unit.room).add(unit.speaker ? std::optional(unit.speaker->value) : std::nullopt);
    to.add(unit.speaker_is_staff).add(unit.open_room).add(unit.at);
    to.add(unit.speaker_pace.has_value());
    if (unit.speaker_pace) to.add(unit.speaker_pace->per_minute).add(unit.speaker_pace->burst);
    to.add(unit.events.size());
    for (const auto& each : unit.events) add_event(to, each);
    const bool more =
        !unit.rewrites.empty() || unit.opened || unit.changed || !unit.standings.empty() || !unit.audit.empty();
    to.add(more);
    if (!more) return;
    to.add(unit.rewrites.size());
    for (const auto& each : unit.rewrites) to.add(each.target).add(each.text);
    add_case(to, unit.opened);
    add_case(to, unit.changed);
    to.add(unit.standings.size());
    for (const auto& each : unit.standings)
        to.add(each.user).add(instead(each.muted_until)).add(instead(each.banned_until));
    add(to, unit.audit);
}

failure read_refusal(row from) {
    const errc code = code_named(from.text());
    std::string field = from.text();
    failure why = refused(code, std::move(field), from.text());
    if (code == errc::rate_limited) why.retry_after = std::chrono::milliseconds(std::stoll(why.detail));
    return why;
}

}  // namespace hearth::store::redis
