// The store on SQLite: every call becomes a job for the committing or the reading thread.
#pragma once

#include <memory>

#include "store/sqlite/commit_thread.hpp"
#include "store/sqlite/read_thread.hpp"
#include "store/store.hpp"

namespace hearth::store::sqlite {

class sqlite_store final : public store {
public:
    sqlite_store(std::unique_ptr<database> writing, std::unique_ptr<database> reading,
                 std::unique_ptr<database> copying, std::chrono::milliseconds tick);
    ~sqlite_store() override;

    void add_account(account who, completions& to, callback<account> done) override;
    void find_account(std::string name, completions& to, callback<account> done) override;
    void find_account_by_id(user_id id, completions& to, callback<account> done) override;
    void update_account(account who, completions& to, callback<account> done) override;
    void list_accounts(completions& to, callback<std::vector<account>> done) override;
    void erase_person(user_id id, time_point at, completions& to, callback<std::int64_t> done) override;

    void add_session(session_record session, completions& to, callback<void> done) override;
    void find_session(std::string token_hash, time_point at, completions& to,
                      callback<std::pair<session_record, person>> done) override;
    void end_session(std::string token_hash, completions& to, callback<void> done) override;

    void add_invite(invite_record invite, completions& to, callback<void> done) override;
    void find_invite(std::string code_hash, time_point at, completions& to, callback<invite_record> done) override;
    void list_invites(room_id room, completions& to, callback<std::vector<invite_record>> done) override;
    void revoke_invite(room_id room, std::string id, completions& to, callback<void> done) override;
    void redeem_invite(std::string code_hash, account guest, session_record session, completions& to,
                       callback<room_id> done) override;
    void redeem_invite_for(std::string code_hash, user_id user, time_point at, completions& to,
                           callback<room_id> done) override;

    void add_room(room_info room, std::vector<audit_entry> audit, completions& to, callback<room_info> done) override;
    void find_room(std::string slug, completions& to, callback<room_info> done) override;
    void update_room(room_info room, std::vector<audit_entry> audit, completions& to,
                     callback<room_info> done) override;
    void list_rooms(completions& to, callback<std::vector<room_info>> done) override;
    void rooms_of(user_id user, completions& to, callback<std::vector<room_info>> done) override;
    void find_membership(room_id room, user_id user, completions& to, callback<membership> done) override;
    void accept_rules(room_id room, user_id user, std::int64_t version, completions& to, callback<void> done) override;

    void commit(room_commit unit, completions& to, callback<committed> done) override;
    void commit_all(std::vector<commit_request> units, completions& to) override;
    void events_after(room_id room, seq_t after, int limit, std::optional<person> viewer, completions& to,
                      callback<event_page> done) override;
    void events_before(room_id room, std::optional<seq_t> before, int limit, std::optional<person> viewer,
                       completions& to, callback<event_page> done) override;
    void find_event(room_id room, seq_t seq, completions& to, callback<event> done) override;

    void find_case(case_id id, completions& to, callback<review_case> done) override;
    void find_case_of(room_id room, seq_t seq, completions& to, callback<review_case> done) override;
    void list_cases(case_filter filter, completions& to, callback<case_page> done) override;
    void history_of(room_id room, user_id user, completions& to, callback<author_history> done) override;
    void decide_variant(variant_decision what, std::vector<audit_entry> audit, completions& to,
                        callback<void> done) override;
    void list_variants(completions& to, callback<std::vector<variant_decision>> done) override;
    void write_audit(std::vector<audit_entry> entries, completions& to, callback<void> done) override;
    void list_audit(std::int64_t after, int limit, completions& to, callback<std::vector<audit_entry>> done) override;

    void check(completions& to, callback<void> done) override;
    void on_outside_change(completions& to, std::function<void()> changed) override;
    void stop() override;

private:
    template <class T, class Work>
    void write(completions& to, callback<T> done, Work work);
    template <class T, class Work>
    void read(completions& to, callback<T> done, Work work);

    checkpointer log_;
    commit_thread writes_;
    read_thread reads_;
};

}  // namespace hearth::store::sqlite
