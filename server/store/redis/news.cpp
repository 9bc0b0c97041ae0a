#include "store/redis/news.hpp"

#include <charconv>
#include <stdexcept>

#include "store/redis/rows.hpp"

namespace hearth::store::redis {
namespace {

/// Texts, each behind its length and ":"; "-:" is none.
class fields {
public:
    explicit fields(std::string_view message) : rest_(message) {}

    std::optional<std::string_view> next() {
        if (rest_.starts_with("-:")) {
            rest_.remove_prefix(2);
            return std::nullopt;
        }
        std::size_t size = 0;
        const auto* end = rest_.data() + rest_.size();
        const auto [colon, problem] = std::from_chars(rest_.data(), end, size);
        if (problem != std::errc() || colon == end || *colon != ':' || size > static_cast<std::size_t>(end - colon - 1))
            throw std::runtime_error("a message of another kind");
        rest_.remove_prefix(static_cast<std::size_t>(colon + 1 - rest_.data()) + size);
        return std::string_view(colon + 1, size);
    }
    std::string text() { return std::string(next().value_or("")); }
    std::optional<std::string> maybe_text() {
        const auto found = next();
        return found ? std::optional(std::string(*found)) : std::nullopt;
    }
    std::int64_t integer() {
        const auto text = next().value_or("");
        std::int64_t out = 0;
        const auto* end = text.data() + text.size();
        const auto [rest, problem] = std::from_chars(text.data(), end, out);
        if (problem != std::errc() || rest != end) throw std::runtime_error("no number where one belongs");
        return out;
    }
    bool flag() { return integer() != 0; }
    time_point time() { return time_point(std::chrono::milliseconds(integer())); }

private:
    std::string_view rest_;
};

}  // namespace

std::string_view told_by(std::string_view message) { return fields(message).next().value_or(""); }

told read_told(std::string_view message) {
    fields from(message);
    told out;
    out.origin = from.text();
    const auto kind = from.text();
    if (kind == "present") {
        room_news& news = out.of_room.emplace();
        news.room = room_id{from.integer()};
        news.attendance = true;
        return out;
    }
    if (kind != "room") {
        out.changed = true;  // also what a newer version tells and this one does not know
        return out;
    }
    room_news& news = out.of_room.emplace();
    news.room = room_id{from.integer()};
    if (auto id = from.maybe_text()) news.kase = case_id{std::move(*id)};
    news.opened = from.flag();
    const auto standings = from.integer();
    out.changed = standings > 0;
    for (std::int64_t i = 0; i < standings; ++i) {
        user_id user{from.text()};
        if (from.flag()) news.banned.push_back(std::move(user));
    }
    const auto events = from.integer();
    for (std::int64_t i = 0; i < events; ++i) news.events.push_back(take_event(from));
    return out;
}

}  // namespace hearth::store::redis
