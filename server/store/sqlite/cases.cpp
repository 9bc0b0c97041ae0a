#include "store/sqlite/cases.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "store/case_document.hpp"
#include "store/case_erasure.hpp"
#include "store/failures.hpp"

namespace hearth::store::sqlite {
namespace {

#define HEARTH_CASE_COLUMNS "id, room, seq, state, lane, rank, opened_at, version, document"

constexpr int most_per_page = 1'000;

review_case read_case(const rows& from) {
    review_case out;
    out.id.value = from.text(0);
    out.room = room_id{from.integer(1)};
    out.seq = static_cast<seq_t>(from.integer(2));
    out.state = parse_case_state(from.view(3)).value_or(case_state::open);
    out.lane = parse_case_lane(from.view(4)).value_or(case_lane::harm);
    out.priority = -from.integer(5);
    out.opened_at = from.time(6);
    out.version = from.integer(7);
    read_document(from.view(8), out);
    return out;
}

outcome<review_case> first(rows found) {
    if (!found.next()) return refused(errc::not_found, "case", "no such case");
    return read_case(found);
}

/// Where a page ended, in the queue's order. A cursor's text is these four with dots between them.
struct position {
    std::int64_t settled = -1, rank = 0, opened_at = 0;
    std::string id;
};

std::string to_cursor(const review_case& last) {
    return std::to_string(settled(last.state) ? 1 : 0) + "." + std::to_string(-last.priority) + "." +
           std::to_string(last.opened_at.time_since_epoch().count()) + "." + last.id.value;
}

std::optional<position> parse_cursor(std::string_view text) {
    position out;
    if (text.empty()) return out;
    for (std::int64_t* part : std::array{&out.settled, &out.rank, &out.opened_at}) {
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), *part);
        if (problem != std::errc() || end == text.data() + text.size() || *end != '.') return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    }
    out.id = text;
    return out;
}

}  // namespace

void insert_case(database& db, const review_case& made) {
    db.run(
        "INSERT INTO cases (id, room, seq, author, state, lane, settled, rank, opened_at, version, document)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        {made.id, made.room, made.seq, made.message.from.id, to_string(made.state), to_string(made.lane),
         settled(made.state), -made.priority, made.opened_at, made.version, write_document(made)});
}

void update_case(database& db, const review_case& changed) {
    db.run("UPDATE cases SET state = ?2, lane = ?3, settled = ?4, rank = ?5, version = ?6, document = ?7 WHERE id = ?1",
           {changed.id, to_string(changed.state), to_string(changed.lane), settled(changed.state), -changed.priority,
            changed.version, write_document(changed)});
}

outcome<review_case> find_case(database& db, const case_id& id) {
    return first(db.query("SELECT " HEARTH_CASE_COLUMNS " FROM cases WHERE id = ?1", {id}));
}

outcome<review_case> find_case_of(database& db, room_id room, seq_t seq) {
    return first(db.query("SELECT " HEARTH_CASE_COLUMNS " FROM cases WHERE room = ?1 AND seq = ?2", {room, seq}));
}

bool case_exists(database& db, const case_id& id, room_id room, seq_t seq) {
    return db.exists("SELECT 1 FROM cases WHERE id = ?1", {id}) ||
           db.exists("SELECT 1 FROM cases WHERE room = ?1 AND seq = ?2", {room, seq});
}

outcome<case_page> list_cases(database& db, const case_filter& filter) {
    const auto from = parse_cursor(filter.cursor);
    if (!from) return refused(errc::bad_request, "cursor", "not a cursor of this list");
    const auto most = static_cast<std::size_t>(std::clamp(filter.limit, 1, most_per_page));
    using maybe = std::optional<std::string_view>;
    const maybe state = filter.state ? maybe(to_string(*filter.state)) : std::nullopt;
    const maybe lane = filter.lane ? maybe(to_string(*filter.lane)) : std::nullopt;
    case_page out;
    rows found = db.query("SELECT " HEARTH_CASE_COLUMNS
                          " FROM cases WHERE (settled, rank, opened_at, id) > (?1, ?2, ?3, ?4)"
                          " AND (?5 IS NULL OR state = ?5) AND (?6 IS NULL OR lane = ?6) AND (?7 IS NULL OR room = ?7)"
                          " ORDER BY settled, rank, opened_at, id LIMIT ?8",
                          {from->settled, from->rank, from->opened_at, from->id, state, lane, filter.room, most + 1});
    while (found.next()) {
        if (out.cases.size() == most) {
            out.cursor = to_cursor(out.cases.back());
            break;
        }
        out.cases.push_back(read_case(found));
    }
    return out;
}

void erase_from_cases(database& db, const user_id& id) {
    std::vector<review_case> touched;
    {
        // Names stand in documents only, so each one that mentions the person is looked at. Erasure is rare.
        rows found = db.query("SELECT " HEARTH_CASE_COLUMNS " FROM cases WHERE instr(document, ?1) > 0", {id});
        while (found.next()) touched.push_back(read_case(found));
    }
    for (review_case& each : touched) {
        erase_from_case(each, id);
        ++each.version;
        update_case(db, each);
    }
}

}  // namespace hearth::store::sqlite
