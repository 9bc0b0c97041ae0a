#include "store/redis/redis_store.hpp"

#include <algorithm>
#include <future>
#include <random>
#include <tuple>

#include "store/redis/carrier.hpp"
#include "store/redis/record_target.hpp"
#include "store/redis/rows.hpp"
#include "store/waiting.hpp"

namespace hearth::store::redis {
namespace {

constexpr std::chrono::seconds between_told_checks{10};

// How replies become outcomes.

outcome<void> no_more(const reply& from) {
    row fields(from);
    if (fields.text() == "no") return read_refusal(fields);
    return {};
}

template <class T>
auto one(T (*read)(row)) {
    return [read](const reply& from) {
        return read_answer(from, [read](row fields) { return read(row(fields.next())); });
    };
}

template <class T>
auto all(T (*read)(row)) {
    return [read](const reply& from) {
        return read_answer(from, [read](row fields) { return read_all(fields.next(), read); });
    };
}

template <class T, class Before>
auto all_sorted(T (*read)(row), Before before) {
    return [read, before](const reply& from) {
        return read_answer(from, [&](row fields) {
            auto out = read_all(fields.next(), read);
            std::sort(out.begin(), out.end(), before);
            return out;
        });
    };
}

bool by_slug(const room_info& a, const room_info& b) { return std::tie(a.slug, a.id) < std::tie(b.slug, b.id); }

std::string random_epoch() {
    std::random_device source;
    return std::to_string((std::uint64_t{source()} << 32) | source());
}

outcome<room_id> opened_room(const reply& from) {
    return read_answer(from, [](row fields) { return room_id{fields.integer()}; });
}

}  // namespace

std::string room_key(const std::string& room) { return "hearth:{r" + room + "}:"; }
std::string room_key(room_id room) { return room_key(std::to_string(static_cast<std::int64_t>(room))); }

redis_store::redis_store(const endpoint& where, const options& how)
    : apart_(!where.cluster.empty()),
      attendance_lives_(how.attendance_lives),
      wait_replicas_(how.wait_replicas),
      carrier_(apart_ ? std::make_unique<carrier>(*this) : nullptr),
      client_(where, how) {
    client_.wait_until_ready();
    std::promise<outcome<void>> begun;
    ask(noting("begin", shared_key), at_once::instance(),
        callback<void>([&](outcome<void> got) { begun.set_value(std::move(got)); }), no_more);
    const auto got = begun.get_future().get();
    if (!got) throw data_error("cannot use Redis at " + where.name() + ": " + got.error().detail);
    if (carrier_) client_.on_tick([this] { carrier_->tick(); });
}

redis_store::~redis_store() = default;

std::unique_ptr<store> open_redis(const std::string& address, options how) {
    auto out = std::make_unique<redis_store>(parse_endpoint(address), how);
    if (move_state(*out) == "half")
        throw data_error("Redis at " + parse_endpoint(address).name() +
                         " holds a part of a community only: run hearth migrate once more to its end");
    return out;
}

// People

void redis_store::add_account(account who, completions& to, callback<account> done) {
    auto what = writing("add_account", shared_key);
    redis::add(what, who);
    ask(what, to, std::move(done), one(read_account));
}

void redis_store::find_account(std::string name, completions& to, callback<account> done) {
    ask(request("find_account", shared_key).add(folded_name(std::move(name))), to, std::move(done), one(read_account));
}

void redis_store::find_account_by_id(user_id id, completions& to, callback<account> done) {
    ask(request("find_account_by_id", shared_key).add(id), to, std::move(done), one(read_account));
}

void redis_store::update_account(account who, completions& to, callback<account> done) {
    auto what = writing("update_account", shared_key);
    redis::add(what, who);
    ask(what, to, std::move(done), one(read_account));
}

void redis_store::list_accounts(completions& to, callback<std::vector<account>> done) {
    ask(request("list_accounts", shared_key), to, std::move(done),
        all_sorted(read_account, [](const account& a, const account& b) {
            return std::pair(folded_name(a.who.name), a.who.id.value) <
                   std::pair(folded_name(b.who.name), b.who.id.value);
        }));
}

void redis_store::erase_person(user_id id, time_point at, completions& to, callback<std::int64_t> done) {
    redis::erase_person(*this, std::move(id), at, to, std::move(done));
}

void redis_store::add_session(session_record session, completions& to, callback<void> done) {
    auto what = writing("add_session", shared_key);
    redis::add(what, session);
    ask(what, to, std::move(done), no_more);
}

void redis_store::find_session(std::string token_hash, time_point at, completions& to,
                               callback<std::pair<session_record, person>> done) {
    ask(request("find_session", shared_key).add(token_hash).add(at), to, std::move(done),
        [token_hash](const reply& from) {
            return read_answer(from, [&](row fields) {
                session_record session{token_hash, {fields.text()}, fields.time(), fields.flag()};
                person who{session.user, fields.text(), parse_role(fields.text()).value_or(role::member)};
                return std::pair(std::move(session), std::move(who));
            });
        });
}

void redis_store::end_session(std::string token_hash, completions& to, callback<void> done) {
    ask(writing("end_session", shared_key).add(token_hash), to, std::move(done), no_more);
}

// Invites

void redis_store::add_invite(invite_record invite, completions& to, callback<void> done) {
    auto what = writing("add_invite", shared_key);
    what.add(invite.code_hash).add(invite.id).add(invite.room).add(invite.uses_left).add(invite.expires_at);
    what.add(invite.created_at).add(invite.created_by);
    ask(what, to, std::move(done), no_more);
}

void redis_store::find_invite(std::string code_hash, time_point at, completions& to, callback<invite_record> done) {
    ask(request("find_invite", shared_key).add(code_hash).add(at), to, std::move(done), one(read_invite));
}

void redis_store::list_invites(room_id room, completions& to, callback<std::vector<invite_record>> done) {
    ask(request("list_invites", shared_key).add(room), to, std::move(done),
        all_sorted(read_invite, [](const invite_record& a, const invite_record& b) {
            return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id);
        }));
}

