// What Hearth asks of its storage: small enough to read in one sitting, so that SQLite and Redis can both keep its word.
//
// Every call is asynchronous. Writes of one process are applied in the order they are asked for and made durable in
// groups; `done` runs only after that, so whatever it acknowledges survives a kill at any later instant. Results are
// handed to the `completions` given with the call, all those of one group at once.
// A failure of the storage itself is `try_later`; nothing is then half done.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/completions.hpp"
#include "core/error.hpp"
#include "core/event.hpp"
#include "core/person.hpp"
#include "core/review_case.hpp"
#include "core/room_info.hpp"
#include "core/variant.hpp"

namespace hearth::store {

struct audit_entry {
    std::int64_t n = 0;  ///< given by the store
    time_point at{};
    user_id actor;  ///< empty: the server itself (an automatic hold or block)
    std::string actor_name;
    std::string action;   ///< "case.decide", "message.hold", "room.create", …
    std::string subject;  ///< what it was done to: a case, room, message or user id
    std::string detail;   ///< JSON object; never message text
    std::string hash;     ///< hex SHA-256 over the previous hash and this entry's fields
};

/// A change to one person's standing in the room of a commit. Unset fields stay as they are.
struct standing_change {
    user_id user;
    std::optional<std::optional<time_point>> muted_until;
    std::optional<std::optional<time_point>> banned_until;
};

/// Replaces the text of a message and of every `edited` or `released` event about it; no text: it is gone for good, and
/// a later text for it is a conflict.
struct rewrite {
    seq_t target = 0;
    std::optional<std::string> text;
};

/// So much per time: `burst` at once, then `per_minute`.
struct pace {
    int per_minute = 0, burst = 0;
};

/// All or nothing: the events of one act in one room with everything that must not exist without them.
struct room_commit {
    room_id room{};
    /// Must be a member (or staff), not muted, not banned at `at`: else not_a_member, muted, banned; unauthenticated
    /// when disabled.
    std::optional<user_id> speaker;
    bool speaker_is_staff = false;  ///< staff need no membership
    bool open_room = false;         ///< a speaker without a membership is no failure
    /// How often the speaker may say something in this room through all processes together: else rate_limited. A storage
    /// of one process leaves that to the process.
    std::optional<pace> speaker_pace;
    time_point at{};
    std::vector<event> events;  ///< get rising seqs in this order; a message's key is the dedupe key
    std::vector<rewrite> rewrites;
    std::optional<review_case> opened;  ///< its `seq` 0 stands for the first event's; one case per message: conflict
    /// Stored if its version is still `version`; else conflict. A card's `seq` 0 in it stands for the first event's.
    std::optional<review_case> changed;
    std::vector<standing_change> standings;
    std::vector<audit_entry> audit;
};

struct committed {
    /// The key was there: `first` is what it made, and nothing else was written; whatever its author's standing is now.
    bool repeated = false;
    std::vector<seq_t> seqs;  ///< of the events, in order
    std::optional<event> first;
    std::optional<review_case> kase;  ///< the case as stored, if one was opened or changed
};

/// What another process has added to a room's log in one commit, and what else its listeners must learn at once.
struct room_news {
    room_id room{};
    std::vector<event> events;    ///< with their seqs
    std::vector<user_id> banned;  ///< from now on
    std::optional<case_id> kase;  ///< opened or changed
    bool opened = false;
    bool attendance = false;  ///< who is present has changed; nothing else is told then
};

/// Who came to a room or left it through this process, for the others on the same storage.
struct attendance_report {
    room_id room{};
    bool whole = false;  ///< `came` is everybody who is here; nobody: this process only asks, or has left the room
    std::vector<person> came;
    std::vector<user_id> went;
    std::string known;           ///< the `version` of the answer before; empty: none
    std::size_t most_named = 0;  ///< so many people in all may be told by name
};

/// Who is in a room through other processes.
struct attendance {
    bool whole_wanted = false;  ///< this process was forgotten and the report not taken: tell everybody who is here
    std::string version;
    bool same = false;          ///< nothing has changed since `known`: the rest is empty
    std::size_t processes = 0;  ///< that have people there
    std::size_t others = 0;     ///< people there who are not here
    std::vector<person> named;  ///< everybody there, also who is here, too; empty where they are too many
};

/// A unit on its way: shared, because whoever asked reads it again when it is written.
struct commit_request {
    std::shared_ptr<const room_commit> unit;
    callback<committed> done;
};

struct case_filter {
    std::optional<case_state> state;
    std::optional<case_lane> lane;
    std::optional<room_id> room;
    std::string cursor;  ///< as the page before gave it
    int limit = 50;
};

struct case_page {
    std::vector<review_case> cases;  ///< most urgent first: undecided before decided, priority falling, oldest first
    std::string cursor;              ///< empty: no more
};

struct event_page {
    std::vector<event> events;  ///< ascending
    bool more = false;
    seq_t head = 0;  ///< the log's last seq at the time of reading
};

struct author_history {
    std::int64_t messages = 0, cases = 0, sanctions = 0;
};

/// Stands where an erased person's name was: no word, so that it needs no language.
inline constexpr std::string_view erased_name = "—";

class store {
public:
    virtual ~store() = default;

    // People
    /// `conflict`: a staff name is taken.
    virtual void add_account(account who, completions& to, callback<account> done) = 0;
    /// Staff only; not_found.
    virtual void find_account(std::string name, completions& to, callback<account> done) = 0;
    virtual void find_account_by_id(user_id id, completions& to, callback<account> done) = 0;
    /// `conflict`; disabling ends its sessions.
    virtual void update_account(account who, completions& to, callback<account> done) = 0;
    virtual void list_accounts(completions& to, callback<std::vector<account>> done) = 0;
    /// Texts gone, sessions ended; how many messages.
    virtual void erase_person(user_id id, time_point at, completions& to, callback<std::int64_t> done) = 0;

