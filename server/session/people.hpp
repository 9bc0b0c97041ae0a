// Who is connected to this process, so that a person's connections can be counted and ended.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "core/close_code.hpp"
#include "core/event_loop.hpp"
#include "core/ids.hpp"

namespace hearth::session {

class session;

/// Shared by all workers; its lock is held for a few instructions and never across anything that waits.
class people {
public:
    explicit people(int connections_per_person) : most_(static_cast<std::size_t>(connections_per_person)) {}

    /// A sixth connection of one person replaces the oldest (close code 4108).
    void add(const user_id& user, const std::shared_ptr<session>& who, event_loop& loop);
    void remove(const user_id& user, const session& who);
    /// Ends all connections of one person.
    void end(const user_id& user, close_code why);
    /// Everyone who is connected now.
    [[nodiscard]] std::vector<user_id> all();

private:
    struct entry {
        const session* key;
        std::weak_ptr<session> who;
        event_loop* loop;
    };
    static void close(const entry& which, close_code why);

    std::size_t most_;
    std::mutex lock_;
    std::unordered_map<user_id, std::vector<entry>> connected_;
};

}  // namespace hearth::session
