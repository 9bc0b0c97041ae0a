// Somebody who speaks without a pause, one message after another, each again under its key until it is acknowledged; and
// which of those acknowledgements did not keep their word.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "contract/fixture.hpp"

namespace hearth::contract {

class redis_speaker {
public:
    using clock = std::chrono::steady_clock;
    struct ack {
        std::string key;
        clock::time_point at;
    };

    /// `say(key)` is whether it was acknowledged.
    template <class Say>
    explicit redis_speaker(Say say)
        : thread_([this, say] {
              for (int i = 0; !ended_; ++i) {
                  const auto key = "said " + std::to_string(i);
                  while (!ended_ && !say(key)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
                  if (ended_) return;
                  acks_.push_back({key, clock::now()});
                  newest_ = acks_.back().at;
                  std::this_thread::sleep_for(std::chrono::milliseconds(1));
              }
          }) {}
    ~redis_speaker() { stop(); }
    redis_speaker(const redis_speaker&) = delete;
    redis_speaker& operator=(const redis_speaker&) = delete;

    void stop() {
        ended_ = true;
        if (thread_.joinable()) thread_.join();
    }
    [[nodiscard]] clock::time_point newest() const { return newest_; }
    /// Whether anything was acknowledged after `instant`, within 20 s.
    [[nodiscard]] bool heard_after(clock::time_point instant) const {
        for (int i = 0; i < 2'000 && newest() <= instant; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return newest() > instant;
    }
    /// Once stopped.
    [[nodiscard]] const std::vector<ack>& acks() const { return acks_; }
    [[nodiscard]] std::vector<ack> lost(const std::vector<event>& log) const {
        std::set<std::string> there;
        for (const auto& each : log) there.insert(each.key);
        std::vector<ack> out;
        std::copy_if(acks_.begin(), acks_.end(), std::back_inserter(out),
                     [&](const ack& each) { return !there.contains(each.key); });
        return out;
    }

private:
    std::atomic<bool> ended_ = false;
    std::atomic<clock::time_point> newest_{};
    std::vector<ack> acks_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace hearth::contract
