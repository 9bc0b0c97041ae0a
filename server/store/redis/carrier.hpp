// In a cluster, brings what a room's commits have to tell the queue and the audit log from the room's slot to theirs
// (library/outbox.lua): at once for whoever has committed, and in sweeps for those who could not or ended before.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/ids.hpp"

namespace hearth::store::redis {

class redis_store;

/// All of it runs on the store's own thread.
class carrier {
public:
    explicit carrier(redis_store& data) : data_(data) {}

    struct parcel {
        std::string room, id, effects;
    };
    /// `done` runs also when it could not be brought: a sweep does it then.
    void carry(const parcel& what, std::function<void(bool there)> done);
    /// To be called now and then: sweeps when it is time.
    void tick();

private:
    struct sweep;
    void sweep_room(const std::shared_ptr<sweep>& all, const std::string& room);

    redis_store& data_;
    std::chrono::steady_clock::time_point next_{};
    bool sweeping_ = false;
};

}  // namespace hearth::store::redis
