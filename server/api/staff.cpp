// Staff accounts, kept by admins.
#include "api/json_reader.hpp"
#include "api/routes.hpp"
#include "identity/names.hpp"
#include "identity/password.hpp"
#include "identity/token.hpp"
#include "protocol/json_text.hpp"

namespace hearth::api {
namespace {

constexpr std::size_t password_chars = 1'024;

std::optional<role> parse_staff_role(std::string_view text) {
    const auto parsed = parse_role(text);
    return parsed == role::member ? std::nullopt : parsed;
}

void append_entry(std::string& out, const account& entry, const std::string& password = {}) {
    out += R"({"id":)";
    protocol::append_string(out, entry.who.id.value);
    out += R"(,"name":)";
    protocol::append_string(out, entry.who.name);
    out += R"(,"role":")";
    out += to_string(entry.who.role);
    out += entry.disabled ? R"(","disabled":true)" : R"(","disabled":false)";
    out += R"(,"created_at":")" + to_rfc3339(entry.created_at) + '"';
    if (!password.empty()) {
        out += R"(,"password":)";
        protocol::append_string(out, password);
    }
    out += '}';
}

void record_and_answer(const call_ptr& c, store::audit_entry act, int status, const account& entry,
                       const std::string& password = {}) {
    auto recorded = [c, status, entry, password] {
        std::string out;
        append_entry(out, entry, password);
        c->answer(status, std::move(out));
    };
    c->with.store.write_audit({std::move(act)}, c->with.loop, c->then(std::move(recorded)));
}

struct staff_change {
    std::optional<role> as;
    std::optional<bool> disabled;
    bool new_password = false;
};

std::string in_words(const staff_change& change) {
    std::string out;
    const auto part = [&](const std::string& text) { out += (out.empty() ? "" : ",") + text; };
    if (change.as) part(R"("role":")" + std::string(to_string(*change.as)) + '"');
    if (change.disabled) part(*change.disabled ? R"("disabled":true)" : R"("disabled":false)");
    if (change.new_password) part(R"("password":true)");
    return '{' + out + '}';
}

void apply(const call_ptr& c, account entry, const staff_change& change) {
    const auto before = entry.who.role;
    if (change.as) entry.who.role = *change.as;
    if (change.disabled) entry.disabled = *change.disabled;
    auto changed = [c, change, before](const account& stored) {
        // What is open under the old standing ends; it opens again under the new one.
        if (stored.disabled || stored.who.role < before) c->with.rooms.person_left(stored.who.id);
        record_and_answer(c, c->act("staff.change", stored.who.id.value, in_words(change)), 200, stored);
    };
    c->with.store.update_account(std::move(entry), c->with.loop, c->then<account>(std::move(changed)));
}

}  // namespace

void list_staff(const call_ptr& c) {
    auto tell = [c](const std::vector<account>& accounts) {
        std::string out = R"({"staff":[)";
        bool first = true;
        for (const auto& entry : accounts) {
            if (entry.who.role == role::member) continue;
            if (!first) out += ',';
            first = false;
            append_entry(out, entry);
        }
        out += "]}";
        c->answer(200, std::move(out));
    };
    c->with.store.list_accounts(c->with.loop, c->then<std::vector<account>>(std::move(tell)));
}

void add_staff(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    const auto given = in.line("name", c->with.bounds.name_chars);
    const auto as = in.required("role", in.maybe_one_of("role", parse_staff_role));
    const auto chosen = in.maybe_line("password", password_chars);
    if (in.failed()) return c->fail(in.problem());
    auto name = identity::clean_name(given, c->with.bounds.name_chars);
    if (name.has_error()) return c->fail(name.error());
    if (chosen)
        if (const auto fits = identity::check_password(*chosen); fits.has_error()) return c->fail(fits.error());

    const auto generated = chosen ? std::string() : identity::new_password();
    account entry;
    entry.who = {user_id{identity::new_id('u')}, std::move(*name), as};
    entry.created_at = now();
    auto hashed = [c, entry, generated](std::string hash) mutable {
        entry.password_hash = std::move(hash);
        auto added = [c, generated](const account& stored) {
            auto act = c->act("staff.add", stored.who.id.value,
                              R"({"role":")" + std::string(to_string(stored.who.role)) + R"("})");
            record_and_answer(c, std::move(act), 201, stored, generated);
        };
        c->with.store.add_account(std::move(entry), c->with.loop, c->then<account>(std::move(added)));
    };
    c->with.passwords.hash(chosen ? *chosen : generated, c->with.loop, c->then<std::string>(std::move(hashed)));
}

void change_staff(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    staff_change change;
    change.as = in.maybe_one_of("role", parse_staff_role);
    change.disabled = in.maybe_flag("disabled");
    const auto password = in.maybe_line("password", password_chars);
    change.new_password = password.has_value();
    if (in.failed()) return c->fail(in.problem());
    if (password)
        if (const auto fits = identity::check_password(*password); fits.has_error()) return c->fail(fits.error());

    auto found = [c, change, password](account entry) {
        if (entry.who.role == role::member) return c->fail({errc::not_found, "", "no staff account"});
        const bool lowers_self = entry.who.id == c->who.id &&
                                 (change.disabled.value_or(false) || change.as.value_or(role::admin) != role::admin);
        if (lowers_self)
            return c->fail({errc::conflict, change.as ? "role" : "disabled", "another admin has to do this"});
        if (!password) return apply(c, std::move(entry), change);
        auto hashed = [c, entry, change](std::string hash) mutable {
            entry.password_hash = std::move(hash);
            apply(c, std::move(entry), change);
        };
        c->with.passwords.hash(*password, c->with.loop, c->then<std::string>(std::move(hashed)));
    };
    c->with.store.find_account_by_id(user_id{c->parts[0]}, c->with.loop, c->then<account>(std::move(found)));
}

}  // namespace hearth::api
