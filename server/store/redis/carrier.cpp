#include "store/redis/carrier.hpp"

#include <algorithm>

#include "store/redis/redis_store.hpp"
#include "store/redis/rows.hpp"

namespace hearth::store::redis {
namespace {

constexpr std::chrono::seconds between_sweeps{15}, soon{2};

std::string key_of(const std::string& room) { return "hearth:{r" + room + "}:"; }

}  // namespace

/// Ends when nobody holds it any more.
struct carrier::sweep {
    explicit sweep(carrier& by) : of(by) { of.sweeping_ = true; }
    ~sweep() {
        of.sweeping_ = false;
        of.next_ = std::chrono::steady_clock::now() + (failed ? std::chrono::seconds(soon) : between_sweeps);
    }
    sweep(const sweep&) = delete;
    sweep& operator=(const sweep&) = delete;

    carrier& of;
    bool failed = false;
};

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

void carrier::tick() {
    if (sweeping_ || std::chrono::steady_clock::now() < next_) return;
    const auto all = std::make_shared<sweep>(*this);
    data_.ask_here<std::vector<std::string>>(
        request("room_ids", shared_key),
        [](const reply& from) {
            return read_answer(from, [](row fields) {
                std::vector<std::string> out;
                for (const auto& each : fields.next().items) out.push_back(each.text);
                return out;
            });
        },
        [this, all](const outcome<std::vector<std::string>>& rooms) {
            if (!rooms) {
                all->failed = true;
                return;
            }
            for (const auto& each : *rooms) sweep_room(all, each);
        });
}

void carrier::sweep_room(const std::shared_ptr<sweep>& all, const std::string& room) {
    request what("outbox", key_of(room));
    what.add(room);
    data_.ask_here<std::vector<parcel>>(
        what,
        [room](const reply& from) {
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
        },
        [this, all, room](const outcome<std::vector<parcel>>& found) {
            if (!found) {
                all->failed = true;
                return;
            }
            for (const auto& each : *found)
                carry(each, [this, all, room, id = each.id, last = &each == &found->back()](bool there) {
                    all->failed = all->failed || !there;
                    if (!last || all->failed) return;
                    auto clear = data_.writing("clear_outbox", key_of(room));
                    clear.add(room).add(id);
                    data_.ask_here<void>(
                        clear, [](const reply&) { return outcome<void>(); }, [all](const outcome<void>&) {});
                });
        });
}

}  // namespace hearth::store::redis
