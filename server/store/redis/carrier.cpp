#include "store/redis/carrier.hpp"

#include <algorithm>

#include "store/redis/redis_store.hpp"
#include "store/redis/rows.hpp"

namespace hearth::store::redis {
namespace {

constexpr std::chrono::seconds between_sweeps{15}, soon{2};

}  // namespace

void carrier::carry(const parcel& what, std::function<void(bool there)> done) {
    auto asked = data_.writing("carry", shared_key);
    asked.add(what.room).add(what.id).add(what.effects);
    data_.ask_here<void>(
        asked, [](const reply&) { return outcome<void>(); },
        [this, done = std::move(done)](const outcome<void>& got) {
            if (!got) next_ = std::min(next_, std::chrono::steady_clock::now() + soon);
            done(got.has_value());
        });
}

void carrier::carry_all(const std::string& room, std::function<void(bool there)> done) {
    request what("outbox", room_key(room));
    what.add(room);
    const auto read = [room](const reply& from) {
        return read_answer(from, [&](row fields) {
            std::vector<parcel> out;
            for (const auto& each : fields.next().items) {
                row one(each);
                parcel& next = out.emplace_back();
                next.room = room;
                next.id = one.text();
                next.effects = one.text();
            }
            return out;
        });
    };
    data_.ask_here<std::vector<parcel>>(what, read, [this, room, done](const outcome<std::vector<parcel>>& found) {
        if (!found || found->empty()) return done(found.has_value());
        struct load {
            std::size_t open;
            bool failed = false;
        };
        const auto all = std::make_shared<load>(load{found->size()});
        for (const auto& each : *found)
            carry(each, [this, room, done, all, last = found->back().id](bool there) {
                all->failed = all->failed || !there;
                if (--all->open > 0) return;
                if (!all->failed) clear(room, last);
                done(!all->failed);
            });
    });
}

void carrier::clear(const std::string& room, const std::string& last) {
    auto what = data_.noting("clear_outbox", room_key(room));
    what.add(room).add(last);
    data_.ask_here<void>(
        what, [](const reply&) { return outcome<void>(); }, [](const outcome<void>&) {});
}

void carrier::tick() {
    if (rooms_left_ > 0 || std::chrono::steady_clock::now() < next_) return;
    rooms_left_ = 1;
    next_ = std::chrono::steady_clock::now() + between_sweeps;
    const auto one_less = [this](bool there) {
        --rooms_left_;
        if (!there) next_ = std::min(next_, std::chrono::steady_clock::now() + soon);
    };
    data_.ask_here<std::vector<std::string>>(
        request("room_ids", shared_key),
        [](const reply& from) {
            return read_answer(from, [](row fields) {
                std::vector<std::string> out;
                for (const auto& each : fields.next().items) out.push_back(each.text);
                return out;
            });
        },
        [this, one_less](const outcome<std::vector<std::string>>& rooms) {
            if (rooms) {
                rooms_left_ += rooms->size();
                for (const auto& each : *rooms) carry_all(each, one_less);
            }
            one_less(rooms.has_value());
        });
}

}  // namespace hearth::store::redis
