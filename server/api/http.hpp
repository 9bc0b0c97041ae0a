// HTTP as the handlers see it: plain values, so that no handler knows the network library.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hearth::api {

struct request {
    std::string method;                                     ///< "GET", "POST", …
    std::string path;                                       ///< decoded, without the query: "/api/v1/cases"
    std::map<std::string, std::string, std::less<>> query;  ///< decoded
    std::string body;    ///< at most limits::body_bytes; the network refuses more with 413
    std::string bearer;  ///< of Authorization, without "Bearer "; else empty
    std::string cookie;  ///< value of the cookie hearth_session; else empty
    std::string origin, host;
    std::string locale;   ///< the best of en, fr, id from Accept-Language
    std::string address;  ///< rate-limit prefix of the peer: IPv4 /24 or IPv6 /56; never stored or logged
    bool secure = false;  ///< came over TLS, or a trusted proxy says so
};

struct response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;  ///< further ones: Set-Cookie, Retry-After, …
};

using responder = std::function<void(response)>;

}  // namespace hearth::api
