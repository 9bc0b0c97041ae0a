#include "protocol/encode.hpp"

#include "protocol/json_text.hpp"

namespace hearth::protocol {
namespace {

void append_room_head(std::string& out, std::string_view type, std::string_view slug) {
    out += R"({"type":")";
    out += type;
    out += R"(","room":)";
    append_string(out, slug);
}

void append_at(std::string& out, time_point at) {
    out += R"(,"at":")";
    append_rfc3339(out, at);
    out += '"';
}

void append_more(std::string& out, std::string_view fields) {
    if (fields.empty()) return;
    out += ',';
    out += fields;
}

void append_text(std::string& out, const std::optional<std::string>& text) {
    if (!text) {
        out += R"(,"retracted":true)";
        return;
    }
    out += R"(,"text":)";
    append_string(out, *text);
}

/// from, key, further fields and text: what `message` and the message inside `released` share.
void append_message_body(std::string& out, const event& what) {
    out += R"("from":)";
    append_user(out, what.author);
    if (!what.key.empty()) {  // a released message has its key among the fields: only the message itself may claim it
        out += R"(,"key":)";
        append_string(out, what.key);
    }
    append_more(out, what.fields);
    append_text(out, what.text);
}

}  // namespace

void append_user(std::string& out, const person& who) {
    out += R"({"id":)";
    append_string(out, who.id.value);
    out += R"(,"name":)";
    append_string(out, who.name);
    out += R"(,"roles":[")";
    out += to_string(who.role);
    out += R"("]})";
}

void append_room(std::string& out, const room_info& room, bool with_rules) {
    out += R"({"slug":)";
    append_string(out, room.slug);
    out += R"(,"title":)";
    append_string(out, room.title);
    out += R"(,"kind":")";
    out += to_string(room.kind);
    out += R"(","topic":")";
    out += to_string(room.topic);
    out += R"(","languages":[)";
    for (std::size_t i = 0; i < room.languages.size(); ++i) {
        if (i > 0) out += ',';
        append_string(out, room.languages[i]);
    }
    out += room.open ? R"(],"open":true)" : R"(],"open":false)";
    if (room.archived) out += R"(,"archived":true)";
    if (!room.rules.empty()) {
        out += R"(,"rules":{"version":)";
        append_number(out, room.rules_version);
        if (with_rules) {
            out += R"(,"text":)";
            append_string(out, room.rules);
        }
        out += '}';
    }
    out += '}';
}

void append_event(std::string& out, const event& what, std::string_view slug) {
    append_room_head(out, to_string(what.type), slug);
    out += R"(,"seq":)";
    append_number(out, what.seq);
    append_at(out, what.at);
    switch (what.type) {
        case event_type::message:
            out += ',';
            append_message_body(out, what);
            if (what.was_edited && what.text) out += R"(,"edited":true)";
            if (what.seen_by == audience::author_and_staff) out += R"(,"held":true)";
            if (what.seen_by == audience::author_only) out += R"(,"blocked":true)";
            break;
        case event_type::released:
            out += R"(,"target":)";
            append_number(out, what.target);
            out += R"(,"message":{)";
            append_message_body(out, what);
            out += '}';
            break;
        case event_type::edited:
            out += R"(,"target":)";
            append_number(out, what.target);
            append_text(out, what.text);
            break;
        case event_type::reaction:
            out += R"(,"target":)";
            append_number(out, what.target);
            out += R"(,"from":)";
            append_user(out, what.author);
            append_more(out, what.fields);
            break;
        case event_type::retracted:
        case event_type::notice:
        case event_type::sanction:
            if (what.target != 0) {
                out += R"(,"target":)";
                append_number(out, what.target);
            }
            append_more(out, what.fields);
            if (what.type == event_type::notice && what.seen_by == audience::everyone)
                append_more(out, what.text ? std::string_view(*what.text) : R"("retracted":true)");
            break;
    }
    out += '}';
}

void append_error(std::string& out, std::string_view id, const failure& what, std::string_view sentence) {
    out += R"({"type":"error","id":)";
    out += id;
    out += R"(,"code":")";
    out += to_string(what.code);
    out += R"(","message":)";
    append_string(out, sentence);
    if (!what.field.empty()) {
        out += R"(,"field":)";
        append_string(out, what.field);
    }
    if (what.limit != 0) {
        out += R"(,"limit":)";
        append_number(out, what.limit);
    }
    if (what.retry_after) {
        out += R"(,"retry_after_ms":)";
        append_number(out, static_cast<std::int64_t>(what.retry_after->count()));
    }
    out += '}';
}

void append_say_ack(std::string& out, std::string_view id, const event& message) {
    out += R"({"type":"ack","id":)";
    out += id;
    out += R"(,"key":)";
    append_string(out, message.key);
    out += R"(,"seq":)";
    append_number(out, message.seq);
    append_at(out, message.at);
    append_more(out, message.ack);
    out += '}';
}

void append_ack(std::string& out, std::string_view id, seq_t seq, time_point at, std::string_view rest) {
    out += R"({"type":"ack","id":)";
    out += id;
    if (seq != 0) {
        out += R"(,"seq":)";
        append_number(out, seq);
        append_at(out, at);
    }
    append_more(out, rest);
    out += '}';
}

void append_plain(std::string& out, std::string_view type, std::string_view id) {
    out += R"({"type":")";
    out += type;
    out += R"(","id":)";
    out += id;
    out += '}';
}

void append_presence(std::string& out, std::string_view slug, std::size_t count, std::span<const person> joined,
                     std::span<const user_id> left) {
    append_room_head(out, "presence", slug);
    out += R"(,"count":)";
    append_number(out, static_cast<std::uint64_t>(count));
    if (!joined.empty() || !left.empty()) {
        out += R"(,"joined":[)";
        for (const auto& who : joined) {
            if (&who != joined.data()) out += ',';
            append_user(out, who);
        }
        out += R"(],"left":[)";
        for (const auto& who : left) {
            if (&who != left.data()) out += ',';
            append_string(out, who.value);
        }
        out += ']';
    }
    out += '}';
}

void append_typing(std::string& out, std::string_view slug, const person& who) {
    append_room_head(out, "typing", slug);
    out += R"(,"from":)";
    append_user(out, who);
    out += '}';
}

std::string frame_text(std::string_view payload) {
    std::string frame;
    frame.reserve(payload.size() + 10);
    frame += static_cast<char>(0x81);  // FIN, text
    if (payload.size() < 126) {
        frame += static_cast<char>(payload.size());
    } else if (payload.size() <= 0xFFFF) {
        frame += static_cast<char>(126);
        frame += static_cast<char>(payload.size() >> 8U);
        frame += static_cast<char>(payload.size() & 0xFFU);
    } else {
        frame += static_cast<char>(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame +=
                static_cast<char>((static_cast<std::uint64_t>(payload.size()) >> static_cast<unsigned>(shift)) & 0xFFU);
    }
    frame += payload;
    return frame;
}

}  // namespace hearth::protocol
