// A room with somebody in it, on a Redis, a group of sentinels or a cluster that the test may mistreat.
#pragma once

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "contract/fixture.hpp"
#include "store/redis/open.hpp"

namespace hearth::contract {

template <class Group>
struct redis_scene {
    Group group;
    std::unique_ptr<store_type> data;
    room_info room;
    account rowan = an_account("Rowan", role::member);

    template <class... Settings>
    explicit redis_scene(const store::redis::options& how = {}, Settings&&... settings)
        : group(std::forward<Settings>(settings)...), data(store::redis::open_redis(group.address(), how)) {
        room.slug = "harbour";
        room.open = true;
        room = ask(&store_type::add_room, room, std::vector<store::audit_entry>{}).value();
        rowan = ask(&store_type::add_account, rowan).value();
    }

    template <class Call, class... Arguments>
    auto ask(Call call, Arguments&&... arguments) {
        return store::wait(*data, call, std::forward<Arguments>(arguments)...);
    }
    outcome<store::committed> say(const std::string& key, const std::string& text = "text") {
        return ask(&store_type::commit, a_say(room, a_message(rowan.who, key, text)));
    }
    /// Says `key` until it is acknowledged; how long that took.
    std::chrono::milliseconds say_until_taken(const std::string& key) {
        using namespace std::chrono_literals;
        const auto began = std::chrono::steady_clock::now();
        while (!say(key)) {
            if (std::chrono::steady_clock::now() - began > 20s) throw std::runtime_error("nobody takes it");
            std::this_thread::sleep_for(10ms);
        }
        return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    }
    /// Every key once, and in the order in which they were said.
    void check_log(int said) {
        const auto log = whole_log(*data, room.id);
        REQUIRE(log.size() == static_cast<std::size_t>(said));
        for (int i = 0; i < said; ++i) CHECK(log[static_cast<std::size_t>(i)].key == std::to_string(i));
    }
};

/// Why a store cannot be opened there, or nothing.
inline std::string complaint(const std::string& address,
                             const store::redis::options& how = {.deadline = std::chrono::milliseconds(3'000)}) {
    try {
        store::redis::open_redis(address, how).reset();
    } catch (const store::redis::data_error& problem) { return problem.what(); }
    return {};
}

inline bool mentions(const std::string& line, const std::string& part) { return line.find(part) != std::string::npos; }

}  // namespace hearth::contract
