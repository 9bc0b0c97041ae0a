#include "net/websocket.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hearth::net {
namespace {

constexpr std::size_t bytes_at_once = 65'536;
constexpr int reads_in_turn = 4;  // then others have theirs
constexpr std::chrono::milliseconds pause_when_asked_too_fast{2};
constexpr std::chrono::seconds close_within{5};  // for the peer to answer a close

}  // namespace

websocket_connection::websocket_connection(std::unique_ptr<transport> stream, station& home, session::services& with,
                                           session::introduction intro, admission::pass admitted)
    : stream_(std::move(stream)),
      home_(home),
      bounds_(with.bounds),
      session_(std::make_shared<session::session>(with, home.loop(), *this, std::move(intro))),
      reader_(with.bounds.frame_bytes),
      admitted_(std::move(admitted)),
      since_(clock::now()),
      heard_(since_) {
    home_.add(*this);
}

websocket_connection::~websocket_connection() {
    session_->gone();
    home_.remove(*this);
}

void websocket_connection::start(std::string_view already_here) {
    std::string copy(already_here);
    take(std::span(copy.data(), copy.size()));
    read();
}

void websocket_connection::wait() {
    stream_->wait_readable([self = shared_from_this()](boost::system::error_code error) {
        if (error) return self->session_->gone();
        self->read();
    });
}

void websocket_connection::read() {
    thread_local std::array<char, bytes_at_once> shared;
    for (int turn = 0; turn < reads_in_turn; ++turn) {
        // Who asks faster than is answered waits, and so does who does not read the answers.
        const auto waiting = stream_->out().bytes();
        if (!closing_ && (session_->overloaded() || waiting > bounds_.outbox_bytes / 2)) {
            if (waiting < std::exchange(left_, waiting)) heard_ = clock::now();  // it reads, so it lives
            return home_.loop().after(pause_when_asked_too_fast, [self = shared_from_this()] { self->read(); });
        }
        if (!stream_->socket().is_open()) return session_->gone();  // it lingers, or was abandoned
        boost::system::error_code error;
        const auto n = stream_->read_now(boost::asio::buffer(shared), error);
        if (error == boost::asio::error::would_block) return wait();
        if (error) return session_->gone();
        heard_ = clock::now();
        pinged_ = false;
        take(std::span(shared.data(), n));
        // A short read has emptied a plain socket; TLS may hold more than it gave.
        if (n < shared.size() && !stream_->secure()) return wait();
    }
    home_.loop().post([self = shared_from_this()] { self->read(); });
}

void websocket_connection::take(std::span<char> bytes) {
    reader_.feed(bytes);
    while (const auto item = reader_.next()) take(*item);
    if (!reader_.wrong()) return;
    close_received_ = true;  // nothing it says from here on can be understood
    close(reader_.wrong() == frame_reader::fault::too_big ? close_code::message_too_big
                                                          : close_code::protocol_violation);
}

void websocket_connection::take(const frame_reader::item& what) {
    switch (what.what) {
        case frame_reader::kind::pong: return;
        case frame_reader::kind::ping:
            if (!close_sent_ && room_for(what.payload.size())) {
                stream_->out().push(pong_frame(what.payload));
                touch();
            }
            return;
        case frame_reader::kind::close: {
            const auto code = close_code_of(what.payload);
            close_received_ = true;
            if (close_sent_) return stream_->linger([self = shared_from_this()](boost::system::error_code) {});
            close(!code          ? close_code::protocol_violation
                  : code == 1005 ? close_code::normal
                                 : static_cast<close_code>(*code));
            return;
        }
        case frame_reader::kind::binary:
            if (!closing_) close(close_code::unsupported_data);
            return;
        case frame_reader::kind::text:
            if (!closing_ && !session_->receive(what.payload)) close(close_code::invalid_payload);
    }
}

void websocket_connection::touch() {
    if (!std::exchange(dirty_, true)) home_.flush_later(shared_from_this());
}

bool websocket_connection::room_for(std::size_t bytes) {
    if (deaf_ || close_sent_) return false;
    if (stream_->out().bytes() + bytes <= bounds_.outbox_bytes + replay_) return true;
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

/// Replays have room beside the usual bound, in all for one of the largest: whoever asks for more without reading is slow
/// like anyone else.
void websocket_connection::send_replay(const rooms::frame& bytes) {
    const bool reads = stream_->out().bytes() <= bounds_.outbox_bytes / 2;
    if (reads || replay_ > 0) replay_ = std::min(replay_ + bytes->size(), bounds_.replay_bytes);
    send(bytes);
}

void websocket_connection::send_ephemeral(const rooms::frame& bytes) {
    if (stream_->out().bytes() < bounds_.outbox_bytes / 2) send(bytes);
}

void websocket_connection::flush() {
    dirty_ = false;
    stream_->flush();
    if (stream_->out().bytes() <= bounds_.outbox_bytes / 2) replay_ = 0;
}

void websocket_connection::look_after(clock::time_point now) {
    if (close_sent_ && now - since_ > close_within) return abandon();
    if (!closing_ && !session_->known() && now - since_ > bounds_.hello_within)
        return close(close_code::unauthenticated);
    const auto silent = now - heard_;
    if (silent > 2 * bounds_.ping_interval) {
        if (!closing_) close(close_code::idle);
    } else if (silent > bounds_.ping_interval && !pinged_ && room_for(0)) {
        pinged_ = true;
        stream_->out().push(ping_frame());
        touch();
    }
}

void websocket_connection::send_away(std::chrono::milliseconds come_back_after) {
    come_back_after_ = come_back_after;
    close(close_code::shutting_down);
}

void websocket_connection::abandon() {
    const auto self = shared_from_this();  // closing lets go of what waits
    session_->gone();
    stream_->close();
}

/// It will resume from what it has; what is queued here is in the log.
void websocket_connection::too_slow() {
    deaf_ = true;
    stream_->out().drop_unsent();
    closing_ = true;
    why_ = close_code::slow_consumer;
    home_.loop().post([self = shared_from_this()] { self->start_close(); });
}

void websocket_connection::close(close_code why) {
    if (std::exchange(closing_, true)) return;
    why_ = why;
    if (session_->settled()) start_close();
}

void websocket_connection::settled() {
    if (closing_) start_close();
}

void websocket_connection::start_close() {
    if (std::exchange(close_sent_, true)) return;
    since_ = clock::now();
    std::string reason;
    if (come_back_after_.count() > 0) reason = R"({"retry_after_ms":)" + std::to_string(come_back_after_.count()) + '}';
    stream_->out().push(close_frame(static_cast<std::uint16_t>(why_), reason));
    touch();
    if (close_received_) stream_->linger([self = shared_from_this()](boost::system::error_code) {});
}

}  // namespace hearth::net
