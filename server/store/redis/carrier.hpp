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
    /// The same for all that one room has to tell and may not have told.
    void carry_all(const std::string& room, std::function<void(bool there)> done);
    /// To be called now and then: sweeps when it is time.
    void tick();

private:
    /// What has been carried and lay there long enough.
    void clear(const std::string& room, const std::string& last);

    redis_store& data_;
    std::chrono::steady_clock::time_point next_{};
    std::size_t rooms_left_ = 0;  ///< of a sweep under way
};

}  // namespace hearth::store::redis
