#include "store/redis/inquiry.hpp"

#include <algorithm>
#include <utility>

namespace hearth::store::redis {
namespace {

constexpr std::chrono::milliseconds longest_wait{500};

}  // namespace

inquiry::inquiry(boost::asio::io_context& loop, std::vector<host_port> places, question what,
                 std::chrono::milliseconds deadline)
    : loop_(loop), places_(std::move(places)), what_(std::move(what)), deadline_(std::min(deadline, longest_wait)) {}

void inquiry::find(on_answer done) {
    waiting_.push_back(std::move(done));
    if (waiting_.size() > 1) return;
    tried_ = 0;
    answered_otherwise_ = false;
    why_not_.clear();
    ask();
}

void inquiry::add(const host_port& place) {
    if (std::find(places_.begin(), places_.end(), place) == places_.end()) places_.push_back(place);
}

void inquiry::ask() {
    if (connection_) return send();
    endpoint to;
    to.host = places_[current_].host;
    to.port = places_[current_].port;
    connection_ = std::make_unique<connection>(loop_, to, [this](const std::string& why) {
        connection_.reset();
        if (!waiting_.empty()) next(why);
    });
    for (const auto& each : what_.greeting)
        connection_->send(each, [this](const reply* got) {
            if (got && got->is_error()) connection_->drop(got->text);
        });
    send();
}

void inquiry::send() {
    // No answer: the connection's end is told as well.
    connection_->send(what_.wire, [this](const reply* got) {
        if (got) answered(*got);
    });
}

void inquiry::answered(const reply& got) {
    if (what_.is_answered(got)) return finish(&got);
    answered_otherwise_ = answered_otherwise_ || !got.is_error();
    // Not ended here and now: its answer is being read.
    connection_->drop(got.is_error() ? got.text : what_.unanswered);
}

void inquiry::next(const std::string& why_not) {
    why_not_ += (why_not_.empty() ? "" : "; ") + places_[current_].name() + ": " + why_not;
    current_ = (current_ + 1) % places_.size();
    if (++tried_ < places_.size()) return ask();
    finish(nullptr);
}

void inquiry::finish(const reply* got) {
    const std::string why_not = got                   ? std::string()
                                : answered_otherwise_ ? what_.unanswered + " (" + why_not_ + ")"
                                                      : "none of them answers (" + why_not_ + ")";
    const host_port of = places_[current_];
    for (auto& each : std::exchange(waiting_, {})) each(got ? &of : nullptr, got, why_not);
}

void inquiry::look_at_deadline() {
    if (!connection_) return;
    if (const auto since = connection_->waiting_since(); since && connection::clock::now() - *since > deadline_)
        connection_->drop("no answer within " + std::to_string(deadline_.count()) + " ms");
}

}  // namespace hearth::store::redis
