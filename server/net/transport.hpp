// The one kind of stream the program knows: a socket, with or without TLS on it, that sends what its outbox holds.
//
// Everything leaves through the outbox, whole and first in, first out: shared frames, this connection's replies, and what
// Beast writes (HTTP). So frames never interleave and one system call sends all that a round queued.
#pragma once

#include <openssl/ssl.h>

#include <boost/asio/async_result.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/coroutine.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>

#include "net/outbox.hpp"
#include "net/send_batch.hpp"

namespace hearth::net {

class transport {
public:
    using executor_type = boost::asio::io_context::executor_type;
    using socket_type = boost::asio::basic_stream_socket<boost::asio::ip::tcp, executor_type>;
    using error_code = boost::system::error_code;

    /// `tls` null: plain.
    transport(socket_type socket, SSL_CTX* tls);
    transport(const transport&) = delete;
    transport& operator=(const transport&) = delete;
    ~transport();

    [[nodiscard]] executor_type get_executor() noexcept { return socket_.get_executor(); }
    [[nodiscard]] socket_type& socket() noexcept { return socket_; }
    [[nodiscard]] bool secure() const noexcept { return ssl_ != nullptr; }
    [[nodiscard]] outbox& out() noexcept { return out_; }

    /// Server side of the TLS handshake; nothing to do on a plain connection.
    template <class Token>
    auto async_handshake(Token&& token) {
        return boost::asio::async_compose<Token, void(error_code)>(
            [this, first = true](auto& self, error_code error = {}) mutable {
                if (!error) {
                    if (first && !ssl_) {
                        first = false;
                        return boost::asio::post(socket_.get_executor(), std::move(self));
                    }
                    const auto want = ssl_ ? handshake_step(error) : wants::nothing;
                    if (want != wants::nothing)
                        return socket_.async_wait(
                            want == wants::read ? socket_type::wait_read : socket_type::wait_write, std::move(self));
                }
                self.complete(error);
            },
            token, socket_);
    }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        const boost::asio::mutable_buffer buffer = *boost::asio::buffer_sequence_begin(buffers);
        return boost::asio::async_compose<Token, void(error_code, std::size_t)>(
            [this, buffer, stage = 0](auto& self, error_code error = {}, std::size_t n = 0) mutable {
                if (!ssl_) {
                    if (stage++ == 0) return socket_.async_read_some(buffer, std::move(self));
                    return self.complete(error, n);
                }
                if (stage == 2) return self.complete(read_error_, read_bytes_);
                if (!error) n = tls_read(buffer, error);
                if (error == boost::asio::error::would_block) {
                    stage = 1;
                    return socket_.async_wait(socket_type::wait_read, std::move(self));
                }
                if (stage == 1) return self.complete(error, n);
                stage = 2;  // never complete inside the initiating call
                read_error_ = error;
                read_bytes_ = n;
                boost::asio::post(socket_.get_executor(), std::move(self));
            },
            token, socket_);
    }

    /// Queues the bytes behind everything else; completes when the outbox has been sent.
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        std::string bytes;
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != boost::asio::buffer_sequence_end(buffers);
             ++it) {
            const boost::asio::const_buffer part = *it;
            bytes.append(static_cast<const char*>(part.data()), part.size());
        }
        return boost::asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, std::string queued) {
                const auto size = queued.size();
                auto shared = std::make_shared<decltype(handler)>(std::move(handler));
                write(std::move(queued), [executor = socket_.get_executor(), shared, size](error_code error) {
                    boost::asio::post(executor,
                                      [shared, error, size] { std::move (*shared)(error, error ? 0 : size); });
                });
            },
            token, std::move(bytes));
    }

    /// Sends what the outbox holds as far as the kernel takes it, and the rest when it takes more.
    void flush();
    /// Before a flush: joins the batch with what the outbox holds, if a plain send is what comes next.
    void join(send_batch& batch);

    /// `then` runs once there is something to read, or the connection is broken or closed; until then this costs no
    /// buffer.
    template <class Handler>
    void wait_readable(Handler then) {
        socket_.async_wait(socket_type::wait_read, std::move(then));
    }
    /// Bytes that are here now; would_block when there are none.
    std::size_t read_now(boost::asio::mutable_buffer buffer, error_code& error);

    /// Ends the sending side once the outbox is empty and drops what still comes for a bounded while, so that the peer
    /// gets our last words instead of a reset.
    void linger(std::function<void(error_code)> done);

    void close();

private:
    enum class wants { nothing, read, write };
    using waiter = std::function<void(error_code)>;

    wants handshake_step(error_code& error);
    std::size_t tls_read(boost::asio::mutable_buffer buffer, error_code& error);
    /// Bytes the socket took; would_block when it takes none now.
    std::size_t send_some(error_code& error);
    void write(std::string bytes, waiter done);
    void when_empty(waiter done);
    void tell_empty(error_code error);

    socket_type socket_;
    SSL* ssl_ = nullptr;
    outbox out_;
    bool waiting_ = false;  ///< for the socket to take more
    std::vector<waiter> when_empty_;
    std::size_t read_bytes_ = 0;
    error_code read_error_, broken_;
    std::shared_ptr<bool> alive_;  ///< made when a wait needs to know whether this is still there
};

}  // namespace hearth::net
