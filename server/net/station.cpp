#include "net/station.hpp"

#include "net/transport.hpp"
#include "net/websocket.hpp"

namespace hearth::net {

void station::flush_later(std::shared_ptr<websocket_connection> which) {
    dirty_.push_back(std::move(which));
    if (dirty_.size() > 1) return;
    // Twice: rooms hand out what they have at the round's end, and all of it is to leave with one call per connection.
    loop_.at_round_end([this] { loop_.at_round_end([this] { flush(); }); });
}

void station::flush() {
    auto dirty = std::exchange(dirty_, {});
    for (const auto& connection : dirty) connection->flush();
    dirty.clear();
    if (dirty_.empty()) dirty_.swap(dirty);  // keeps the memory for the next round
}

void station::shut_down() {
    for (auto* socket : std::unordered_set<websocket_connection*>(sockets_)) socket->close(close_code::shutting_down);
    for (auto* http : requests_) http->close();
}

void station::abandon() {
    for (auto* socket : std::unordered_set<websocket_connection*>(sockets_)) socket->abandon();
    for (auto* http : requests_) http->close();
}

}  // namespace hearth::net
