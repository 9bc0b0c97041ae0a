// The coroutine that runs a WebSocket connection; apart from websocket.hpp so that few files see Beast.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "net/transport.hpp"

namespace hearth::net {

class websocket_connection;

struct websocket_driver {
    /// Accepts the upgrade and serves the client until the connection ends.
    static boost::asio::awaitable<void, transport::executor_type> run(
        std::shared_ptr<websocket_connection> connection,
        boost::beast::http::request<boost::beast::http::string_body> upgrade);
};

}  // namespace hearth::net
