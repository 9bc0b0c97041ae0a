// Who is in a room, and what changed since the room was last told: a pure value, told at intervals.
#pragma once

#include <chrono>
#include <cstddef>
#include <unordered_map>
#include <vector>

#include "core/person.hpp"

namespace hearth::rooms {

class presence {
public:
    /// Up to this many people are named; a larger room is told their number only.
    static constexpr std::size_t named_people = 50;

    struct change {
        std::size_t count = 0;
        std::vector<person> joined;
        std::vector<user_id> left;
    };

    void enter(const person& who);
    void leave(const user_id& who);

    [[nodiscard]] std::size_t count() const noexcept { return people_.size(); }
    /// Everyone present; empty in a room too large to name them.
    [[nodiscard]] std::vector<person> members() const;
    /// Null: not here.
    [[nodiscard]] const person* find(const user_id& who) const;
    [[nodiscard]] bool changed() const noexcept { return told_ != people_.size() || !news_.empty(); }
    /// What to tell the room now. Names only what lasted: who came and went in between is not mentioned.
    [[nodiscard]] change take();
    /// How long to gather changes before telling: small rooms soon, large rooms seldom.
    [[nodiscard]] std::chrono::milliseconds pause() const noexcept;

private:
    struct here {
        person who;
        int connections = 0;
    };
    std::unordered_map<user_id, here> people_;
    std::unordered_map<user_id, bool> news_;  ///< true: was not here when last told
    std::size_t told_ = 0;
};

}  // namespace hearth::rooms
