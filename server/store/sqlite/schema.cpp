#include "store/sqlite/schema.hpp"

#include <array>
#include <string>

#include "store/sqlite/data_dir.hpp"

namespace hearth::store::sqlite {
namespace {

constexpr std::int64_t application_id = 0x48727468;  // "Hrth", so that another program's file is not taken for ours

// One entry per version, applied in order and never edited once released: add the next one instead.
constexpr std::array<const char*, 2> migrations{
    R"sql(
CREATE TABLE people (
  id            TEXT PRIMARY KEY,
  name          TEXT NOT NULL,
  role          TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  signs_in      INTEGER NOT NULL,  -- 1: a staff account, whose name is its own
  disabled      INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,  -- all times: milliseconds since 1970
  version       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX people_by_staff_name ON people (name COLLATE NOCASE) WHERE signs_in = 1;

CREATE TABLE sessions (
  token_hash BLOB PRIMARY KEY,
  user       TEXT NOT NULL REFERENCES people (id),
  expires_at INTEGER NOT NULL,
  link       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE rooms (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  slug          TEXT NOT NULL,
  title         TEXT NOT NULL,
  kind          TEXT NOT NULL,
  topic         TEXT NOT NULL,
  languages     TEXT NOT NULL,     -- comma between them
  open          INTEGER NOT NULL,
  rules         TEXT NOT NULL,
  rules_version INTEGER NOT NULL,
  epoch         TEXT NOT NULL,
  archived      INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  version       INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX rooms_by_slug ON rooms (slug) WHERE archived = 0;

CREATE TABLE memberships (
  room           INTEGER NOT NULL REFERENCES rooms (id),
  user           TEXT NOT NULL REFERENCES people (id),
  member         INTEGER NOT NULL DEFAULT 0,
  accepted_rules INTEGER NOT NULL DEFAULT 0,
  muted_until    INTEGER,
  banned_until   INTEGER,
  PRIMARY KEY (room, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_user ON memberships (user);

CREATE TABLE invites (
  code_hash  BLOB PRIMARY KEY,
  id         TEXT NOT NULL,
  room       INTEGER NOT NULL REFERENCES rooms (id),
  uses_left  INTEGER NOT NULL CHECK (uses_left >= 0),
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  UNIQUE (room, id)
) STRICT, WITHOUT ROWID;

-- Rows are never deleted, so a seq is never given twice; what has to go is text.
CREATE TABLE events (
  room        INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  type        INTEGER NOT NULL,    -- numbers of event_type, audience and role: see events.cpp
  seen_by     INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  author      TEXT NOT NULL,
  author_name TEXT NOT NULL,
  author_role INTEGER NOT NULL,
  key         TEXT,                -- NULL: none; NULLs never collide
  target      INTEGER NOT NULL,
  fields      TEXT NOT NULL,
  text        TEXT,                -- apart from the rest, so that a retraction is one UPDATE
  was_edited  INTEGER NOT NULL,
  ack         TEXT NOT NULL,
  PRIMARY KEY (room, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX events_by_key ON events (room, author, key);
CREATE INDEX events_with_text_of ON events (room, target) WHERE type IN (1, 3);  -- edited, released

CREATE TABLE cases (
  id        TEXT PRIMARY KEY,
  room      INTEGER NOT NULL REFERENCES rooms (id),
  seq       INTEGER NOT NULL,
  author    TEXT NOT NULL,         -- of the message
  state     TEXT NOT NULL,
  lane      TEXT NOT NULL,
  settled   INTEGER NOT NULL,      -- 0 while somebody still has to decide
  rank      INTEGER NOT NULL,      -- minus priority, so that ascending order is the queue's
  opened_at INTEGER NOT NULL,
  version   INTEGER NOT NULL,
  document  TEXT NOT NULL,         -- everything else, as JSON
  UNIQUE (room, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_urgency ON cases (settled, rank, opened_at, id);
CREATE INDEX cases_by_author ON cases (room, author);

CREATE TABLE audit (
  n          INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  actor      TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  action     TEXT NOT NULL,
  subject    TEXT NOT NULL,
  detail     TEXT NOT NULL,
  hash       TEXT NOT NULL
) STRICT;

CREATE TABLE health (one INTEGER PRIMARY KEY CHECK (one = 1), checks INTEGER NOT NULL) STRICT;
INSERT INTO health VALUES (1, 0);
)sql",
    R"sql(
CREATE TABLE variants (
  word       TEXT PRIMARY KEY,
  term       TEXT NOT NULL,
  category   TEXT NOT NULL,
  accepted   INTEGER NOT NULL,     -- 0: dismissed
  decided_at INTEGER NOT NULL,
  decided_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql",
};

void settings(database& db) {
    db.script(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384;"
        "PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF;");
}

void migrate(database& db, const std::filesystem::path& file) {
    if (check_version(db, file) == schema_version()) return;
    // Two processes may come here at once: the second finds the work done once it has the lock.
    db.script("BEGIN IMMEDIATE");
    try {
        for (auto next = check_version(db, file); next < schema_version(); ++next) {
            db.script(migrations.at(static_cast<std::size_t>(next)));
            db.script("PRAGMA user_version = " + std::to_string(next + 1));
        }
        db.script("PRAGMA application_id = " + std::to_string(application_id));
        db.script("COMMIT");
    } catch (...) {
        db.abandon();
        throw;
    }
}

std::string describe(const std::filesystem::path& file, const error& problem) {
    if (problem.kind() == trouble::damaged)
        return file.string() + " is damaged or not a database (" + problem.what() + ")";
    return "cannot use " + file.string() + " (" + problem.what() + ")";
}

}  // namespace

std::int64_t schema_version() noexcept { return static_cast<std::int64_t>(migrations.size()); }

std::int64_t check_version(database& db, const std::filesystem::path& file) {
    const auto version = db.number("PRAGMA user_version");
    const auto owner = db.number("PRAGMA application_id");
    if (owner != application_id && (owner != 0 || version != 0 || db.number("SELECT count(*) FROM sqlite_schema") != 0))
        throw data_error(file.string() + " is a database of another program");
    if (version > schema_version())
        throw data_error(file.string() + " was written by a newer version of hearth (schema " +
                         std::to_string(version) + ", this one knows up to " + std::to_string(schema_version()) + ")");
    return version;
}

std::unique_ptr<database> open_beside(const std::filesystem::path& file, database::mode how,
                                      std::chrono::milliseconds busy) {
    try {
        auto db = std::make_unique<database>(file, how, busy);
        settings(*db);
        return db;
    } catch (const error& problem) { throw data_error(describe(file, problem)); }
}

std::unique_ptr<database> open_current(const std::filesystem::path& data_dir, std::chrono::milliseconds busy) {
    prepare_data_dir(data_dir);
    const auto file = database_file(data_dir);
    make_private_file(file);
    auto db = open_beside(file, database::mode::read_write, busy);
    try {
        check_version(*db, file);
        db->script("PRAGMA journal_mode = WAL");
        migrate(*db, file);
        return db;
    } catch (const error& problem) { throw data_error(describe(file, problem)); }
}

}  // namespace hearth::store::sqlite
