#include "app/shutdown.hpp"

#include <future>
#include <thread>

#include "ops/log.hpp"

namespace hearth::app {
namespace {

/// Runs `work` on every station's loop and waits for it.
template <class F>
void on_each(std::vector<std::unique_ptr<net::station>>& stations, F work) {
    for (auto& each : stations) {
        std::promise<void> done;
        each->loop().post([&] {
            work(*each);
            done.set_value();
        });
        done.get_future().wait();
    }
}

}  // namespace

void shut_down(net::listener& door, net::web& web, std::vector<std::unique_ptr<net::station>>& stations,
               rooms::hub& hub, identity::password_pool& passwords, store::store& data, const limits& bounds) {
    web.draining = true;
    const bool shared = data.attendance_period().has_value();
    ops::log_info("asked to end: clients are told to come back{}",
                  shared ? fmt::format(" in {} s; until then /readyz says draining", bounds.drain.count()) : "");
    if (shared) std::this_thread::sleep_for(bounds.drain);
    const auto deadline = std::chrono::steady_clock::now() + bounds.shutdown_within - std::chrono::seconds(3);
    stations.front()->loop().post([&] { door.stop(); });
    on_each(stations, [](net::station& each) { each.shut_down(); });
    for (bool quiet = false; !quiet && std::chrono::steady_clock::now() < deadline;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        quiet = true;
        on_each(stations, [&](net::station& each) { quiet = quiet && each.empty(); });
    }
    on_each(stations, [&](net::station& each) { hub.withdraw(each.loop()); });
    passwords.stop();
    data.stop();
    on_each(stations, [](net::station& each) { each.abandon(); });
    for (auto& each : stations) each->loop().stop();
}

}  // namespace hearth::app
