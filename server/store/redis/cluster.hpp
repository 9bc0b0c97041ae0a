// A cluster: each call goes to the server that has its slot, and follows the slot when that moves.
//
// Calls of one slot are done in the order in which they were asked. So when a slot's server sends one of them elsewhere, or
// asks to try again, all that come after it wait; when nothing of that slot is under way any more its first one is sent
// alone, and the rest when that is done. Who has waited for a deadline is told to try later.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <unordered_map>
#include <vector>

#include "store/redis/inquiry.hpp"
#include "store/redis/servers.hpp"
#include "store/redis/slots.hpp"

namespace hearth::store::redis {

class cluster final : public servers {
public:
    cluster(boost::asio::io_context& loop, const endpoint& where, const options& how, events to_tell);

    void connect() override;
    void push(call one) override;
    void flush() override;
    void tick(std::chrono::milliseconds deadline) override;
    [[nodiscard]] bool ready() const override;
    [[nodiscard]] bool idle() const override;
    void locate(reconnecting::on_located found) override;
    [[nodiscard]] bool still_there(const endpoint& place) const override;

private:
    struct traffic {  // of one slot
        std::map<std::uint64_t, call> held;
        int in_flight = 0;
        bool alone = false;  // the first of those held is under way by itself
        connection::clock::time_point again_at{};
        host_port asked_at;  // where ASK sent its first one; no port: nowhere
    };
    enum class verdict : std::uint8_t { done, moved, ask, again };

    void refresh();
    void refreshed(const std::vector<slot_range>& ranges);
    lane& lane_at(const host_port& place);
    void send(traffic& of, call one);
    void send_everywhere(call one);
    void answered(const host_port& from, call one, const reply* got, lane::fate what);
    [[nodiscard]] verdict judge(const host_port& from, const call& one, const reply* got, lane::fate what);
    void hold(traffic& in, call one, connection::clock::duration pause);
    void release(int slot, traffic& of);
    void try_again();
    void expire(traffic& of);

    boost::asio::io_context& loop_;
    const endpoint where_;
    const options how_;
    const events tell_;
    inquiry map_;
    bool known_ = false;  // the map was read once
    connection::clock::time_point refresh_at_{};
    std::vector<host_port> owners_;  // by slot; no port: nobody
    std::vector<host_port> primaries_;
    std::map<std::string, std::unique_ptr<lane>> lanes_;  // by place
    std::unordered_map<int, traffic> traffic_;
    std::uint64_t last_number_ = 0;
    std::size_t everywhere_ = 0;  // calls of every_server under way
    std::size_t listeners_place_ = 0;
    std::chrono::milliseconds patience_;
    boost::asio::steady_timer again_;
    bool again_planned_ = false;
};

}  // namespace hearth::store::redis