    virtual void add_session(session_record session, completions& to, callback<void> done) = 0;
    /// `unauthenticated`: unknown, expired, disabled.
    virtual void find_session(std::string token_hash, time_point at, completions& to,
                              callback<std::pair<session_record, person>> done) = 0;
    virtual void end_session(std::string token_hash, completions& to, callback<void> done) = 0;

    // Invites. Redeeming is one act: the use, the person, the membership and the session, or nothing.
    virtual void add_invite(invite_record invite, completions& to, callback<void> done) = 0;
    /// `not_found`: unknown, used up, expired.
    virtual void find_invite(std::string code_hash, time_point at, completions& to, callback<invite_record> done) = 0;
    virtual void list_invites(room_id room, completions& to, callback<std::vector<invite_record>> done) = 0;
    virtual void revoke_invite(room_id room, std::string id, completions& to, callback<void> done) = 0;
    /// As of guest.created_at; not_found as above.
    virtual void redeem_invite(std::string code_hash, account guest, session_record session, completions& to,
                               callback<room_id> done) = 0;
    /// A member already: the use is kept.
    virtual void redeem_invite_for(std::string code_hash, user_id user, time_point at, completions& to,
                                   callback<room_id> done) = 0;

    // Rooms
    /// `conflict`: the slug is taken.
    virtual void add_room(room_info room, std::vector<audit_entry> audit, completions& to,
                          callback<room_info> done) = 0;
    /// `unknown_room`, also when archived.
    virtual void find_room(std::string slug, completions& to, callback<room_info> done) = 0;
    virtual void update_room(room_info room, std::vector<audit_entry> audit, completions& to,
                             callback<room_info> done) = 0;
    virtual void list_rooms(completions& to, callback<std::vector<room_info>> done) = 0;
    virtual void rooms_of(user_id user, completions& to, callback<std::vector<room_info>> done) = 0;
    /// No standing is membership{}.
    virtual void find_membership(room_id room, user_id user, completions& to, callback<membership> done) = 0;
    /// Makes no member.
    virtual void accept_rules(room_id room, user_id user, std::int64_t version, completions& to,
                              callback<void> done) = 0;

    // What happens in rooms
    virtual void commit(room_commit unit, completions& to, callback<committed> done) = 0;
    /// The same for several units, in this order, handed over at once so that they share a group; each is all or nothing
    /// by itself.
    virtual void commit_all(std::vector<commit_request> units, completions& to) = 0;
    // A page holds what `viewer` may see (core/event.hpp), or everything without one.
    virtual void events_after(room_id room, seq_t after, int limit, std::optional<person> viewer, completions& to,
                              callback<event_page> done) = 0;
    virtual void events_before(room_id room, std::optional<seq_t> before, int limit, std::optional<person> viewer,
                               completions& to, callback<event_page> done) = 0;
    virtual void find_event(room_id room, seq_t seq, completions& to, callback<event> done) = 0;  ///< not_found

    // Review
    virtual void find_case(case_id id, completions& to, callback<review_case> done) = 0;
    virtual void find_case_of(room_id room, seq_t seq, completions& to, callback<review_case> done) = 0;
    virtual void list_cases(case_filter filter, completions& to, callback<case_page> done) = 0;
    virtual void history_of(room_id room, user_id user, completions& to, callback<author_history> done) = 0;
    /// Holds instead of what was decided on the word before.
    virtual void decide_variant(variant_decision what, std::vector<audit_entry> audit, completions& to,
                                callback<void> done) = 0;
    virtual void list_variants(completions& to, callback<std::vector<variant_decision>> done) = 0;  ///< newest first
    virtual void write_audit(std::vector<audit_entry> entries, completions& to, callback<void> done) = 0;
    virtual void list_audit(std::int64_t after, int limit, completions& to,
                            callback<std::vector<audit_entry>> done) = 0;

    /// Answers when the storage can read and write.
    virtual void check(completions& to, callback<void> done) = 0;
    /// Called (through `to`) when someone outside this process may have changed rooms, people or standings.
    virtual void on_outside_change(completions& to, std::function<void()> changed) = 0;
    /// Called (through `to`) with what another process committed, where the storage can say it: soon, but neither surely
    /// nor in order; the log has the truth. Where it cannot, on_outside_change is called for commits, too.
    virtual void on_room_news(completions& /*to*/, std::function<void(room_news)> /*heard*/) {}
    /// How often report_attendance() must be asked for a room with people in it, or other processes take them for gone;
    /// nothing: there are no other processes, and nobody asks.
    [[nodiscard]] virtual std::optional<std::chrono::milliseconds> attendance_period() const { return std::nullopt; }
    virtual void report_attendance(attendance_report /*what*/, completions& to, callback<attendance> done) {
        to.run({[done = std::move(done)] { done(attendance{}); }});
    }
    /// Takes one use of what all processes together grant for `of`, or rate_limited. A storage of one process grants it: the
    /// process has limits of its own.
    virtual void take_use(std::string /*of*/, pace /*how*/, completions& to, callback<void> done) {
        to.run({[done = std::move(done)] { done({}); }});
    }
    /// What one was taken for needed none.
    virtual void give_back_use(std::string /*of*/, pace /*how*/) {}
    /// Goes on with what takes several steps and was left undone by a process that is gone. Asked now and then.
    virtual void finish_interrupted(time_point /*begun_before*/) {}
    /// Everything asked before is done and answered when this returns; what is asked after fails with try_later.
    virtual void stop() = 0;
};

}  // namespace hearth::store
