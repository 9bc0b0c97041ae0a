// Commands that change nothing in a room: coming, going, looking back, being there.
#include <algorithm>

#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"
#include "session/session.hpp"

namespace hearth::session {
namespace {

void append_joined(std::string& line, std::string_view id, const room_info& room, const rooms::attached& what) {
    line = R"({"type":"joined","id":)";
    line += id;
    line += R"(,"room":)";
    protocol::append_room(line, room, false);
    line.pop_back();
    line += R"(,"count":)";
    protocol::append_number(line, static_cast<std::uint64_t>(what.count));
    if (!what.members.empty()) {
        line += R"(,"members":[)";
        for (const auto& who : what.members) {
            if (&who != what.members.data()) line += ',';
            protocol::append_user(line, who);
        }
        line += ']';
    }
    line += R"(},"epoch":)";
    protocol::append_string(line, what.epoch);
    line += R"(,"seq":)";
    protocol::append_number(line, what.head);
    line += what.reset ? R"(,"reset":true})" : R"(,"reset":false})";
}

/// `lines` end with newlines. In frames of some lines each, so that whoever breaks off resumes from what did arrive.
void send_in_parts(channel& client, std::string_view lines) {
    constexpr std::size_t usual = 65'536;
    while (!lines.empty()) {
        auto cut = lines.size() <= usual ? lines.size() - 1 : lines.rfind('\n', usual);
        if (cut == std::string_view::npos) cut = lines.find('\n');
        client.send_replay(std::make_shared<const std::string>(protocol::frame_text(lines.substr(0, cut))));
        lines.remove_prefix(cut + 1);
    }
}

}  // namespace

void session::on(id_text id, protocol::join& c) {
    if (std::any_of(places_.begin(), places_.end(), [&](const place& p) { return p.slug == c.room; }))
        return refuse(id, {errc::conflict, "room", "already in this room on this connection"});
    auto found = then<room_info>([this, id, c](outcome<room_info> room) {
        if (room.has_error()) return refuse(id, room.error());
        auto stands = then<membership>([this, id, c, room = *room](outcome<membership> standing) {
            if (standing.has_error()) return refuse(id, standing.error());
            if (standing->banned_until && *standing->banned_until > now())
                return refuse(id, {errc::banned, "room", "banned from this room"});
            if (!standing->member && !room.open && !me_.staff())
                return refuse(id, {errc::not_a_member, "room", "an invite opens this room"});
            if (!room.rules.empty() && standing->accepted_rules < room.rules_version && !me_.staff()) {
                const failure what{errc::agreement_required, "", "the ground rules come first"};
                std::string line;
                protocol::append_error(line, id, what, with_.sentence(what, intro_.locale));
                line.pop_back();
                line += R"(,"agreement":{"version":)" + std::to_string(room.rules_version) + R"(,"text":)";
                protocol::append_string(line, room.rules);
                line += "}}";
                return client_->reply(line);
            }
            enter(id, c, room);
        });
        with_.store.find_membership(room->id, me_.id, loop_, std::move(stands));
    });
    with_.store.find_room(c.room, loop_, std::move(found));
}

void session::enter(const id_text& id, const protocol::join& c, const room_info& room) {
    auto seated = then<rooms::entered>([this, id, room](outcome<rooms::entered> in) {
        if (in.has_error()) return refuse(id, in.error());
        if (std::any_of(places_.begin(), places_.end(), [&](const place& p) { return p.slug == room.slug; }))
            return refuse(id, {errc::conflict, "room", "already in this room on this connection"});
        std::string line;
        append_joined(line, id, room, in->what);
        client_->reply(line);
        send_in_parts(*client_, in->what.lines);
        places_.push_back({room.slug, std::move(in->seat), in->what.count});
    });
    with_.rooms.join(loop_, room, shared_from_this(), c.after, c.epoch, std::move(seated));
}

void session::on(id_text id, protocol::accept& c) {
    auto found = then<room_info>([this, id, version = c.version](outcome<room_info> room) {
        if (room.has_error()) return refuse(id, room.error());
        if (version != room->rules_version)
            return refuse(id, {errc::conflict, "version", "the ground rules have changed", room->rules_version});
        auto accepted = then<void>([this, id](outcome<void> result) {
            if (result.has_error()) return refuse(id, result.error());
            std::string line;
            protocol::append_plain(line, "accepted", id);
            client_->reply(line);
        });
        with_.store.accept_rules(room->id, me_.id, version, loop_, std::move(accepted));
    });
    with_.store.find_room(c.room, loop_, std::move(found));
}

void session::on(id_text id, protocol::leave& c) {
    if (!seat_in(id, c.room)) return;
    say_waiting_at_once();
    std::erase_if(places_, [&](const place& p) { return p.slug == c.room; });
    std::string line;
    protocol::append_plain(line, "left", id);
    client_->reply(line);
}

void session::on(id_text id, protocol::history& c) {
    const auto* here = seat_in(id, c.room);
    if (!here) return;
    auto read = then<store::event_page>([this, id, slug = c.room](outcome<store::event_page> page) {
        if (page.has_error()) return refuse(id, page.error());
        std::string line = R"({"type":"history","id":)" + id + R"(,"room":)";
        protocol::append_string(line, slug);
        line += R"(,"events":[)";
        for (const auto& e : page->events) {
            if (&e != page->events.data()) line += ',';
            protocol::append_event(line, e, slug);
        }
        line += page->more ? R"(],"more":true})" : R"(],"more":false})";
        client_->reply(line);
    });
    with_.store.events_before(here->seat->room().id, c.before, c.limit, me_, loop_, std::move(read));
}

void session::on(id_text id, protocol::typing& c) {
    const auto at = std::chrono::steady_clock::now();
    if (at - typed_at_ < std::chrono::seconds(2)) return;
    typed_at_ = at;
    if (const auto* here = seat_in(id, c.room)) with_.rooms.typing(here->seat->room().id, me_);
}

void session::on(id_text id, protocol::ping& c) {
    client_->reply(R"({"type":"pong","id":)" + id + R"(,"t":)" + c.t + '}');
}

void session::on(id_text id, protocol::watch&) {
    if (!me_.staff()) return refuse(id, {errc::forbidden, "queue", "the review queue is for moderators"});
    if (!std::exchange(watching_, true)) with_.rooms.watch(loop_, *this);
    std::string line;
    protocol::append_plain(line, "watching", id);
    client_->reply(line);
}

}  // namespace hearth::session
