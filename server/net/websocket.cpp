#include "net/websocket.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

#include "net/websocket_driver.hpp"

namespace hearth::net {

namespace asio = boost::asio;

struct websocket_connection::beast {
    explicit beast(transport& stream) : ws(stream) {}
    boost::beast::websocket::stream<transport&, false> ws;
    boost::beast::flat_buffer buffer;
};

websocket_connection::websocket_connection(std::unique_ptr<transport> stream, station& home, session::services& with,
                                           session::introduction intro)
    : stream_(std::move(stream)),
      beast_(std::make_unique<beast>(*stream_)),
      home_(home),
      bounds_(with.bounds),
      session_(std::make_shared<session::session>(with, home.loop(), *this, std::move(intro))) {
    home_.add(*this);
}

websocket_connection::~websocket_connection() {
    session_->gone();
    home_.remove(*this);
}

void websocket_connection::touch() {
    if (!std::exchange(dirty_, true)) home_.flush_later(shared_from_this());
}

bool websocket_connection::room_for(std::size_t bytes) {
    if (deaf_ || close_started_) return false;
    if (stream_->out().bytes() + bytes <= bounds_.outbox_bytes) return true;
    too_slow();
    return false;
}

void websocket_connection::reply(std::string_view line) {
    if (!room_for(line.size())) return;
    stream_->out().reply(line);
    touch();
}

void websocket_connection::send(const rooms::frame& bytes) {
    if (!room_for(bytes->size())) return;
    stream_->out().push(bytes);
    touch();
}

void websocket_connection::send_ephemeral(const rooms::frame& bytes) {
    if (stream_->out().bytes() < bounds_.outbox_bytes / 2) send(bytes);
}

void websocket_connection::flush() {
    dirty_ = false;
    stream_->flush();
}

void websocket_connection::abandon() {
    session_->gone();
    stream_->close();
}

/// It will resume from what it has; what is queued here is in the log.
void websocket_connection::too_slow() {
    deaf_ = true;
    stream_->out().drop_unsent();
    closing_ = true;
    why_ = close_code::slow_consumer;
    asio::post(stream_->get_executor(), [self = shared_from_this()] { self->start_close(); });
}

void websocket_connection::close(close_code why) {
    if (std::exchange(closing_, true)) return;
    why_ = why;
    if (session_->settled()) start_close();
}

void websocket_connection::settled() {
    stream_->hold_close(false);
    if (closing_) start_close();
}

void websocket_connection::start_close() {
    if (std::exchange(close_started_, true) || !beast_->ws.is_open()) return;
    stream_->hold_close(false);
    boost::beast::websocket::close_reason reason(static_cast<std::uint16_t>(why_));
    beast_->ws.async_close(reason, [self = shared_from_this()](boost::system::error_code) {});
}

namespace {

using executor = transport::executor_type;
constexpr asio::use_awaitable_t<executor> use_awaitable;

}  // namespace

asio::awaitable<void, executor> websocket_driver::run(
    std::shared_ptr<websocket_connection> connection,
    boost::beast::http::request<boost::beast::http::string_body> upgrade) {
    auto& self = *connection;
    auto& ws = self.beast_->ws;
    auto& buffer = self.beast_->buffer;
    const auto& bounds = self.bounds_;
    boost::system::error_code error;
    auto result = asio::redirect_error(use_awaitable, error);

    boost::beast::websocket::stream_base::timeout timeouts{bounds.hello_within, bounds.ping_interval * 2, true};
    ws.set_option(timeouts);
    ws.read_message_max(bounds.frame_bytes);
    if (upgrade["Sec-WebSocket-Protocol"].find("hearth.v1") != boost::beast::string_view::npos) {
        ws.set_option(
            boost::beast::websocket::stream_base::decorator([](boost::beast::websocket::response_type& response) {
                response.set("Sec-WebSocket-Protocol", "hearth.v1");
            }));
    }
    co_await ws.async_accept(upgrade, result);
    upgrade = {};
    if (error) co_return;

    std::weak_ptr<websocket_connection> watched = connection;
    self.home_.loop().after(bounds.hello_within, [watched] {
        if (const auto still = watched.lock(); still && !still->session_->known())
            still->close(close_code::unauthenticated);
    });
    while (true) {
        co_await ws.async_read(buffer, result);
        if (error) break;
        if (!self.closing_) {
            if (ws.got_binary()) {
                self.close(close_code::unsupported_data);
            } else {
                const auto bytes = buffer.data();
                if (!self.session_->receive({static_cast<const char*>(bytes.data()), bytes.size()}))
                    self.close(close_code::invalid_payload);
                self.stream_->hold_close(!self.session_->settled() && !self.close_started_);
            }
        }
        buffer.consume(buffer.size());
        buffer.shrink_to_fit();
        // Who asks faster than is answered waits, and so does who does not read the answers.
        while (!self.closing_ &&
               (self.session_->overloaded() || self.stream_->out().bytes() > bounds.outbox_bytes / 2)) {
            asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                       executor>
                pause(self.stream_->get_executor(), std::chrono::milliseconds(2));
            co_await pause.async_wait(result);
        }
    }
    self.session_->gone();
}

}  // namespace hearth::net
