#include "store/redis/lane.hpp"

#include <utility>

#include "store/redis/greeting.hpp"
#include "store/redis/request.hpp"

namespace hearth::store::redis {
namespace {

constexpr std::size_t enough_in_flight = 2;  // one that Redis works at and one that waits there
constexpr std::size_t most_together = 256,
                      most_bytes = 256 * 1024;     // some 5 ms of Redis' time; cases are bigger, and dearer
constexpr std::chrono::milliseconds at_a_look{1};  // 0 is for ever

std::vector<std::string> greeting(const endpoint& where, const options& how) {
    auto out = bringing_library(where);
    if (how.wait_replicas > 0) out.push_back(request("WAIT").add(0).add(0).wire());  // whether that is allowed
    return out;
}

}  // namespace

lane::lane(boost::asio::io_context& loop, const endpoint& where, const options& how, events to_tell)
    : tell_(std::move(to_tell)),
      replicas_(how.wait_replicas),
      within_(how.wait_within),
      link_(
          loop, where, how, greeting(where, how),
          [this] {
              flush();
              tell_.ready();
          },
          [this](const std::string& why) { was_lost(why); }) {}

void lane::push(call one) {
    if (link_.now() == reconnecting::state::waiting) return tell_.answered(std::move(one), nullptr, fate::unsent);
    waiting_.push_back(std::move(one));
}

void lane::flush() {
    if (waiting_.empty() || !ready() || awaiting_) return;
    // While Redis has enough to do more is gathered: it would wait there anyway, and costs less together.
    if (in_flight_ >= enough_in_flight) return;
    bool lasting = false;
    std::vector<call> together;
    std::size_t bytes = 0;
    for (auto& each : std::exchange(waiting_, {})) {
        lasting = lasting || each.lasting;
        const bool full = together.size() == most_together || bytes >= most_bytes;
        if (!together.empty() && (full || !go_together(together.front(), each))) {
            transmit(std::exchange(together, {}));
            bytes = 0;
        }
        bytes += each.unit.bytes.size();
        together.push_back(std::move(each));
    }
    transmit(std::move(together));
    if (lasting && replicas_ > 0) await_replicas(within_);
}

void lane::transmit(std::vector<call> together) {
    ++in_flight_;
    if (together.front().asking) link_.current().send(request("ASKING").wire(), [](const reply*) {});
    const auto wire = wire_of(together);
    link_.current().send(
        wire, [this, kept = std::make_shared<std::vector<call>>(std::move(together))](const reply* got) {
            --in_flight_;
            const bool listed = got && kept->front().unit.count > 0 && got->items.size() == kept->size();
            for (std::size_t i = 0; i < kept->size(); ++i) {
                auto& one = (*kept)[i];
                const reply* own = listed ? &got->items[i] : got;
                if (own && awaiting_)
                    held_.emplace_back(std::move(one), *own);
                else
                    tell_.answered(std::move(one), own, own ? fate::answered : fate::in_doubt);
            }
            flush();
        });
}

void lane::await_replicas(std::chrono::milliseconds within) {
    ++in_flight_;
    awaiting_ = true;
    link_.current().send(request("WAIT").add(replicas_).add(within.count()).wire(),
                         [this](const reply* got) { awaited(got); });
}

void lane::awaited(const reply* got) {
    --in_flight_;
    awaiting_ = false;
    const bool there = got && got->what == reply::type::integer && got->number >= replicas_;
    reply why;
    why.what = reply::type::error;
    if (got && !there)
        why.text = got->is_error()
                       ? got->text
                       : std::to_string(got->number) + " of " + std::to_string(replicas_) + " replicas had it in time";
    for (auto& [one, answer] : std::exchange(held_, {})) {
        const bool known = there || !one.lasting || answer.is_error();
        const reply* told = known ? &answer : got ? &why : nullptr;
        tell_.answered(std::move(one), told, known ? fate::answered : fate::in_doubt);
    }
    const bool was_missing = std::exchange(missing_, got && !there);
    if (was_missing && there) tell_.ready();
    flush();
}

void lane::tick(std::chrono::milliseconds deadline) {
    link_.look_at_deadline(deadline);
    if (missing_ && ready() && idle()) await_replicas(at_a_look);
}

void lane::was_lost(const std::string& why) {
    missing_ = false;  // whoever is in doubt looks when it is there again
    for (auto& each : std::exchange(waiting_, {})) tell_.answered(std::move(each), nullptr, fate::unsent);
    tell_.lost(why);
}

void lane::drop(const std::string& why) {
    if (link_.now() == reconnecting::state::connecting || link_.now() == reconnecting::state::ready)
        link_.current().drop(why);
}

}  // namespace hearth::store::redis
