// The store on Redis: every call becomes one call of the library's functions, which do it whole or not at all.
#pragma once

#include <atomic>
#include <chrono>

#include "store/redis/client.hpp"
#include "store/redis/request.hpp"
#include "store/store.hpp"
#include "store/waiting.hpp"

namespace hearth::store::redis {

class carrier;

class redis_store final : public store {
public:
    redis_store(const endpoint& where, const options& how);

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
    void on_outside_change(completions& to, std::function<void()> changed) override {
        client_.on_outside_change(to, std::move(changed));
    }
    void on_room_news(completions& to, std::function<void(room_news)> heard) override {
        client_.on_room_news(to, std::move(heard));
    }
    [[nodiscard]] std::optional<std::chrono::milliseconds> attendance_period() const override {
        return attendance_lives_ * 3 / 8;  // two reports may be late
    }
    void report_attendance(attendance_report what, completions& to, callback<attendance> done) override;
    void take_use(std::string of, pace how, completions& to, callback<void> done) override;
    void give_back_use(std::string of, pace how) override;
    void finish_interrupted(time_point begun_before) override;
    void stop() override { client_.stop(); }
    ~redis_store() override;

    /// How many replicas are waited for.
    [[nodiscard]] int wait_replicas() const noexcept { return wait_replicas_; }

    // For what takes several calls (erasure.cpp, carrier.cpp).

    /// A call of a function that writes, its first two arguments filled in.
    [[nodiscard]] request writing(std::string_view function, std::string_view key) const {
        return std::move(noting(function, key).lasting());
    }
    /// The same for what nobody is promised: it is said again, or may as well be forgotten.
    [[nodiscard]] request noting(std::string_view function, std::string_view key) const;
    /// Sends it; `read` makes an outcome<T> of the reply.
    template <class T, class Read>
    void ask(request what, completions& to, callback<T> done, Read read);
    /// Asks on the store's own thread: `then` runs there, as well.
    template <class T, class Read, class Then>
    void ask_here(request what, Read read, Then then) {
        ask(std::move(what), at_once::instance(), callback<T>(std::move(then)), std::move(read));
    }

private:
    /// What a room's function must know that does not lie with the room (library/facts.lua): nothing on one server, which
    /// looks itself.
    using facts = std::optional<std::vector<std::string>>;
    void with_facts(room_id room, const std::optional<user_id>& speaker, const std::vector<standing_change>& of,
                    std::function<void(const outcome<facts>&)> then);
    static void add(request& to, const facts& known);
    void commit_one(std::shared_ptr<const room_commit> unit, completions& to, callback<committed> done);
    [[nodiscard]] request commit_request_of(const room_commit& unit, const facts& known) const;
    void begin_log(outcome<room_info> added, completions& to, callback<room_info> done);
    void read_queue(const case_filter& filter, const request& page, completions& to, callback<case_page> done);
    [[nodiscard]] call commit_call(std::shared_ptr<const room_commit> unit, completions& to, callback<committed> done);

    const bool apart_;  ///< in a cluster: what belongs to no room lies on another server than the room
    const std::chrono::milliseconds attendance_lives_;
    const int wait_replicas_;
    std::atomic<std::chrono::steady_clock::rep> check_told_ = 0;
    std::unique_ptr<carrier> carrier_;  // in a cluster
    client client_;
};

/// Keys that say where a call belongs in a cluster: what a room has lies together, and so does what belongs to none.
[[nodiscard]] std::string room_key(room_id room);
[[nodiscard]] std::string room_key(const std::string& room);  ///< as its number reads
inline constexpr std::string_view shared_key = "hearth:{all}:";

inline request redis_store::noting(std::string_view function, std::string_view key) const {
    request out(function, key);
    out.add(client_.channel()).add(client_.own_channel());
    return out;
}

template <class T, class Read>
void redis_store::ask(request what, completions& to, callback<T> done, Read read) {
    auto one = what.to_call(make_job<const reply, T>(to, std::move(done), std::move(read)));
    if (client_.push(one)) return;
    one.asked->fail(unavailable("the store has stopped"));
    answer_all(job_list<const reply>{one.asked});
}

[[nodiscard]] outcome<committed> read_committed(const reply& from, const room_commit& unit);
[[nodiscard]] outcome<review_case> read_one_case(const reply& from);

/// A person's words, name and way in go, in steps that may be repeated (library/erasure.lua).
void erase_person(redis_store& data, user_id id, time_point at, completions& to, callback<std::int64_t> done);

}  // namespace hearth::store::redis
