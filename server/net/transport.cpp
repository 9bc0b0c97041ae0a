#include "net/transport.hpp"

#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace hearth::net {
namespace {

namespace asio = boost::asio;

constexpr std::size_t tls_record = 16'384;
constexpr auto linger_for = std::chrono::seconds(2);
constexpr std::size_t linger_bytes = 8 << 20;

/// Reads and drops until the peer ends, a bound is reached or the deadline closes the socket.
struct dropper : std::enable_shared_from_this<dropper> {
    dropper(transport::socket_type from, std::function<void(transport::error_code)> then)
        : socket(std::move(from)), deadline(socket.get_executor(), linger_for), done(std::move(then)) {}

    void start() {
        deadline.async_wait([self = shared_from_this()](transport::error_code error) {
            if (!error) self->finish();
        });
        read();
    }

    void read() {
        socket.async_read_some(asio::buffer(bytes),
                               [self = shared_from_this()](transport::error_code error, std::size_t n) {
                                   self->total += n;
                                   if (error || self->total > linger_bytes) return self->finish();
                                   self->read();
                               });
    }

    void finish() {
        deadline.cancel();
        transport::error_code ignored;
        socket.close(ignored);
        if (auto then = std::exchange(done, nullptr)) then({});
    }

    transport::socket_type socket;
    asio::steady_timer deadline;
    std::function<void(transport::error_code)> done;
    std::array<char, 4096> bytes{};
    std::size_t total = 0;
};

}  // namespace

transport::transport(socket_type socket, SSL_CTX* tls) : socket_(std::move(socket)) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    if (!tls) return;
    ssl_ = SSL_new(tls);
    if (ssl_) SSL_set_fd(ssl_, socket_.native_handle());
}

transport::~transport() {
    if (alive_) *alive_ = false;
    SSL_free(ssl_);
}

transport::wants transport::handshake_step(error_code& error) {
    ERR_clear_error();
    const int result = SSL_accept(ssl_);
    if (result == 1) return wants::nothing;
    switch (SSL_get_error(ssl_, result)) {
        case SSL_ERROR_WANT_READ: return wants::read;
        case SSL_ERROR_WANT_WRITE: return wants::write;
        default: error = asio::error::connection_reset; return wants::nothing;
    }
}

std::size_t transport::tls_read(asio::mutable_buffer buffer, error_code& error) {
    ERR_clear_error();
    std::size_t n = 0;
    if (SSL_read_ex(ssl_, buffer.data(), buffer.size(), &n) == 1) return n;
    switch (SSL_get_error(ssl_, 0)) {
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE: error = asio::error::would_block; break;
        case SSL_ERROR_ZERO_RETURN: error = asio::error::eof; break;
        default: error = asio::error::connection_reset;
    }
    return 0;
}

std::size_t transport::read_now(asio::mutable_buffer buffer, error_code& error) {
    if (ssl_) return tls_read(buffer, error);
    const auto n = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (n > 0) return static_cast<std::size_t>(n);
    if (n == 0)
        error = asio::error::eof;
    else
        error = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR
                    ? error_code(asio::error::would_block)
                    : error_code(errno, boost::system::system_category());
    return 0;
}

std::size_t transport::send_some(error_code& error) {
    std::array<iovec, outbox::parts_per_send> parts;  // NOLINT: gather fills what is used
    const auto count = out_.gather(parts);
    if (!ssl_) {
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = count;
        const auto n = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n >= 0) return static_cast<std::size_t>(n);
        error = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR
                    ? error_code(asio::error::would_block)
                    : error_code(errno, boost::system::system_category());
        return 0;
    }
    thread_local std::array<char, tls_record> record;
    std::size_t filled = 0;
    for (std::size_t i = 0; i < count && filled < record.size(); ++i) {
        const auto n = std::min(record.size() - filled, parts[i].iov_len);
        std::copy_n(static_cast<const char*>(parts[i].iov_base), n, record.data() + filled);
        filled += n;
    }
    ERR_clear_error();
    std::size_t n = 0;
    if (SSL_write_ex(ssl_, record.data(), filled, &n) == 1) return n;
    const auto why = SSL_get_error(ssl_, 0);
    error = why == SSL_ERROR_WANT_WRITE || why == SSL_ERROR_WANT_READ ? error_code(asio::error::would_block)
                                                                      : error_code(asio::error::connection_reset);
    return 0;
}

void transport::join(send_batch& batch) {
    if (!ssl_ && !waiting_ && !broken_ && !out_.empty()) batch.add(socket_.native_handle(), out_);
}

void transport::flush() {
    while (!waiting_ && !broken_ && !out_.empty()) {
        error_code error;
        const auto n = send_some(error);
        out_.sent(n);
        if (error == asio::error::would_block) {
            waiting_ = true;
            if (!alive_) alive_ = std::make_shared<bool>(true);
            socket_.async_wait(socket_type::wait_write, [this, alive = alive_](error_code failed) {
                if (!*alive) return;
                waiting_ = false;
                if (failed) return;
                flush();
            });
            return;
        }
        if (error) {
            broken_ = error;
            out_.drop_unsent();
            error_code ignored;
            socket_.cancel(ignored);  // the reader learns of it
        }
    }
    if (out_.empty() || broken_) tell_empty(broken_);
}

void transport::when_empty(waiter done) {
    if (broken_ || out_.empty()) return done(broken_);
    when_empty_.push_back(std::move(done));
}

void transport::tell_empty(error_code error) {
    if (when_empty_.empty()) return;
    for (auto& done : std::exchange(when_empty_, {})) done(error);
}

void transport::write(std::string bytes, waiter done) {
    out_.push(std::move(bytes));
    flush();
    when_empty(std::move(done));
}

void transport::linger(std::function<void(error_code)> done) {
    when_empty([this, done = std::move(done)](error_code error) mutable {
        if (error || !socket_.is_open()) {
            close();
            return done({});
        }
        if (ssl_) {
            ERR_clear_error();
            SSL_shutdown(ssl_);
        }
        error_code ignored;
        socket_.shutdown(socket_type::shutdown_send, ignored);
        const auto executor = socket_.get_executor();
        std::make_shared<dropper>(std::move(socket_), [executor, done = std::move(done)](error_code failed) {
            asio::post(executor, [done, failed] { done(failed); });
        })->start();
    });
    if (!out_.empty()) flush();
}

void transport::close() {
    error_code ignored;
    socket_.close(ignored);
    broken_ = asio::error::operation_aborted;
    tell_empty(broken_);
}

}  // namespace hearth::net
