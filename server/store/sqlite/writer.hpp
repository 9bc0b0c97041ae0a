// What a unit of writing works with: the connection inside its transaction, and what the thread remembers between units.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "core/room_info.hpp"
#include "store/sqlite/database.hpp"

namespace hearth::store::sqlite {

struct room_state {
    seq_t head = 0;
    bool archived = false;
};

struct speaker_state {
    membership standing;
    bool disabled = false;
};

struct audit_head {
    std::int64_t n = 0;
    std::string hash;
};

/// One thread's memory of rows it would else read for every message. True as long as nobody else writes and no
/// transaction is undone; then it is dropped whole.
class writer {
public:
    explicit writer(database& connection) : db(connection) {}

    /// Nothing: there is no such room.
    room_state* room(room_id id);
    const speaker_state& speaker(room_id room, const user_id& user);
    audit_head& audit();

    void forget_room(room_id id) { rooms_.erase(id); }
    void forget_speaker(room_id room, const user_id& user) { speakers_.erase({room, user}); }
    void forget_speakers() { speakers_.clear(); }
    void forget_all();

    database& db;
    bool log_holds_erased = false;  ///< the write-ahead log has pages with text that must be gone

private:
    struct place {
        room_id room;
        user_id user;
        bool operator==(const place&) const = default;
    };
    struct place_hash {
        std::size_t operator()(const place& p) const noexcept {
            return std::hash<user_id>{}(p.user) * 31 + static_cast<std::size_t>(p.room);
        }
    };

    std::unordered_map<room_id, room_state> rooms_;
    std::unordered_map<place, speaker_state, place_hash> speakers_;
    std::optional<audit_head> audit_;
};

}  // namespace hearth::store::sqlite
