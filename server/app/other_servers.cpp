#include "app/other_servers.hpp"

#include "store/waiting.hpp"

namespace hearth::app {
namespace {

constexpr std::chrono::seconds gone_after{10};  // whoever began it and is alive is done, or goes on beside us

}  // namespace

void listen_to_others(store::store& data, rooms::hub& hub, session::people& people, identity::rate_limiter& says,
                      event_loop& loop) {
    data.on_outside_change(loop, [&] {
        hub.look_for_news();
        data.finish_interrupted(now() - gone_after);
        for (const auto& user : people.all())
            data.find_account_by_id(user, loop, [&people, user](outcome<account> who) {
                if (who.has_error() ? who.error().code == errc::not_found : who->disabled)
                    people.end(user, close_code::unauthenticated);
            });
    });
    loop.after(2 * gone_after, [&data] { data.finish_interrupted(now() - gone_after); });
    data.on_room_news(store::at_once::instance(), [&](store::room_news news) {
        for (const auto& each : news.events)
            if (each.type == event_type::message) says.charge(each.author.id.value, now());
        hub.heard(std::move(news));
    });
}

}  // namespace hearth::app
