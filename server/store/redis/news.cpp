#include "store/redis/news.hpp"

#include <charconv>
#include <stdexcept>

#include "store/redis/rows.hpp"

namespace hearth::store::redis {
namespace {

/// A list of texts, each behind its length and ":"; "-:" is none.
reply read_fields(std::string_view message) {
    reply out;
    out.what = reply::type::list;
    while (!message.empty()) {
        reply field;
        if (message.starts_with("-:")) {
            message.remove_prefix(2);
        } else {
            std::size_t size = 0;
            const auto* end = message.data() + message.size();
            const auto [rest, problem] = std::from_chars(message.data(), end, size);
            if (problem != std::errc() || rest == end || *rest != ':' ||
                size > static_cast<std::size_t>(end - rest - 1))
                throw std::runtime_error("a message of another kind");
            field.what = reply::type::text;
            field.text.assign(rest + 1, size);
            message.remove_prefix(static_cast<std::size_t>(rest + 1 - message.data()) + size);
        }
        out.items.push_back(std::move(field));
    }
    return out;
}

}  // namespace

told read_told(std::string_view message) {
    const reply list = read_fields(message);
    row fields(list);
    told out;
    out.origin = fields.text();
    const auto kind = fields.text();
    if (kind == "present") {
        room_news& news = out.of_room.emplace();
        news.room = room_id{fields.integer()};
        news.attendance = true;
        return out;
    }
    if (kind != "room") {
        out.changed = true;  // also what a newer version tells and this one does not know
        return out;
    }
    room_news& news = out.of_room.emplace();
    news.room = room_id{fields.integer()};
    if (auto id = fields.maybe_text()) news.kase = case_id{std::move(*id)};
    news.opened = fields.flag();
    const auto standings = fields.integer();
    out.changed = standings > 0;
    for (std::int64_t i = 0; i < standings; ++i) {
        user_id user{fields.text()};
        if (fields.flag()) news.banned.push_back(std::move(user));
    }
    const auto events = fields.integer();
    for (std::int64_t i = 0; i < events; ++i) news.events.push_back(take_event(fields));
    return out;
}

}  // namespace hearth::store::redis
