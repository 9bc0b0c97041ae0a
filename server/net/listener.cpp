#include "net/listener.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <charconv>
#include <exception>

#include "core/startup_error.hpp"
#include "ops/log.hpp"

namespace hearth::net {

namespace asio = boost::asio;
using asio::ip::tcp;

tcp::endpoint parse_endpoint(const std::string& address) {
    const auto colon = address.rfind(':');
    unsigned short port = 0;
    const char* end = address.data() + address.size();
    const auto parsed = colon == std::string::npos ? std::from_chars_result{end, std::errc::invalid_argument}
                                                   : std::from_chars(address.data() + colon + 1, end, port);
    if (parsed.ec != std::errc{} || parsed.ptr != end)
        throw startup_error("--listen: \"" + address + "\" is not ADDR:PORT");
    auto host = address.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    if (host == "localhost") host = "127.0.0.1";
    boost::system::error_code error;
    const auto ip = asio::ip::make_address(host, error);
    if (error) throw startup_error("--listen: \"" + host + "\" is no IP address");
    return {ip, port};
}

listener::listener(const std::string& address, std::vector<std::unique_ptr<station>>& stations, web& with, SSL_CTX* tls)
    : stations_(stations),
      with_(with),
      tls_(tls),
      acceptor_(stations.front()->loop().context()),
      pause_(stations.front()->loop().context()) {
    const auto endpoint = parse_endpoint(address);
    boost::system::error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(4096, error);
    if (error) throw startup_error("--listen: cannot listen on " + address + ": " + error.message());
    where_ = acceptor_.local_endpoint();
}

void listener::start() {
    asio::post(acceptor_.get_executor(), [this] { accept(); });
}

void listener::stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
}

void listener::accept() {
    auto& home = *stations_[next_++ % stations_.size()];
    auto accepted = [this, &home](boost::system::error_code error, transport::socket_type socket) {
        if (error == asio::error::operation_aborted || !acceptor_.is_open()) return;
        if (error) {
            // Out of descriptors or memory, most likely: those who are here come first.
            ops::log_warning("accept failed, trying again in 100 ms: {}", error.message());
            pause_.expires_after(std::chrono::milliseconds(100));
            pause_.async_wait([this](boost::system::error_code cancelled) {
                if (!cancelled) accept();
            });
            return;
        }
        boost::system::error_code gone;
        const auto peer = socket.remote_endpoint(gone);
        if (!gone) {
            auto stream = std::make_unique<transport>(std::move(socket), tls_);
            auto ended = [](const std::exception_ptr& why) {
                if (!why) return;
                try {
                    std::rethrow_exception(why);
                } catch (const std::exception& e) {
                    ops::log_error("a connection ended on an unexpected failure: {}", e.what());
                }
            };
            asio::co_spawn(home.loop().context().get_executor(),
                           serve_http(std::move(stream), home, with_, peer.address()), ended);
        }
        accept();
    };
    acceptor_.async_accept(home.loop().context().get_executor(), accepted);
}

}  // namespace hearth::net
