// Rooms: who sees which, and what admins make of them.
#include <algorithm>

#include "api/json_reader.hpp"
#include "api/routes.hpp"
#include "identity/names.hpp"
#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"

namespace hearth::api {
namespace {

constexpr std::size_t most_languages = 3;

void answer_room(const call_ptr& c, int status, const room_info& room) {
    std::string out;
    protocol::append_room(out, room, true);
    c->answer(status, std::move(out));
}

std::string title(json_reader& in, std::string given) {
    const auto first = given.find_first_not_of(' ');
    if (first == given.npos)
        in.reject({errc::bad_request, "title", "empty"});
    else
        given = given.substr(first, given.find_last_not_of(' ') - first + 1);
    return given;
}

std::vector<std::string> languages(json_reader& in, std::vector<std::string> given) {
    bool fits = !given.empty();
    for (auto it = given.begin(); it != given.end(); ++it) {
        fits = fits && std::find(std::begin(texts::locales), std::end(texts::locales), *it) != std::end(texts::locales);
        fits = fits && std::find(given.begin(), it, *it) == it;
    }
    if (!fits) in.reject({errc::bad_request, "languages", "one or more of en, fr, id, each once"});
    return given;
}

/// Only `fields` are named in the audit, not what stands in them.
std::string changed_fields(const room_info& before, const room_info& after) {
    std::string out;
    const auto note = [&](bool changed, std::string_view name) {
        if (!changed) return;
        out += out.empty() ? "" : ",";
        protocol::append_string(out, name);
    };
    note(before.title != after.title, "title");
    note(before.topic != after.topic, "topic");
    note(before.languages != after.languages, "languages");
    note(before.open != after.open, "open");
    note(before.rules != after.rules, "rules");
    return R"({"fields":[)" + out + "]}";
}

void update(const call_ptr& c, room_info room, store::audit_entry act, std::function<void(const room_info&)> next) {
    auto changed = [c, next = std::move(next)](const room_info& stored) {
        c->with.rooms.room_changed(stored);
        next(stored);
    };
    c->with.store.update_room(std::move(room), {std::move(act)}, c->with.loop, c->then<room_info>(std::move(changed)));
}

}  // namespace

std::string rooms_json(const std::vector<room_info>& rooms, bool with_rules) {
    std::string out = "[";
    for (const auto& room : rooms) {
        if (&room != rooms.data()) out += ',';
        protocol::append_room(out, room, with_rules);
    }
    return out + ']';
}

void room_by_id(const call_ptr& c, room_id id, std::function<void(room_info)> next) {
    auto search = [c, id, next = std::move(next)](const std::vector<room_info>& rooms) {
        const auto found = std::find_if(rooms.begin(), rooms.end(), [&](const room_info& r) { return r.id == id; });
        if (found == rooms.end()) return c->fail({errc::unknown_room, "room", "no such room"});
        next(*found);
    };
    c->with.store.list_rooms(c->with.loop, c->then<std::vector<room_info>>(std::move(search)));
}

void rooms_known(const call_ptr& c, std::function<void(std::vector<room_info>)> next) {
    auto choose = [c, next = std::move(next)](std::vector<room_info> all) {
        if (c->who.role == role::admin) return next(std::move(all));
        std::erase_if(all, [](const room_info& r) { return r.archived; });
        if (c->who.staff()) return next(std::move(all));
        auto own = [next, all = std::move(all)](const std::vector<room_info>& mine) mutable {
            std::erase_if(all, [&](const room_info& r) {
                return !r.open &&
                       std::none_of(mine.begin(), mine.end(), [&](const room_info& m) { return m.id == r.id; });
            });
            next(std::move(all));
        };
        c->with.store.rooms_of(c->who.id, c->with.loop, c->then<std::vector<room_info>>(std::move(own)));
    };
    c->with.store.list_rooms(c->with.loop, c->then<std::vector<room_info>>(std::move(choose)));
}

void list_rooms(const call_ptr& c) {
    rooms_known(c, [c](const std::vector<room_info>& rooms) {
        c->answer(200, R"({"rooms":)" + rooms_json(rooms, c->who.role == role::admin) + '}');
    });
}

void create_room(const call_ptr& c) {
    const auto& bounds = c->with.bounds;
    json_reader in(c->asked.body, bounds);
    room_info room;
    room.slug = in.line("slug", bounds.slug_chars);
    room.title = title(in, in.line("title", bounds.title_chars));
    room.kind = in.required("kind", in.maybe_one_of("kind", parse_room_kind));
    room.topic = in.required("topic", in.maybe_one_of("topic", parse_room_topic));
    room.languages = languages(in, in.required("languages", in.maybe_words("languages", most_languages)));
    room.open = in.maybe_flag("open").value_or(false);
    const auto rules = in.maybe_text("rules", bounds.rules_chars);
    if (in.failed()) return c->fail(in.problem());
    if (!identity::valid_slug(room.slug, bounds.slug_chars))
        return c->fail({errc::bad_request, "slug", "a-z, 0-9 and - only"});
    room.rules = rules ? *rules : std::string(c->with.words.default_rules(room.languages.front(), room.kind));
    room.created_at = now();
    auto act = c->act("room.create", room.slug);
    auto made = [c](const room_info& stored) {
        c->with.rooms.room_changed(stored);
        answer_room(c, 201, stored);
    };
    c->with.store.add_room(std::move(room), {std::move(act)}, c->with.loop, c->then<room_info>(std::move(made)));
}

void show_room(const call_ptr& c) {
    auto found = [c](const room_info& room) {
        if (c->who.staff()) return answer_room(c, 200, room);
        auto standing = [c, room](const membership& here) {
            if (here.banned_until && *here.banned_until > now()) return c->fail({errc::banned, "room", "banned"});
            if (!here.member && !room.open) return c->fail({errc::not_a_member, "room", "no member"});
            answer_room(c, 200, room);
        };
        c->with.store.find_membership(room.id, c->who.id, c->with.loop, c->then<membership>(std::move(standing)));
    };
    c->with.store.find_room(c->parts[0], c->with.loop, c->then<room_info>(std::move(found)));
}

void change_room(const call_ptr& c) {
    const auto& bounds = c->with.bounds;
    json_reader in(c->asked.body, bounds);
    auto new_title = in.maybe_line("title", bounds.title_chars);
    if (new_title) new_title = title(in, *new_title);
    const auto topic = in.maybe_one_of("topic", parse_room_topic);
    auto spoken = in.maybe_words("languages", most_languages);
    if (spoken) spoken = languages(in, *spoken);
    const auto open = in.maybe_flag("open");
    const auto rules = in.maybe_text("rules", bounds.rules_chars);
    if (in.failed()) return c->fail(in.problem());
    auto found = [c, new_title, topic, spoken, open, rules](const room_info& room) {
        auto next = room;
        if (new_title) next.title = *new_title;
        if (topic) next.topic = *topic;
        if (spoken) next.languages = *spoken;
        if (open) next.open = *open;
        if (rules) next.rules = *rules;
        update(c, next, c->act("room.update", room.slug, changed_fields(room, next)),
               [c](const room_info& r) { answer_room(c, 200, r); });
    };
    c->with.store.find_room(c->parts[0], c->with.loop, c->then<room_info>(std::move(found)));
}

void close_room(const call_ptr& c) {
    auto found = [c](room_info room) {
        room.archived = true;
        auto act = c->act("room.close", room.slug);
        update(c, std::move(room), std::move(act), [c](const room_info&) { c->done(); });
    };
    c->with.store.find_room(c->parts[0], c->with.loop, c->then<room_info>(std::move(found)));
}

}  // namespace hearth::api
