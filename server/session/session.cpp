#include "session/session.hpp"

#include "identity/names.hpp"
#include "identity/token.hpp"
#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"

namespace hearth::session {

std::string_view disposition_of(const moderation::verdict& found) noexcept {
    switch (found.action) {
        case moderation::disposition::hold: return "held";
        case moderation::disposition::block: return "blocked";
        case moderation::disposition::publish:
        case moderation::disposition::publish_and_flag: break;
    }
    return "published";
}

session::session(services& with, event_loop& loop, channel& client, introduction intro)
    : with_(with), loop_(loop), client_(&client), intro_(std::move(intro)) {}

bool session::receive(std::string_view frame) {
    while (client_ && !frame.empty()) {
        const auto end = frame.find('\n');
        const auto line = frame.substr(0, end);
        frame.remove_prefix(end == std::string_view::npos ? frame.size() : end + 1);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        auto command = protocol::parse_command(line, with_.bounds);
        if (!command) return false;
        if (command->what.has_error())
            refuse(command->id, command->what.error());
        else
            handle(std::move(command->id), std::move(*command->what));
    }
    return true;
}

void session::handle(id_text id, protocol::command what) {
    if (!allow(with_.allowed.commands, id)) return;
    const bool is_hello = std::holds_alternative<protocol::hello>(what);
    if (!known_ && !is_hello) return refuse(id, {errc::unauthenticated, "", "say hello first"});
    std::visit([&](auto& command) { on(std::move(id), command); }, what);
}

void session::on(id_text id, protocol::hello& c) {
    if (known_ || greeting_) return refuse(id, {errc::conflict, "", "hello was said already"});
    if (!allow(with_.allowed.hellos, id)) return;
    if (c.locale == "en" || c.locale == "fr" || c.locale == "id") intro_.locale = c.locale;
    const auto at = now();
    const auto& token = !c.token.empty() || !c.invite.empty() ? c.token : intro_.cookie;
    if (!token.empty()) {
        greeting_ = true;
        auto found =
            then<std::pair<session_record, person>>([this, id](outcome<std::pair<session_record, person>> who) {
                greeting_ = false;
                if (who.has_error()) return refuse(id, who.error());
                if (who->first.link)
                    return refuse(id, {errc::unauthenticated, "token", "a sign-in link opens no socket"});
                welcome(id, std::move(who->second), {});
            });
        return with_.store.find_session(identity::hash_token(token), at, loop_, std::move(found));
    }
    if (c.invite.empty()) return refuse(id, {errc::unauthenticated, "token", "a token, or an invite and a name"});
    auto name = identity::clean_name(c.name, with_.bounds.name_chars);
    if (name.has_error()) return refuse(id, name.error());
    greeting_ = true;
    account guest;
    guest.who = {user_id{identity::new_id('u')}, std::move(*name), role::member};
    guest.created_at = at;
    auto fresh = identity::new_token();
    session_record opened{identity::hash_token(fresh), guest.who.id, at + with_.bounds.session_lives, false};
    auto redeemed = then<room_id>([this, id, me = guest.who, fresh](outcome<room_id> room) {
        greeting_ = false;
        if (room.has_error()) return refuse(id, room.error());
        welcome(id, me, fresh);
    });
    with_.store.redeem_invite(identity::hash_token(c.invite), std::move(guest), std::move(opened), loop_,
                              std::move(redeemed));
}

void session::welcome(const id_text& id, person me, std::string new_token) {
    me_ = std::move(me);
    known_ = true;
    with_.people.add(me_.id, shared_from_this(), loop_);
    auto tell = then<std::vector<room_info>>(
        [this, id, new_token = std::move(new_token)](outcome<std::vector<room_info>> rooms) {
            if (rooms.has_error()) return refuse(id, rooms.error());
            std::string line = R"({"type":"welcome","id":)" + id + R"(,"user":)";
            protocol::append_user(line, me_);
            if (!new_token.empty()) {
                line += R"(,"token":)";
                protocol::append_string(line, new_token);
            }
            line += R"(,"server":{"version":)";
            protocol::append_string(line, with_.version);
            line += R"(,"now":")" + to_rfc3339(now()) + R"(","limits":{"frame_bytes":)" +
                    std::to_string(with_.bounds.frame_bytes) + R"(,"text_chars":)" +
                    std::to_string(with_.bounds.text_chars) + R"(,"name_chars":)" +
                    std::to_string(with_.bounds.name_chars) + R"(,"say_per_minute":)" +
                    std::to_string(with_.bounds.say_per_minute) + R"(,"commands_per_minute":)" +
                    std::to_string(with_.bounds.commands_per_minute) + R"(}},"rooms":[)";
            bool first = true;
            for (const auto& room : *rooms) {
                if (room.archived) continue;
                if (!std::exchange(first, false)) line += ',';
                protocol::append_room(line, room, false);
            }
            line += "]}";
            client_->reply(line);
        });
    if (me_.staff())
        with_.store.list_rooms(loop_, std::move(tell));
    else
        with_.store.rooms_of(me_.id, loop_, std::move(tell));
}

void session::gone() {
    if (!client_) return;
    client_ = nullptr;
    say_waiting_at_once();
    places_.clear();
    if (watching_) with_.rooms.unwatch(loop_, *this);
    if (known_) with_.people.remove(me_.id, *this);
}

void session::end(close_code why) {
    if (client_) client_->close(why);
}

void session::deliver(const rooms::frame& bytes) {
    if (client_) client_->send(bytes);
}

void session::deliver_ephemeral(const rooms::frame& bytes) {
    if (client_) client_->send_ephemeral(bytes);
}

void session::taken_out(room_id room, bool banned) {
    std::erase_if(places_, [&](const place& p) { return p.seat->room().id == room; });
    if (banned && places_.empty()) end(close_code::banned);
}

void session::refuse(std::string_view id, const failure& what) {
    if (!client_) return;
    std::string line;
    protocol::append_error(line, id, what, with_.sentence(what, intro_.locale));
    client_->reply(line);
}

bool session::allow(identity::rate_limiter& bucket, const id_text& id) {
    if (!with_.bounds.rate_limits) return true;
    const auto wait = bucket.take(known_ ? me_.id.value : intro_.address, now());
    if (!wait) return true;
    failure what{errc::rate_limited, "", "too many at once"};
    what.retry_after = wait;
    refuse(id, what);
    return false;
}

void session::done_one() {
    if (--pending_ == 0 && client_) client_->settled();
}

session::place* session::seated(const std::string& slug) noexcept {
    for (auto& p : places_)
        if (p.slug == slug) return &p;
    return nullptr;
}

session::place* session::seat_in(const id_text& id, const std::string& slug) {
    if (auto* here = seated(slug)) return here;
    auto found = then<room_info>([this, id](outcome<room_info> room) {
        refuse(id, room.has_error() ? room.error() : failure{errc::not_a_member, "room", "join the room first"});
    });
    with_.store.find_room(slug, loop_, std::move(found));
    return nullptr;
}

}  // namespace hearth::session
