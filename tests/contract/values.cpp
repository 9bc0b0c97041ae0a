#include "contract/values.hpp"

namespace hearth::contract {

account an_account(const std::string& name, role standing) {
    account out;
    out.who = {{"u-" + name}, name, standing};
    out.created_at = noon;
    return out;
}

session_record a_session(const user_id& user, const std::string& token) {
    return {token, user, noon + 24 * hour, false};
}

invite_record an_invite(room_id room, const std::string& code, std::int64_t uses) {
    return {code, "i-" + code, room, uses, noon + 24 * hour, noon, {}};
}

event a_message(const person& from, const std::string& key, const std::string& text) {
    event out;
    out.at = noon;
    out.author = from;
    out.key = key;
    out.text = text;
    out.ack = "\"key\":\"" + key + "\",\"disposition\":\"published\"";
    return out;
}

event an_event(event_type type, const person& from, seq_t target, std::optional<std::string> text) {
    event out;
    out.type = type;
    out.at = noon;
    out.author = from;
    out.target = target;
    out.text = std::move(text);
    return out;
}

store::room_commit a_commit(const room_info& room, std::vector<event> events) {
    store::room_commit out;
    out.room = room.id;
    out.at = noon;
    out.events = std::move(events);
    return out;
}

store::room_commit a_say(const room_info& room, event message) {
    store::room_commit out = a_commit(room, {});
    out.speaker = message.author.id;
    out.speaker_is_staff = message.author.staff();
    out.open_room = room.open;
    out.events.push_back(std::move(message));
    return out;
}

review_case a_case(const std::string& id, const room_info& room, const person& author, seq_t seq) {
    review_case out;
    out.id = {id};
    out.room = room.id;
    out.room_slug = room.slug;
    out.seq = seq;
    out.severity = 3;
    out.needs_care = true;
    out.disposition = "held";
    out.categories = {"eating.promotion", "care.passive"};
    out.pack_version = "p1";
    out.findings = {{"eating.promotion", "rule.one", "self/now/urging", 2, 9}};
    out.message = {seq, noon, author, "what was said"};
    out.before = {{1, noon, author, "what was said before"}};
    out.opened_at = noon;
    out.due_at = noon + hour;
    out.priority = 300;
    return out;
}

store::audit_entry an_entry(const std::string& action, const std::string& subject) {
    store::audit_entry out;
    out.at = noon;
    out.actor = {"u-Mira"};
    out.actor_name = "Mira";
    out.action = action;
    out.subject = subject;
    out.detail = "{\"reason\":\"x\"}";
    return out;
}

}  // namespace hearth::contract