void redis_store::revoke_invite(room_id room, std::string id, completions& to, callback<void> done) {
    ask(writing("revoke_invite", shared_key).add(room).add(id), to, std::move(done), no_more);
}

void redis_store::redeem_invite(std::string code_hash, account guest, session_record session, completions& to,
                                callback<room_id> done) {
    auto what = writing("redeem_invite", shared_key);
    what.add(code_hash);
    redis::add(what, guest);
    redis::add(what, session);
    ask(what, to, std::move(done), opened_room);
}

void redis_store::redeem_invite_for(std::string code_hash, user_id user, time_point at, completions& to,
                                    callback<room_id> done) {
    ask(writing("redeem_invite_for", shared_key).add(code_hash).add(user).add(at), to, std::move(done), opened_room);
}

// Rooms

void redis_store::add_room(room_info room, std::vector<audit_entry> audit, completions& to, callback<room_info> done) {
    auto what = writing("add_room", shared_key);
    if (room.epoch.empty()) room.epoch = random_epoch();
    redis::add(what, room);
    redis::add(what, audit);
    if (!apart_) return ask(what, to, std::move(done), one(read_room));
    ask_here<room_info>(what, one(read_room), [this, &to, done = std::move(done)](outcome<room_info> added) {
        begin_log(std::move(added), to, done);
    });
}

void redis_store::find_room(std::string slug, completions& to, callback<room_info> done) {
    ask(request("find_room", shared_key).add(slug), to, std::move(done), one(read_room));
}

void redis_store::update_room(room_info room, std::vector<audit_entry> audit, completions& to,
                              callback<room_info> done) {
    auto what = writing("update_room", shared_key);
    redis::add(what, room);
    redis::add(what, audit);
    ask(what, to, std::move(done), one(read_room));
}

