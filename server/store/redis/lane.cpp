#include "store/redis/lane.hpp"

#include <utility>

#include "store/redis/greeting.hpp"
#include "store/redis/request.hpp"

namespace hearth::store::redis {
namespace {

constexpr std::size_t enough_in_flight = 8, enough_gathered = 64;

}  // namespace

lane::lane(boost::asio::io_context& loop, const endpoint& where, const options& how, events to_tell)
    : tell_(std::move(to_tell)),
      link_(
          loop, where, how, bringing_library(where),
          [this] {
              flush();
              tell_.ready();
          },
          [this](const std::string& why) { was_lost(why); }) {}

void lane::push(call one) {
    if (link_.now() == reconnecting::state::waiting) return tell_.answered(std::move(one), nullptr, false);
    waiting_.push_back(std::move(one));
}

void lane::flush() {
    if (waiting_.empty() || !ready()) return;
    // While Redis has enough to do more is gathered: it would wait there anyway, and leaves in fewer writes.
    if (in_flight_ > enough_in_flight && waiting_.size() < enough_gathered) return;
    for (auto& each : std::exchange(waiting_, {})) transmit(std::move(each));
}

void lane::transmit(call one) {
    ++in_flight_;
    if (one.asking) link_.current().send(request("ASKING").wire(), [](const reply*) {});
    const auto kept = std::make_shared<call>(std::move(one));
    link_.current().send(kept->wire, [this, kept](const reply* got) {
        --in_flight_;
        tell_.answered(std::move(*kept), got, true);
        flush();
    });
}

void lane::was_lost(const std::string& why) {
    for (auto& each : std::exchange(waiting_, {})) tell_.answered(std::move(each), nullptr, false);
    tell_.lost(why);
}

void lane::drop(const std::string& why) {
    if (link_.now() == reconnecting::state::connecting || link_.now() == reconnecting::state::ready)
        link_.current().drop(why);
}

}  // namespace hearth::store::redis
