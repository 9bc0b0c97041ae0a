#include "net/http.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <optional>

#include "net/http_fields.hpp"
#include "net/websocket.hpp"

namespace hearth::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using executor = transport::executor_type;
using request = http::request<http::string_body>;
using response = http::response<http::string_body>;
constexpr asio::use_awaitable_t<executor> use_awaitable;

std::string_view view(boost::beast::string_view text) noexcept { return {text.data(), text.size()}; }

/// Closes the connection when a step takes too long, and is known to its station while it lives.
class watch {
public:
    watch(transport& stream, station& home, std::chrono::seconds bound)
        : stream_(stream), home_(home), bound_(bound), timer_(stream.get_executor()) {
        home_.add(stream_);
    }
    ~watch() {
        *alive_ = false;
        home_.remove(stream_);
    }
    watch(const watch&) = delete;
    watch& operator=(const watch&) = delete;

    /// A request is being answered: the server's end waits for that.
    void busy(bool now) { home_.busy(stream_, now); }
    void restart() {
        timer_.expires_after(bound_);
        timer_.async_wait([this, alive = alive_](boost::system::error_code error) {
            if (!error && *alive) stream_.close();
        });
    }

private:
    transport& stream_;
    station& home_;
    std::chrono::seconds bound_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, executor>
        timer_;
};

constexpr std::string_view security_policy =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

response plain(http::status status, std::string body, std::string_view type = "text/plain; charset=utf-8") {
    response answer{status, 11};
    answer.set(http::field::content_type, boost::beast::string_view(type.data(), type.size()));
    answer.set(http::field::cache_control, "no-store");
    answer.body() = std::move(body);
    return answer;
}

response problem(http::status status, std::string_view detail) {
    return plain(status,
                 R"({"type":"about:blank","title":")" + std::string(view(http::obsolete_reason(status))) +
                     R"(","status":)" + std::to_string(static_cast<unsigned>(status)) + R"(,"detail":")" +
                     std::string(detail) + R"("})",
                 "application/problem+json");
}

