#include "store/sqlite/sqlite_store.hpp"

#include "store/failures.hpp"
#include "store/sqlite/audit.hpp"
#include "store/sqlite/cases.hpp"
#include "store/sqlite/events.hpp"
#include "store/sqlite/invites.hpp"
#include "store/sqlite/open.hpp"
#include "store/sqlite/people.hpp"
#include "store/sqlite/room_writes.hpp"
#include "store/sqlite/rooms.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/variants.hpp"

namespace hearth::store::sqlite {
namespace {

constexpr int most_audit_entries = 1'000;

template <class Context>
void answer_stopped(job_list<Context> jobs) {
    for (const auto& each : jobs) each->fail(unavailable("the store has stopped"));
    answer_all(std::move(jobs));
}

template <class Context>
job_list<Context> only(std::shared_ptr<job<Context>> each) {
    job_list<Context> one;
    one.push_back(std::move(each));
    return one;
}

}  // namespace

std::unique_ptr<store> open_sqlite(const std::filesystem::path& data_dir, options how) {
    auto writing = open_current(data_dir, how.busy);
    const auto file = database_file(data_dir);
    auto reading = open_beside(file, database::mode::read_write, how.busy);
    auto copying = open_beside(file, database::mode::read_write, how.busy);
    return std::make_unique<sqlite_store>(std::move(writing), std::move(reading), std::move(copying), how.tick);
}

sqlite_store::sqlite_store(std::unique_ptr<database> writing, std::unique_ptr<database> reading,
                           std::unique_ptr<database> copying, std::chrono::milliseconds tick)
    : log_(std::move(copying)), writes_(std::move(writing), log_, tick), reads_(std::move(reading)) {}

sqlite_store::~sqlite_store() { stop(); }

void sqlite_store::stop() {
    writes_.stop();
    reads_.stop();
}

template <class T, class Work>
void sqlite_store::write(completions& to, callback<T> done, Work work) {
    auto each = make_job<writer, T>(to, std::move(done), std::move(work));
    if (!writes_.push(each)) answer_stopped(only(std::move(each)));
}

template <class T, class Work>
void sqlite_store::read(completions& to, callback<T> done, Work work) {
    auto each = make_job<database, T>(to, std::move(done), std::move(work));
    if (!reads_.push(each)) answer_stopped(only(std::move(each)));
}

// People

void sqlite_store::add_account(account who, completions& to, callback<account> done) {
    write<account>(to, std::move(done), [who = std::move(who)](writer& w) { return sqlite::add_account(w, who); });
}

void sqlite_store::find_account(std::string name, completions& to, callback<account> done) {
    read<account>(to, std::move(done),
                  [name = std::move(name)](database& db) { return sqlite::find_account(db, name); });
}

void sqlite_store::find_account_by_id(user_id id, completions& to, callback<account> done) {
    read<account>(to, std::move(done),
                  [id = std::move(id)](database& db) { return sqlite::find_account_by_id(db, id); });
}

void sqlite_store::update_account(account who, completions& to, callback<account> done) {
    write<account>(to, std::move(done), [who = std::move(who)](writer& w) { return sqlite::update_account(w, who); });
}

void sqlite_store::list_accounts(completions& to, callback<std::vector<account>> done) {
    read<std::vector<account>>(to, std::move(done), [](database& db) { return sqlite::list_accounts(db); });
}

void sqlite_store::erase_person(user_id id, time_point at, completions& to, callback<std::int64_t> done) {
    write<std::int64_t>(to, std::move(done),
                        [id = std::move(id), at](writer& w) { return sqlite::erase_person(w, id, at); });
}

void sqlite_store::add_session(session_record session, completions& to, callback<void> done) {
    write<void>(to, std::move(done),
                [session = std::move(session)](writer& w) { return sqlite::add_session(w, session); });
}

void sqlite_store::find_session(std::string token_hash, time_point at, completions& to,
                                callback<std::pair<session_record, person>> done) {
    read<std::pair<session_record, person>>(to, std::move(done), [hash = std::move(token_hash), at](database& db) {
        return sqlite::find_session(db, hash, at);
    });
}

void sqlite_store::end_session(std::string token_hash, completions& to, callback<void> done) {
    write<void>(to, std::move(done), [hash = std::move(token_hash)](writer& w) -> outcome<void> {
        sqlite::end_session(w, hash);
        return {};
    });
}

// Invites

void sqlite_store::add_invite(invite_record invite, completions& to, callback<void> done) {
    write<void>(to, std::move(done), [invite = std::move(invite)](writer& w) { return sqlite::add_invite(w, invite); });
}

void sqlite_store::find_invite(std::string code_hash, time_point at, completions& to, callback<invite_record> done) {
    read<invite_record>(to, std::move(done),
                        [hash = std::move(code_hash), at](database& db) { return sqlite::find_invite(db, hash, at); });
}

void sqlite_store::list_invites(room_id room, completions& to, callback<std::vector<invite_record>> done) {
    read<std::vector<invite_record>>(to, std::move(done),
                                     [room](database& db) { return sqlite::list_invites(db, room); });
}

void sqlite_store::revoke_invite(room_id room, std::string id, completions& to, callback<void> done) {
    write<void>(to, std::move(done),
                [room, id = std::move(id)](writer& w) { return sqlite::revoke_invite(w, room, id); });
}

void sqlite_store::redeem_invite(std::string code_hash, account guest, session_record session, completions& to,
                                 callback<room_id> done) {
    write<room_id>(to, std::move(done),
                   [hash = std::move(code_hash), guest = std::move(guest), session = std::move(session)](writer& w) {
                       return sqlite::redeem_invite(w, hash, guest, session);
                   });
}

void sqlite_store::redeem_invite_for(std::string code_hash, user_id user, time_point at, completions& to,
                                     callback<room_id> done) {
    write<room_id>(to, std::move(done), [hash = std::move(code_hash), user = std::move(user), at](writer& w) {
        return sqlite::redeem_invite_for(w, hash, user, at);
    });
}

// Rooms

void sqlite_store::add_room(room_info room, std::vector<audit_entry> audit, completions& to, callback<room_info> done) {
    write<room_info>(to, std::move(done), [room = std::move(room), audit = std::move(audit)](writer& w) {
        return sqlite::add_room(w, room, audit);
    });
}

void sqlite_store::find_room(std::string slug, completions& to, callback<room_info> done) {
    read<room_info>(to, std::move(done),
                    [slug = std::move(slug)](database& db) { return sqlite::find_room(db, slug); });
}

void sqlite_store::update_room(room_info room, std::vector<audit_entry> audit, completions& to,
                               callback<room_info> done) {
    write<room_info>(to, std::move(done), [room = std::move(room), audit = std::move(audit)](writer& w) {
        return sqlite::update_room(w, room, audit);
    });
}

void sqlite_store::list_rooms(completions& to, callback<std::vector<room_info>> done) {
    read<std::vector<room_info>>(to, std::move(done), [](database& db) { return sqlite::list_rooms(db); });
}

void sqlite_store::rooms_of(user_id user, completions& to, callback<std::vector<room_info>> done) {
    read<std::vector<room_info>>(to, std::move(done),
                                 [user = std::move(user)](database& db) { return sqlite::rooms_of(db, user); });
}

void sqlite_store::find_membership(room_id room, user_id user, completions& to, callback<membership> done) {
    read<membership>(to, std::move(done),
                     [room, user = std::move(user)](database& db) { return sqlite::find_membership(db, room, user); });
}

void sqlite_store::accept_rules(room_id room, user_id user, std::int64_t version, completions& to,
                                callback<void> done) {
    write<void>(to, std::move(done), [room, user = std::move(user), version](writer& w) {
        return sqlite::accept_rules(w, room, user, version);
    });
}

// What happens in rooms

void sqlite_store::commit(room_commit unit, completions& to, callback<committed> done) {
    write<committed>(to, std::move(done), [unit = std::move(unit)](writer& w) { return sqlite::commit(w, unit); });
}

void sqlite_store::commit_all(std::vector<commit_request> units, completions& to) {
    job_list<writer> jobs;
    jobs.reserve(units.size());
    for (auto& [unit, done] : units)
        jobs.push_back(make_job<writer, committed>(
            to, std::move(done), [unit = std::move(unit)](writer& w) { return sqlite::commit(w, *unit); }));
    if (!writes_.push_all(jobs)) answer_stopped(std::move(jobs));
}

void sqlite_store::events_after(room_id room, seq_t after, int limit, std::optional<person> viewer, completions& to,
                                callback<event_page> done) {
    read<event_page>(to, std::move(done), [room, after, limit, viewer = std::move(viewer)](database& db) {
        return read_after(db, room, after, limit, viewer);
    });
}

void sqlite_store::events_before(room_id room, std::optional<seq_t> before, int limit, std::optional<person> viewer,
                                 completions& to, callback<event_page> done) {
    read<event_page>(to, std::move(done), [room, before, limit, viewer = std::move(viewer)](database& db) {
        return read_before(db, room, before, limit, viewer);
    });
}

void sqlite_store::find_event(room_id room, seq_t seq, completions& to, callback<event> done) {
    read<event>(to, std::move(done), [room, seq](database& db) -> outcome<event> {
        if (auto found = find_by_seq(db, room, seq)) return std::move(*found);
        return refused(errc::not_found, "seq", "no such event");
    });
}

// Review

void sqlite_store::find_case(case_id id, completions& to, callback<review_case> done) {
    read<review_case>(to, std::move(done), [id = std::move(id)](database& db) { return sqlite::find_case(db, id); });
}

void sqlite_store::find_case_of(room_id room, seq_t seq, completions& to, callback<review_case> done) {
    read<review_case>(to, std::move(done), [room, seq](database& db) { return sqlite::find_case_of(db, room, seq); });
}

void sqlite_store::list_cases(case_filter filter, completions& to, callback<case_page> done) {
    read<case_page>(to, std::move(done),
                    [filter = std::move(filter)](database& db) { return sqlite::list_cases(db, filter); });
}

void sqlite_store::history_of(room_id room, user_id user, completions& to, callback<author_history> done) {
    read<author_history>(to, std::move(done),
                         [room, user = std::move(user)](database& db) { return read_history(db, room, user); });
}

void sqlite_store::decide_variant(variant_decision what, std::vector<audit_entry> audit, completions& to,
                                  callback<void> done) {
    write<void>(to, std::move(done), [what = std::move(what), audit = std::move(audit)](writer& w) -> outcome<void> {
        sqlite::decide_variant(w, what, audit);
        return {};
    });
}

void sqlite_store::list_variants(completions& to, callback<std::vector<variant_decision>> done) {
    read<std::vector<variant_decision>>(to, std::move(done), [](database& db) { return sqlite::list_variants(db); });
}

void sqlite_store::write_audit(std::vector<audit_entry> entries, completions& to, callback<void> done) {
    write<void>(to, std::move(done), [entries = std::move(entries)](writer& w) -> outcome<void> {
        append_audit(w, entries);
        return {};
    });
}

void sqlite_store::list_audit(std::int64_t after, int limit, completions& to, callback<std::vector<audit_entry>> done) {
    read<std::vector<audit_entry>>(to, std::move(done), [after, limit](database& db) {
        return audit_after(db, after, std::clamp(limit, 1, most_audit_entries));
    });
}

void sqlite_store::check(completions& to, callback<void> done) {
    write<void>(to, std::move(done), [](writer& w) -> outcome<void> {
        w.db.run("UPDATE health SET checks = checks + 1 WHERE one = 1");
        return {};
    });
}

void sqlite_store::on_outside_change(completions& to, std::function<void()> changed) {
    writes_.on_outside_change(to, std::move(changed));
}

}  // namespace hearth::store::sqlite
