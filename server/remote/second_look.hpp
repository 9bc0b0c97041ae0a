// Puts what the remote classifier finds before a person: a case for a message that has none, more urgency for one that has.
#pragma once

#include "core/event_loop.hpp"
#include "remote/classifier.hpp"
#include "rooms/gateway.hpp"
#include "store/store.hpp"

namespace hearth::remote {

class second_look {
public:
    /// Cases are looked up and written from `loop`.
    second_look(classifier& asks, store::store& data, rooms::gateway& rooms, event_loop& loop)
        : asks_(asks), data_(data), rooms_(rooms), loop_(loop) {}

    /// A message that is stored, with its seq and text. From any thread; returns at once.
    void consider(const room_info& room, event message);

private:
    void look_up(const room_info& room, const event& message, const std::vector<remote_finding>& found, int tries);

    classifier& asks_;
    store::store& data_;
    rooms::gateway& rooms_;
    event_loop& loop_;
};

}  // namespace hearth::remote