response page(const request& asked, const site& pages, std::string_view path) {
    const auto* found = pages.find(path);
    if (pages.empty()) return plain(http::status::ok, "Hearth is running. Its pages are not built: run scripts/run.\n");
    if (!found) return plain(http::status::not_found, "Not found\n");
    response answer{http::status::ok, 11};
    answer.set(http::field::content_type, found->type);
    answer.set(http::field::etag, found->etag);
    answer.set(http::field::cache_control, found->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    answer.set("Content-Security-Policy", boost::beast::string_view(security_policy.data(), security_policy.size()));
    answer.set("Referrer-Policy", "no-referrer");
    if (!found->gzip.empty()) answer.set(http::field::vary, "Accept-Encoding");
    if (asked[http::field::if_none_match] == found->etag) {
        answer.result(http::status::not_modified);
    } else if (!found->gzip.empty() && accepts_gzip(view(asked[http::field::accept_encoding]))) {
        answer.set(http::field::content_encoding, "gzip");
        answer.body() = found->gzip;
    } else {
        answer.body() = found->body;
    }
    return answer;
}

api::request to_api(request& from, target where, const std::string& prefix, bool secure) {
    api::request to;
    to.method = std::string(view(from.method_string()));
    to.path = std::move(where.path);
    to.query = std::move(where.query);
    to.body = std::move(from.body());
    const auto authorization = view(from[http::field::authorization]);
    if (authorization.starts_with("Bearer ")) to.bearer = std::string(authorization.substr(7));
    to.cookie = cookie_value(view(from[http::field::cookie]), "hearth_session");
    to.origin = std::string(view(from[http::field::origin]));
    to.host = std::string(view(from[http::field::host]));
    to.locale = best_locale(view(from[http::field::accept_language]));
    to.address = prefix;
    to.secure = secure;
    return to;
}

response from_api(api::response from) {
    response answer{static_cast<http::status>(from.status), 11};
    if (!from.body.empty() || from.status == 200) answer.set(http::field::content_type, from.content_type);
    answer.set(http::field::cache_control, "no-store");
    for (const auto& [name, value] : from.headers) answer.insert(name, value);
    answer.body() = std::move(from.body);
    return answer;
}

response go_elsewhere() {
    auto answer = problem(http::status::service_unavailable, "This server is about to end");
    answer.set(http::field::retry_after, "1");
    return answer;
}

/// What is wrong with a request for a WebSocket (RFC 6455, 4.2.1), if anything is.
std::optional<response> refuse_upgrade(const request& asked) {
    constexpr std::size_t key_chars = 24;
    if (!boost::beast::websocket::is_upgrade(asked)) {
        auto answer = problem(http::status::upgrade_required, "This is a WebSocket");
        answer.set(http::field::upgrade, "websocket");
        return answer;
    }
    if (!same_origin(view(asked[http::field::origin]), view(asked[http::field::host])))
        return problem(http::status::forbidden, "The Origin is another site");
    if (asked[http::field::sec_websocket_version] != "13") {
        auto answer = problem(http::status::upgrade_required, "The version is 13");
        answer.set(http::field::sec_websocket_version, "13");
        return answer;
    }
    if (asked[http::field::sec_websocket_key].size() != key_chars)
        return problem(http::status::bad_request, "Sec-WebSocket-Key is missing or no key");
    return std::nullopt;
}

std::string switch_protocols(const request& asked) {
    std::string answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
        "Sec-WebSocket-Accept: " +
        accept_for(view(asked[http::field::sec_websocket_key])) + "\r\n";
    if (http::token_list{asked[http::field::sec_websocket_protocol]}.exists("hearth.v1"))
        answer += "Sec-WebSocket-Protocol: hearth.v1\r\n";
    return answer + "\r\n";
}

/// Awaits what is answered through a callback, from whatever thread.
template <class T>
asio::awaitable<T, executor> answered(executor here, std::function<void(std::function<void(T)>)> ask) {
    auto start = [&](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        ask([here, shared](T value) {
            asio::post(here, [shared, value = std::move(value)]() mutable { std::move (*shared)(std::move(value)); });
        });
    };
    T value = co_await asio::async_initiate<const asio::use_awaitable_t<executor>, void(T)>(start, use_awaitable);
    co_return value;
}

}  // namespace

