#include "net/station.hpp"

#include <algorithm>
#include <random>

#include "net/transport.hpp"
#include "net/websocket.hpp"

namespace hearth::net {
namespace {

// Whoever is sent away comes back at a time of their own: a thousand a second, which a server that starts can greet.
constexpr std::chrono::milliseconds return_spacing{1};
constexpr std::chrono::milliseconds least_spread{1'000}, most_spread{60'000};

/// Often enough that no bound is overdrawn by more than a quarter.
std::chrono::milliseconds between_looks(const limits& bounds) {
    const auto shortest = std::min(bounds.ping_interval, bounds.hello_within);
    return std::clamp<std::chrono::milliseconds>(shortest / 4, std::chrono::milliseconds(50), std::chrono::seconds(5));
}

}  // namespace

station::station(std::size_t index, const limits& bounds) : between_looks_(between_looks(bounds)), loop_(index) {
    loop_.after(between_looks_, [this] { look_after_all(); });
}

void station::look_after_all() {
    const auto now = websocket_connection::clock::now();
    for (auto* socket : std::vector<websocket_connection*>(sockets_.begin(), sockets_.end())) socket->look_after(now);
    loop_.after(between_looks_, [this] { look_after_all(); });
}

void station::flush_later(std::shared_ptr<websocket_connection> which) {
    dirty_.push_back(std::move(which));
    if (dirty_.size() > 1) return;
    // Twice: rooms hand out what they have at the round's end, and all of it is to leave with one call per connection.
    loop_.at_round_end([this] { loop_.at_round_end([this] { flush(); }); });
}

void station::flush() {
    auto dirty = std::exchange(dirty_, {});
    for (const auto& connection : dirty) connection->join(sends_);
    sends_.send();
    for (const auto& connection : dirty) connection->flush();
    dirty.clear();
    if (dirty_.empty()) dirty_.swap(dirty);  // keeps the memory for the next round
}

void station::shut_down() {
    const auto spread =
        std::clamp<std::chrono::milliseconds>(return_spacing * sockets_.size(), least_spread, most_spread);
    std::minstd_rand random(std::random_device{}());
    std::uniform_int_distribution<std::int64_t> when(1, spread.count());
    for (auto* socket : std::unordered_set<websocket_connection*>(sockets_))
        socket->send_away(std::chrono::milliseconds(when(random)));
    for (const auto& [http, busy] : requests_)
        if (!busy) http->close();
}

void station::abandon() {
    for (auto* socket : std::unordered_set<websocket_connection*>(sockets_)) socket->abandon();
    for (const auto& [http, busy] : requests_) http->close();
}

}  // namespace hearth::net