void redis_store::list_rooms(completions& to, callback<std::vector<room_info>> done) {
    ask(request("list_rooms", shared_key), to, std::move(done), all_sorted(read_room, by_slug));
}

void redis_store::rooms_of(user_id user, completions& to, callback<std::vector<room_info>> done) {
    ask(request("rooms_of", shared_key).add(user), to, std::move(done), all_sorted(read_room, by_slug));
}

void redis_store::find_membership(room_id room, user_id user, completions& to, callback<membership> done) {
    with_facts(room, user, {}, [=, this, &to](const outcome<facts>& known) {
        if (!known) return to.run({[done, why = known.error()] { done(why); }});
        request what("find_membership", room_key(room));
        add(what, *known);
        ask(what.add(room).add(user), to, done, [](const reply& from) {
            return read_answer(from, [](row fields) {
                membership out;
                out.member = fields.flag();
                out.accepted_rules = fields.integer();
                out.muted_until = fields.maybe_time();
                out.banned_until = fields.maybe_time();
                return out;
            });
        });
    });
}

void redis_store::accept_rules(room_id room, user_id user, std::int64_t version, completions& to, callback<void> done) {
    with_facts(room, {}, {{user, {}, {}}}, [=, this, &to](const outcome<facts>& known) {
        if (!known) return to.run({[done, why = known.error()] { done(why); }});
        auto what = writing("accept_rules", room_key(room));
        add(what, *known);
        ask(what.add(room).add(user).add(version), to, done, no_more);
    });
}

// What people decided on spellings, the audit log, and whether it works

void redis_store::decide_variant(variant_decision what, std::vector<audit_entry> audit, completions& to,
                                 callback<void> done) {
    auto asked = writing("decide_variant", shared_key);
    asked.add(what.word).add(what.term).add(what.category).add(what.accepted).add(what.at).add(what.by);
    redis::add(asked, audit);
    ask(asked, to, std::move(done), no_more);
}

void redis_store::list_variants(completions& to, callback<std::vector<variant_decision>> done) {
    ask(request("list_variants", shared_key), to, std::move(done),
        all_sorted(read_variant, [](const variant_decision& a, const variant_decision& b) {
            return a.at != b.at ? a.at > b.at : a.word < b.word;
        }));
}

void redis_store::write_audit(std::vector<audit_entry> entries, completions& to, callback<void> done) {
    auto what = writing("write_audit", shared_key);
    redis::add(what, entries);
    ask(what, to, std::move(done), no_more);
}

void redis_store::list_audit(std::int64_t after, int limit, completions& to, callback<std::vector<audit_entry>> done) {
    ask(request("list_audit", shared_key).add(std::max<std::int64_t>(after, 0)).add(std::clamp(limit, 1, 1'000)), to,
        std::move(done), all(read_audit_entry));
}

void redis_store::take_use(std::string of, pace how, completions& to, callback<void> done) {
    auto what = noting("take_use", shared_key);
    what.add(of).add(how.per_minute).add(how.burst);
    ask(what, to, std::move(done), no_more);
}

void redis_store::give_back_use(std::string of, pace how) {
    auto what = noting("give_back_use", shared_key);
    what.add(of).add(how.per_minute).add(how.burst);
    ask(what, at_once::instance(), callback<void>([](const outcome<void>&) {}), no_more);
}

void redis_store::check(completions& to, callback<void> done) {
    // Balancers ask again and again; that others hear of it and look around is not needed each time.
    const auto at = std::chrono::steady_clock::now().time_since_epoch();
    auto told = check_told_.load();
    const bool tell = (told == 0 || at - std::chrono::steady_clock::duration(told) > between_told_checks) &&
                      check_told_.compare_exchange_strong(told, at.count());
    ask(writing("check", shared_key).add(tell), to, std::move(done), no_more);
}

}  // namespace hearth::store::redis
