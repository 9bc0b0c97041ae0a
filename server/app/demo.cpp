#include "app/demo.hpp"

#include "core/startup_error.hpp"
#include "identity/password.hpp"
#include "identity/token.hpp"
#include "store/waiting.hpp"

namespace hearth::app {
namespace {

using store::wait;

template <class T>
T need(outcome<T> result, const char* what) {
    if (result.has_error())
        throw startup_error(std::string("--demo: cannot make ") + what + ": " + result.error().detail);
    return std::move(*result);
}

room_info ensure_room(store::store& data, const texts::catalogue& words, std::string slug, std::string title,
                      room_topic topic, std::string language) {
    if (auto there = wait(data, &store::store::find_room, slug)) return std::move(*there);
    room_info room;
    room.slug = std::move(slug);
    room.title = std::move(title);
    room.topic = topic;
    room.languages = {language};
    room.open = true;
    room.rules = words.default_rules(language, room.kind);
    room.rules_version = 1;
    room.epoch = identity::new_token();
    room.created_at = now();
    return need(wait(data, &store::store::add_room, room, std::vector<store::audit_entry>{}), "a room");
}

std::string sign_in_link(store::store& data, const std::string& name, role as, const std::string& url) {
    auto found = wait(data, &store::store::find_account, name);
    if (found.has_error()) {
        account staff;
        staff.who = {user_id{identity::new_id('u')}, name, as};
        staff.password_hash = identity::hash_password(identity::new_token());
        staff.created_at = now();
        found = wait(data, &store::store::add_account, staff);
    }
    const auto staff = need(std::move(found), "an account");
    const auto token = identity::new_token();
    const session_record link{identity::hash_token(token), staff.who.id, now() + std::chrono::hours(24), true};
    const auto added = wait(data, &store::store::add_session, link);
    if (added.has_error()) throw startup_error("--demo: cannot make a sign-in link: " + added.error().detail);
    return url + "/sign-in#link=" + token;
}

}  // namespace

demo_links prepare_demo(store::store& data, const texts::catalogue& words, const std::string& url) {
    const auto harbour = ensure_room(data, words, "harbour", "The Harbour", room_topic::general, "en");
    ensure_room(data, words, "table", "Around the Table", room_topic::eating, "en");
    ensure_room(data, words, "pas-a-pas", "Pas à pas", room_topic::addiction, "fr");
    ensure_room(data, words, "teras", "Teras Bersama", room_topic::mood, "id");
    const auto code = identity::new_token();
    const invite_record invite{identity::hash_token(code),
                               identity::new_id('i'),
                               harbour.id,
                               1000,
                               now() + std::chrono::hours(24 * 30),
                               now(),
                               {}};
    const auto added = wait(data, &store::store::add_invite, invite);
    if (added.has_error()) throw startup_error("--demo: cannot make an invite: " + added.error().detail);
    return {url + "/join/" + code, sign_in_link(data, "demo-moderator", role::moderator, url),
            sign_in_link(data, "demo-admin", role::admin, url)};
}

}  // namespace hearth::app
