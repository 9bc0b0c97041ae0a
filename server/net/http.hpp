// One HTTP connection: requests one after the other, to the pages, the interface and the probes, until it becomes a
// WebSocket or ends.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>

#include "api/http.hpp"
#include "net/address.hpp"
#include "net/proxy_protocol.hpp"
#include "net/site.hpp"
#include "net/station.hpp"
#include "net/transport.hpp"
#include "session/services.hpp"

namespace hearth::net {

/// What connections work with; made once in main.cpp.
struct web {
    const site& pages;
    session::services& sessions;
    admission& doors;
    const limits& bounds;
    std::function<void(api::request, api::responder)> api;       ///< answers from any thread
    std::function<void(std::function<void(bool ready)>)> ready;  ///< whether the store answers; from any thread
    std::function<std::string()> metrics;
    const trusted_networks& proxies;     ///< whose connections begin with a PROXY header
    bool behind_proxy = false;           ///< X-Forwarded-For and -Proto are believed
    std::atomic<bool> draining = false;  ///< the server is about to end: no new WebSocket, no further request
};

/// Serves one accepted connection from `peer` until it ends.
boost::asio::awaitable<void, transport::executor_type> serve_http(std::unique_ptr<transport> stream, station& home,
                                                                  web& with, boost::asio::ip::address peer);

}  // namespace hearth::net
