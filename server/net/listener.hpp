// Accepts connections and gives them to the workers in turn; when it cannot, it waits a moment and goes on.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "net/http.hpp"
#include "net/station.hpp"
#include "net/tls.hpp"

namespace hearth::net {

class listener {
public:
    /// Binds at once. Throws startup_error naming the address: malformed, busy, not this machine's.
    listener(const std::string& address, std::vector<std::unique_ptr<station>>& stations, web& with, SSL_CTX* tls);

    void start();
    /// On the first station's loop.
    void stop();
    [[nodiscard]] boost::asio::ip::tcp::endpoint where() const { return where_; }

private:
    void accept();

    std::vector<std::unique_ptr<station>>& stations_;
    web& with_;
    SSL_CTX* tls_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    boost::asio::ip::tcp::endpoint where_;
    std::size_t next_ = 0;
};

/// "ADDR:PORT", "[v6]:PORT", "localhost:PORT". Throws startup_error naming --listen.
[[nodiscard]] boost::asio::ip::tcp::endpoint parse_endpoint(const std::string& address);

}  // namespace hearth::net
