#include "app/commands.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/assets.hpp"
#include "app/open_store.hpp"
#include "core/startup_error.hpp"
#include "identity/names.hpp"
#include "identity/password.hpp"
#include "identity/token.hpp"
#include "store/sqlite/maintenance.hpp"
#include "store/waiting.hpp"

namespace hearth::app {
namespace {

using store::wait;

/// Says why a command was refused, in one line; for a person at a terminal.
int refuse(const std::string& what, const failure& why, errc expected = errc::internal,
           std::string_view sentence = {}) {
    const auto reason = why.code == expected  ? sentence
                        : !why.detail.empty() ? std::string_view(why.detail)
                                              : to_string(why.code);
    fmt::print(stderr, "hearth: {}: {}\n", what, reason);
    return 1;
}

store::audit_entry entry(std::string action, std::string subject, std::string detail) {
    return {0, now(), {}, "command line", std::move(action), std::move(subject), std::move(detail), {}};
}

void known_languages(const std::vector<std::string>& languages) {
    constexpr std::array<std::string_view, 3> known{"en", "fr", "id"};
    for (const auto& language : languages)
        if (std::find(known.begin(), known.end(), language) == known.end())
            throw startup_error("--language: \"" + language + "\" is none of en, fr, id");
}

}  // namespace

std::chrono::seconds parse_duration(const std::string& text, const std::string& option) {
    std::int64_t count = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, count);
    const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
    const std::int64_t seconds = unit.empty() || unit == "s" ? 1
                                 : unit == "m"               ? 60
                                 : unit == "h"               ? 3600
                                 : unit == "d"               ? 24 * 3600
                                 : unit == "w"               ? 7 * 24 * 3600
                                                             : 0;
    if (error != std::errc{} || seconds == 0 || count < 1 || count > 10 * 365 * 24 * 3600LL / seconds)
        throw startup_error(option + ": \"" + text + "\" is no duration such as 15m, 12h, 7d");
    return std::chrono::seconds(count * seconds);
}

int add_room(const room_options& what) {
    room_info room;
    room.slug = what.slug;
    room.title = what.title;
    room.languages = what.languages;
    room.open = what.open;
    room.created_at = now();
    room.epoch = identity::new_token();
    if (!identity::valid_slug(room.slug))
        throw startup_error("SLUG: \"" + room.slug + "\" is not 1 to 40 of a-z, 0-9 and -");
    if (room.title.empty() || identity::count_code_points(room.title).value_or(1000) > limits{}.title_chars)
        throw startup_error(fmt::format("--title: 1 to {} characters", limits{}.title_chars));
    const auto kind = parse_room_kind(what.kind);
    if (!kind) throw startup_error("--kind: \"" + what.kind + "\" is none of peer_support, therapy_group");
    const auto topic = parse_room_topic(what.topic);
    if (!topic)
        throw startup_error("--topic: \"" + what.topic +
                            "\" is none of addiction, eating, mood, trauma, illness, general");
    room.kind = *kind;
    room.topic = *topic;
    known_languages(room.languages);
    if (room.languages.empty()) room.languages = {"en"};
    if (!what.rules.empty()) {
        std::ifstream in(what.rules);
        if (!in) throw startup_error("--rules: cannot read " + what.rules.string());
        room.rules.assign(std::istreambuf_iterator<char>(in), {});
        if (identity::count_code_points(room.rules).value_or(limits{}.rules_chars + 1) > limits{}.rules_chars)
            throw startup_error(fmt::format("--rules: UTF-8 text of at most {} characters", limits{}.rules_chars));
        room.rules_version = 1;
    }
    const auto data = open_store(what.where);
    std::vector<store::audit_entry> audit{entry("room.create", what.slug, "{}")};
    const auto made = wait(*data, &store::store::add_room, room, audit);
    if (made.has_error())
        return refuse("room add " + what.slug, made.error(), errc::conflict, "a room has this slug already");
    fmt::print("Room {} is ready.\n", made->slug);
    return 0;
}

