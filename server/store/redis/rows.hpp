// The domain's values as the library takes and gives them: lists of fields in a fixed order (library/*.lua).
#pragma once

#include <chrono>
#include <stdexcept>
#include <utility>

#include "store/redis/reply.hpp"
#include "store/redis/request.hpp"
#include "store/store.hpp"

namespace hearth::store::redis {

inline constexpr std::chrono::hours sessions_kept{24};  ///< after their end

/// Reads a list one field after another. Throws runtime_error when it is not what the library answers.
class row {
public:
    explicit row(const reply& list, std::size_t from = 0) : items_(list.items), at_(from) {
        if (list.what != reply::type::list) throw std::runtime_error("Redis gave an answer of another kind");
    }
    const reply& next() {
        if (at_ == items_.size()) throw std::runtime_error("Redis gave an answer that is too short");
        return items_[at_++];
    }
    std::string text() { return next().text; }
    std::int64_t integer();
    bool flag() { return integer() != 0; }
    time_point time() { return time_point(std::chrono::milliseconds(integer())); }
    std::optional<std::string> maybe_text();
    std::optional<time_point> maybe_time();

private:
    const std::vector<reply>& items_;
    std::size_t at_;
};

[[nodiscard]] account read_account(row from);
[[nodiscard]] room_info read_room(row from);
[[nodiscard]] invite_record read_invite(row from);
[[nodiscard]] event read_event(row from);
/// The next of several events in one list of fields: a row, or what is told (news.cpp).
template <class Fields>
[[nodiscard]] event take_event(Fields& from) {
    event out;
    out.seq = static_cast<seq_t>(from.integer());
    out.type = static_cast<event_type>(from.integer());
    out.seen_by = static_cast<audience>(from.integer());
    out.at = from.time();
    out.author.id.value = from.text();
    out.author.name = from.text();
    out.author.role = static_cast<role>(from.integer());
    out.key = from.text();
    out.target = static_cast<seq_t>(from.integer());
    out.fields = from.text();
    out.text = from.maybe_text();
    out.was_edited = from.flag();
    out.ack = from.text();
    return out;
}
[[nodiscard]] review_case read_case(row from);
[[nodiscard]] variant_decision read_variant(row from);
[[nodiscard]] audit_entry read_audit_entry(row from);

template <class T>
std::vector<T> read_all(const reply& list, T (*read)(row)) {
    std::vector<T> out;
    out.reserve(list.items.size());
    for (const auto& each : list.items) out.push_back(read(row(each)));
    return out;
}

/// A staff name as it is compared: the case of Latin letters makes no other name.
[[nodiscard]] std::string folded_name(std::string name);

void add(request& to, const account& who);
void add(request& to, const session_record& session);
void add(request& to, const room_info& room);
void add(request& to, const std::vector<audit_entry>& entries);
void add(request& to, const std::optional<person>& viewer);
void add(request& to, const room_commit& unit);

/// What the library refused and why.
[[nodiscard]] failure read_refusal(row from);

/// What a call came to: what `read` makes of the fields behind "ok", or the refusal.
template <class Read>
auto read_answer(const reply& from, Read read) -> outcome<decltype(read(std::declval<row>()))> {
    row fields(from);
    if (fields.text() == "no") return read_refusal(fields);
    return read(fields);
}

}  // namespace hearth::store::redis
