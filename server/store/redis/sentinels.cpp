#include "store/redis/sentinels.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "store/redis/request.hpp"

namespace hearth::store::redis {
namespace {

constexpr std::chrono::milliseconds longest_wait{1'000};

}  // namespace

sentinels::sentinels(boost::asio::io_context& loop, const endpoint& where, std::chrono::milliseconds deadline)
    : loop_(loop), where_(where), deadline_(std::min(deadline, longest_wait)) {}

void sentinels::find(on_found done) {
    waiting_.push_back(std::move(done));
    if (waiting_.size() > 1) return;
    tried_ = 0;
    name_is_unknown_ = false;
    why_not_.clear();
    ask();
}

void sentinels::ask() {
    if (!connection_) {
        endpoint to;
        to.host = where_.sentinels[current_].host;
        to.port = where_.sentinels[current_].port;
        connection_ = std::make_unique<connection>(loop_, to, [this](const std::string& why) {
            connection_.reset();
            if (!waiting_.empty()) next(why);
        });
    }
    // No answer: the connection's end is told as well.
    connection_->send(request("SENTINEL").add("GET-MASTER-ADDR-BY-NAME").add(where_.primary).wire(),
                      [this](const reply* got) {
                          if (got) answered(*got);
                      });
}

void sentinels::answered(const reply& got) {
    host_port found;
    if (got.what == reply::type::list && got.items.size() == 2) {
        found.host = got.items[0].text;
        const auto& port = got.items[1].text;
        std::from_chars(port.data(), port.data() + port.size(), found.port);
        if (found.port > 0) return finish(&found);
    }
    name_is_unknown_ = name_is_unknown_ || got.what == reply::type::nil;
    // Not ended here and now: its answer is being read.
    connection_->drop(got.is_error() ? got.text : "does not know it");
}

void sentinels::next(const std::string& why_not) {
    why_not_ += (why_not_.empty() ? "" : "; ") + where_.sentinels[current_].name() + ": " + why_not;
    current_ = (current_ + 1) % where_.sentinels.size();
    if (++tried_ < where_.sentinels.size()) return ask();
    finish(nullptr);
}

void sentinels::finish(const host_port* found) {
    const std::string why_not = found              ? std::string()
                                : name_is_unknown_ ? "no sentinel knows a primary of this name (" + why_not_ + ")"
                                                   : "no sentinel answers (" + why_not_ + ")";
    for (auto& each : std::exchange(waiting_, {})) each(found, why_not);
}

void sentinels::look_at_deadline() {
    if (!connection_) return;
    if (const auto since = connection_->waiting_since(); since && connection::clock::now() - *since > deadline_)
        connection_->drop("no answer within " + std::to_string(deadline_.count()) + " ms");
}

}  // namespace hearth::store::redis