int add_user(const user_options& what) {
    const auto role = parse_role(what.role);
    if (!role || *role == role::member)
        throw startup_error("--role: \"" + what.role + "\" is none of facilitator, moderator, admin");
    const auto name = identity::clean_name(what.name);
    if (name.has_error()) throw startup_error("NAME: " + name.error().detail);
    std::string password;
    if (isatty(STDIN_FILENO) == 0) std::getline(std::cin, password);
    const bool generated = password.empty();
    if (generated) password = identity::new_password();
    if (const auto fits = identity::check_password(password); fits.has_error())
        throw startup_error("password: " + fits.error().detail);
    const auto data = open_store(what.where);
    account staff;
    staff.who = {user_id{identity::new_id('u')}, *name, *role};
    staff.password_hash = identity::hash_password(password);
    staff.created_at = now();
    const auto made = wait(*data, &store::store::add_account, staff);
    if (made.has_error()) return refuse("user add " + *name, made.error(), errc::conflict, "this name is taken");
    std::vector<store::audit_entry> audit{
        entry("staff.add", staff.who.id.value, fmt::format(R"({{"role":"{}"}})", what.role))};
    (void)wait(*data, &store::store::write_audit, audit);
    fmt::print("{} may sign in as {}.\n", *name, what.role);
    if (generated) fmt::print("Password, shown this once: {}\n", password);
    return 0;
}

int add_invite(const invite_options& what) {
    if (what.uses < 1 || what.uses > 1'000'000'000) throw startup_error("--uses: from 1 to 1000000000");
    const auto lives = parse_duration(what.expires, "--expires");
    const auto data = open_store(what.where);
    const auto room = wait(*data, &store::store::find_room, what.slug);
    if (room.has_error())
        return refuse("invite " + what.slug, room.error(), errc::unknown_room, "there is no such room");
    const auto code = identity::new_token();
    invite_record invite{
        identity::hash_token(code), identity::new_id('i'), room->id, what.uses, now() + lives, now(), {}};
    std::vector<store::audit_entry> audit{
        entry("invite.create", what.slug, fmt::format(R"({{"id":"{}","uses":{}}})", invite.id, what.uses))};
    const auto made = wait(*data, &store::store::add_invite, invite);
    if (made.has_error()) return refuse("invite " + what.slug, made.error());
    (void)wait(*data, &store::store::write_audit, audit);
    // The sentence is for people, the code alone for scripts: code=$(hearth invite …).
    fmt::print(stderr, "Invite to {} for {} use{} until {}:\n", room->title, what.uses, what.uses == 1 ? "" : "s",
               to_rfc3339(invite.expires_at));
    fmt::print("{}\n", code);
    return 0;
}

int erase_user(const storage& where, const std::string& name) {
    const auto data = open_store(where);
    // A guest's name is not unique, so guests are erased by id; staff also by name.
    auto id = user_id{name};
    if (const auto staff = wait(*data, &store::store::find_account, name)) id = staff->who.id;
    const auto erased = wait(*data, &store::store::erase_person, id, now());
    if (erased.has_error())
        return refuse("user erase " + name, erased.error(), errc::not_found, "nobody of this name or id");
    fmt::print("Erased {}: {} messages are gone.\n", name, *erased);
    return 0;
}

int verify_audit(const storage& where) {
    const auto report = walk_audit(where);
    if (report.first_bad) {
        fmt::print("The audit log is broken at entry {}.\n", *report.first_bad);
        return 1;
    }
    fmt::print("{} audit entries, unbroken.\n", report.entries);
    return 0;
}

int backup(const storage& where, const std::filesystem::path& file) {
    store::sqlite::backup(files_of(where, "backup"), file);
    fmt::print("Backup written to {}.\n", file.string());
    return 0;
}

int restore(const storage& where, const std::filesystem::path& file) {
    store::sqlite::restore(files_of(where, "restore"), file);
    fmt::print("Restored {} into {}.\n", file.string(), where.data.string());
    return 0;
}

}  // namespace hearth::app
