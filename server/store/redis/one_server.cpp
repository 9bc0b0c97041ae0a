// One server has everything: the one at the address, or the one that the sentinels name.
#include <charconv>

#include "store/redis/greeting.hpp"
#include "store/redis/inquiry.hpp"
#include "store/redis/request.hpp"
#include "store/redis/servers.hpp"

namespace hearth::store::redis {
namespace {

/// https://redis.io/docs/latest/develop/reference/sentinel-clients/
inquiry::question where_is(const std::string& primary) {
    return {{},
            request("SENTINEL").add("GET-MASTER-ADDR-BY-NAME").add(primary).wire(),
            [](const reply& got) { return got.what == reply::type::list && got.items.size() == 2; },
            "no sentinel knows a primary of this name"};
}

host_port read_place(const reply& got) {
    host_port out{got.items[0].text, 0};
    const auto& port = got.items[1].text;
    std::from_chars(port.data(), port.data() + port.size(), out.port);
    return out;
}

class single final : public servers {
public:
    single(boost::asio::io_context& loop, const endpoint& where, const options& how, events to_tell)
        : tell_(std::move(to_tell)),
          lane_(loop, where, how, {tell_.ready, tell_.lost, [this](const call& one, const reply* got, lane::fate what) {
                                       answered(one, got, what);
                                   }}) {
        if (where.sentinels.empty()) return;
        sentinels_ = std::make_unique<inquiry>(loop, where.sentinels, where_is(where.primary), how.deadline);
        lane_.link().locate_by([this](reconnecting::on_located found) { locate(std::move(found)); });
    }

    void connect() override { lane_.connect(); }
    void push(call one) override { lane_.push(std::move(one)); }
    void flush() override { lane_.flush(); }
    [[nodiscard]] bool ready() const override { return lane_.ready(); }
    [[nodiscard]] bool idle() const override { return lane_.idle(); }

    void tick(std::chrono::milliseconds deadline) override {
        lane_.tick(deadline);
        if (!sentinels_) return;
        sentinels_->look_at_deadline();
        // A primary that stands still, or that was cut off from the rest, says nothing of having been replaced. That the
        // sentinels are away is no reason to leave it.
        if (!lane_.ready()) return;
        locate([this](const host_port* found, const std::string& /*why_not*/) {
            if (found && lane_.ready() && !still_there(lane_.link().where()))
                lane_.drop("the sentinels name another primary");
        });
    }

    void locate(reconnecting::on_located found) override {
        if (!sentinels_) return found(nullptr, "nobody is asked where it is");
        sentinels_->find(
            [this, found = std::move(found)](const host_port* of, const reply* got, const std::string& why_not) {
                if (!of) return found(nullptr, why_not);
                primary_ = read_place(*got);
                found(&primary_, {});
            });
    }

    [[nodiscard]] bool still_there(const endpoint& place) const override {
        return !sentinels_ || primary_.port == 0 || host_port{place.host, place.port} == primary_;
    }

private:
    void answered(const call& one, const reply* got, lane::fate what) {
        if (got && one.slot == every_server && !got->is_error()) {
            reply list;
            list.what = reply::type::list;
            list.items.push_back(*got);
            return tell_.answered(one, &list, false);
        }
        tell_.answered(one, got, what == lane::fate::in_doubt);
        if (got && got->is_error() && has_to_begin_anew(got->text)) lane_.drop(got->text);
    }

    const events tell_;
    lane lane_;
    std::unique_ptr<inquiry> sentinels_;  // unless the address says itself where to go
    host_port primary_;                   // as the sentinels said last
};

}  // namespace

std::unique_ptr<servers> one_server(boost::asio::io_context& loop, const endpoint& where, const options& how,
                                    servers::events to_tell) {
    return std::make_unique<single>(loop, where, how, std::move(to_tell));
}

}  // namespace hearth::store::redis
