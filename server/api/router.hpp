// The way from a request to its handler: route, origin, who asks, standing.
#pragma once

#include "api/http.hpp"
#include "api/services.hpp"

namespace hearth::api {

/// Everything under /api/v1 of docs/PROTOCOL.md.
class router {
public:
    explicit router(services with) : with_(std::move(with)), doors_(with_.bounds) {}

    /// From any thread. `respond` is called once, on the loop of the services.
    void handle(request asked, responder respond);

private:
    services with_;
    door_limits doors_;
};

/// Whether a page of `origin` may write here: its host is the one asked, or that of the public address.
[[nodiscard]] bool same_origin(std::string_view origin, std::string_view host, std::string_view public_url);

}  // namespace hearth::api
