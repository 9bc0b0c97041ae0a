#include "store/sqlite/record_source.hpp"

#include <system_error>

#include "store/sha256.hpp"
#include "store/sqlite/schema.hpp"

namespace hearth::store::sqlite {
namespace {

constexpr std::chrono::seconds busy{10};

struct selection {
    int fields;
    const char* rows;   ///< ?1: the instant at which sessions must hold
    const char* count;  ///< of those rows
};

selection selection_of(record_kind kind) {
    switch (kind) {
        case record_kind::rooms:
            return {13,
                    "SELECT id, slug, title, kind, topic, languages, open, rules, rules_version, epoch, archived,"
                    " created_at, version FROM rooms WHERE ?1 ORDER BY id",
                    "SELECT count(*) FROM rooms WHERE ?1"};
        case record_kind::people:
            return {9,
                    "SELECT id, name, role, password_hash, signs_in, disabled, created_at, lower(name), version"
                    " FROM people WHERE ?1 ORDER BY id",
                    "SELECT count(*) FROM people WHERE ?1"};
        case record_kind::standings:
            return {6,
                    "SELECT room, user, member, accepted_rules, muted_until, banned_until FROM memberships"
                    " WHERE ?1 ORDER BY room, user",
                    "SELECT count(*) FROM memberships WHERE ?1"};
        case record_kind::sessions:
            return {4,
                    "SELECT token_hash, user, expires_at, link FROM sessions WHERE expires_at > ?1 ORDER BY token_hash",
                    "SELECT count(*) FROM sessions WHERE expires_at > ?1"};
        case record_kind::invites:
            return {7,
                    "SELECT code_hash, id, room, uses_left, expires_at, created_at, created_by FROM invites"
                    " WHERE ?1 ORDER BY code_hash",
                    "SELECT count(*) FROM invites WHERE ?1"};
        case record_kind::events:
            return {14,
                    "SELECT room, seq, type, seen_by, at, author, author_name, author_role, coalesce(key, ''), target,"
                    " fields, text, was_edited, ack FROM events WHERE ?1 ORDER BY room, seq",
                    "SELECT count(*) FROM events WHERE ?1"};
        case record_kind::cases:
            return {11,
                    "SELECT id, room, seq, author, state, lane, settled, rank, opened_at, version, document FROM cases"
                    " WHERE ?1 ORDER BY id",
                    "SELECT count(*) FROM cases WHERE ?1"};
        case record_kind::spellings:
            return {
                6, "SELECT word, term, category, accepted, decided_at, decided_by FROM variants WHERE ?1 ORDER BY word",
                "SELECT count(*) FROM variants WHERE ?1"};
        case record_kind::audit:
            return {8, "SELECT n, at, actor, actor_name, action, subject, detail, hash FROM audit WHERE ?1 ORDER BY n",
                    "SELECT count(*) FROM audit WHERE ?1"};
    }
    throw std::logic_error("no such kind of record");
}

/// What came first stays what it is: the audit log's beginning, else a room, else a person.
std::string first_of_all(database& db) {
    rows found = db.query(
        "SELECT coalesce((SELECT hash FROM audit ORDER BY n LIMIT 1), (SELECT epoch FROM rooms ORDER BY id LIMIT 1),"
        " (SELECT id FROM people ORDER BY id LIMIT 1), '')");
    found.next();
    return found.text(0);
}

}  // namespace

template <class Work>
auto record_source::explained(Work work) {
    try {
        return work();
    } catch (const error& problem) { throw data_error("cannot use " + file_.string() + " (" + problem.what() + ")"); }
}

record_source::record_source(const std::filesystem::path& data_dir, time_point at)
    : file_(database_file(data_dir)), at_(at) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(file_, problem)) throw data_error("there is no database " + file_.string());
    lock_ = std::make_unique<data_lock>(data_dir);
    db_ = open_current(data_dir, busy);
    explained([&] {
        db_->script("BEGIN IMMEDIATE");  // commands, too, wait until all has been read
        const auto first = first_of_all(*db_);
        if (first.empty()) throw data_error(data_dir.string() + " holds no community: there is nothing to move");
        identity_ = hex_sha256(first);
        const auto holed =
            db_->number("SELECT room FROM events GROUP BY room HAVING count(*) <> max(seq) OR min(seq) <> 1 LIMIT 1");
        if (holed != 0)
            throw data_error("the log of room " + std::to_string(holed) + " in " + file_.string() + " has a hole");
    });
}

std::int64_t record_source::last_room() {
    return explained([&] {
        return db_->number(
            "SELECT max(coalesce((SELECT max(id) FROM rooms), 0),"
            " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'rooms'), 0))");
    });
}

std::int64_t record_source::count(record_kind kind) {
    return explained([&] { return db_->number(selection_of(kind).count, {at_}); });
}

void record_source::each(record_kind kind, const std::function<void(record)>& visit) {
    const auto what = selection_of(kind);
    explained([&] {
        rows found = db_->query(what.rows, {at_});
        while (found.next()) {
            record one;
            one.fields.reserve(static_cast<std::size_t>(what.fields));
            for (int i = 0; i < what.fields; ++i) one.fields.push_back(found.maybe_text(i));
            visit(std::move(one));
        }
    });
}

}  // namespace hearth::store::sqlite