asio::awaitable<void, executor> serve_http(std::unique_ptr<transport> stream, station& home, web& with,
                                           asio::ip::address peer) {
    boost::system::error_code error;
    auto result = asio::redirect_error(use_awaitable, error);
    auto guard = std::make_unique<watch>(*stream, home, with.bounds.request_within);
    guard->restart();
    const bool proxied = with.proxies.contain(peer);
    if (proxied) {
        auto client = co_await announced_client(*stream, peer);
        if (!client) co_return;
        peer = *client;
    } else if (!with.proxies.empty() && !peer.is_loopback()) {
        co_return;  // whoever is no proxy has no business on this port
    }
    co_await stream->async_handshake(result);
    if (error) co_return;

    boost::beast::flat_buffer buffer(with.bounds.header_bytes + with.bounds.body_bytes);
    for (bool more = true; more;) {
        auto parser = std::make_unique<http::request_parser<http::string_body>>();
        parser->header_limit(static_cast<std::uint32_t>(with.bounds.header_bytes));
        parser->body_limit(with.bounds.body_bytes);
        guard->restart();
        co_await http::async_read(*stream, buffer, *parser, result);
        std::optional<response> answer;
        if (error == http::error::body_limit) {
            answer = problem(http::status::payload_too_large,
                             "The body may have " + std::to_string(with.bounds.body_bytes) + " bytes");
        } else if (error == http::error::header_limit || error == http::error::buffer_overflow) {
            answer = problem(http::status::request_header_fields_too_large,
                             "The header may have " + std::to_string(with.bounds.header_bytes) + " bytes");
        } else if (error && error.category() == make_error_code(http::error::end_of_stream).category() &&
                   error != http::error::end_of_stream && error != http::error::partial_message) {
            answer = problem(http::status::bad_request, "This is not HTTP");
        } else if (error) {
            break;
        }
        guard->busy(true);
        auto asked = parser->release();
        const bool broken = answer.has_value();
        auto where = broken ? std::nullopt : parse_target(view(asked.target()));
        if (!broken && !where) answer = problem(http::status::bad_request, "The target cannot be read");

        bool secure = stream->secure();
        auto prefix = prefix_of(peer);
        if (with.behind_proxy) {
            boost::system::error_code bad;
            const auto real = asio::ip::make_address(std::string(forwarded_for(view(asked["X-Forwarded-For"]))), bad);
            if (!bad) prefix = prefix_of(real);
        }
        if (with.behind_proxy || proxied) secure = secure || view(asked["X-Forwarded-Proto"]) == "https";

        if (!answer && where->path == "/ws") answer = with.draining ? go_elsewhere() : refuse_upgrade(asked);
        if (!answer && where->path == "/ws") {
            guard.reset();
            session::introduction intro{cookie_value(view(asked[http::field::cookie]), "hearth_session"),
                                        best_locale(view(asked[http::field::accept_language])), prefix};
            const bool counts = with.bounds.rate_limits;
            const bool admitted = !counts || with.doors.enter(prefix);
            auto pass = counts && admitted ? admission::pass(with.doors, std::move(prefix)) : admission::pass();
            stream->out().push(switch_protocols(asked));
            const auto connection = std::make_shared<websocket_connection>(std::move(stream), home, with.sessions,
                                                                           std::move(intro), std::move(pass));
            if (!admitted) connection->close(close_code::too_many_connections);
            const auto rest = buffer.data();
            connection->start({static_cast<const char*>(rest.data()), rest.size()});
            connection->flush();
            co_return;  // and with it goes all that HTTP needed
        }
        const bool head = asked.method() == http::verb::head;
        const bool keep = !broken && asked.keep_alive() && !with.draining;
        if (!answer && where->path.starts_with("/api/")) {
            auto call = to_api(asked, std::move(*where), prefix, secure);
            std::function<void(api::responder)> ask = [&](api::responder done) {
                with.api(std::move(call), std::move(done));
            };
            auto reply = co_await answered<api::response>(stream->get_executor(), std::move(ask));
            answer = from_api(std::move(reply));
        }
        if (!answer && where->path == "/readyz" && with.draining)
            answer = plain(http::status::service_unavailable, "draining\n");
        if (!answer && where->path == "/readyz") {
            const bool ready = co_await answered<bool>(stream->get_executor(), with.ready);
            answer =
                ready ? plain(http::status::ok, "ready\n") : plain(http::status::service_unavailable, "not ready\n");
        }
        if (!answer && where->path == "/healthz") answer = plain(http::status::ok, "alive\n");
        // What a proxy on this machine hands on comes from loopback too, but from somebody else.
        const bool from_here = peer.is_loopback() && asked["X-Forwarded-For"].empty();
        if (!answer && where->path == "/metrics")
            answer = from_here ? plain(http::status::ok, with.metrics(), "text/plain; version=0.0.4")
                               : problem(http::status::forbidden, "Metrics are for this machine");
        if (!answer && asked.method() != http::verb::get && !head) {
            answer = problem(http::status::method_not_allowed, "Pages are read with GET");
            answer->set(http::field::allow, "GET, HEAD");
        }
        if (!answer) answer = page(asked, with.pages, where->path);

        answer->version(11);
        answer->keep_alive(keep);
        answer->set("X-Content-Type-Options", "nosniff");
        if (secure) answer->set(http::field::strict_transport_security, "max-age=31536000");
        answer->prepare_payload();
        if (head) answer->body().clear();
        guard->restart();
        http::response_serializer<http::string_body> serializer(*answer);
        co_await http::async_write(*stream, serializer, result);
        guard->busy(false);
        more = !error && keep;
    }
    auto last = [&](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        stream->linger([shared](boost::system::error_code) { std::move (*shared)(); });
    };
    if (stream->socket().is_open())
        co_await asio::async_initiate<const asio::use_awaitable_t<executor>, void()>(last, use_awaitable);
}

}  // namespace hearth::net
