#include "net/proxy_protocol.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "core/clock.hpp"
#include "core/startup_error.hpp"
#include "ops/log.hpp"

namespace hearth::net {
namespace {

namespace asio = boost::asio;
namespace ip = asio::ip;
using state = proxy_header::state;

constexpr std::string_view signature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr std::string_view word = "PROXY ";
constexpr std::string_view shortest_line = "PROXY UNKNOWN\r\n";
constexpr std::size_t longest_line = 107, fixed_bytes = 16;

proxy_header malformed() { return {state::malformed, 0, std::nullopt}; }
proxy_header unfinished(std::size_t wanted) { return {state::unfinished, wanted, std::nullopt}; }
proxy_header whole(std::optional<ip::address> client = std::nullopt) { return {state::whole, 0, std::move(client)}; }

bool begins_alike(std::string_view a, std::string_view b) {
    const auto n = std::min(a.size(), b.size());
    return a.substr(0, n) == b.substr(0, n);
}

std::string_view next_field(std::string_view& rest) {
    const auto end = std::min(rest.find(' '), rest.size());
    const auto out = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return out;
}

bool is_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
    return problem == std::errc() && end == text.data() + text.size();
}

std::optional<ip::address> address_of(std::string_view text, bool v6) {
    // No NUL, behind which nothing would be read; no zone ("%eth0"), which means something on the proxy's machine alone.
    if (text.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos) return std::nullopt;
    boost::system::error_code error;
    const auto out = ip::make_address(std::string(text), error);
    if (error || out.is_v6() != v6) return std::nullopt;
    return out;
}

/// "TCP4 192.0.2.1 198.51.100.2 5000 443": the line behind the word.
proxy_header read_line(std::string_view rest) {
    const auto kind = next_field(rest);
    if (kind == "UNKNOWN") return whole();
    if (kind != "TCP4" && kind != "TCP6") return malformed();
    const auto client = address_of(next_field(rest), kind == "TCP6");
    const auto reached = address_of(next_field(rest), kind == "TCP6");
    const bool ports = is_port(next_field(rest)) && is_port(rest);
    return client && reached && ports ? whole(client) : malformed();
}

proxy_header read_version_1(std::string_view so_far) {
    if (so_far.size() < shortest_line.size()) return unfinished(shortest_line.size() - so_far.size());
    const auto end = so_far.find('\n');
    if (end == std::string_view::npos) {
        const std::size_t wanted = so_far.back() == '\r' ? 1 : 2;
        return so_far.size() + wanted > longest_line ? malformed() : unfinished(wanted);
    }
    if (end + 1 != so_far.size() || so_far[end - 1] != '\r') return malformed();
    return read_line(so_far.substr(word.size(), end - 1 - word.size()));
}

std::size_t byte(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

template <class Address>
ip::address client_in(std::string_view addresses) {
    typename Address::bytes_type bytes;
    std::copy_n(addresses.begin(), bytes.size(), reinterpret_cast<char*>(bytes.data()));
    return Address(bytes);
}

proxy_header read_version_2(std::string_view so_far) {
    if (so_far.size() < fixed_bytes) return unfinished(fixed_bytes - so_far.size());
    const auto version = byte(so_far, 12) >> 4U, command = byte(so_far, 12) & 15U;
    const auto family = byte(so_far, 13) >> 4U, transport = byte(so_far, 13) & 15U;
    const auto length = byte(so_far, 14) << 8U | byte(so_far, 15);
    const auto all = fixed_bytes + length;
    if (version != 2 || command > 1 || family > 3 || transport > 1 || all > most_proxy_bytes) return malformed();
    const bool speaks_for = command == 1 && transport == 1;
    if (speaks_for && ((family == 1 && length < 12) || (family == 2 && length < 36))) return malformed();
    if (so_far.size() < all) return unfinished(all - so_far.size());
    if (so_far.size() > all) return malformed();
    const auto addresses = so_far.substr(fixed_bytes);
    if (speaks_for && family == 1) return whole(client_in<ip::address_v4>(addresses));
    if (speaks_for && family == 2) return whole(client_in<ip::address_v6>(addresses));
    return whole();
}

/// Once a minute at most: a proxy that is set up wrongly would say it with each connection.
void tell_of_malformed() {
    static std::atomic<std::int64_t> told{0};
    const auto minute = std::chrono::duration_cast<std::chrono::minutes>(now().time_since_epoch()).count();
    if (told.exchange(minute) != minute)
        ops::log_warning("a connection from a --proxy-protocol address does not begin with a PROXY header: closed");
}

}  // namespace

proxy_header read_proxy_header(std::string_view so_far) {
    if (so_far.size() > most_proxy_bytes) return malformed();
    if (begins_alike(so_far, signature) && !so_far.empty()) return read_version_2(so_far);
    if (begins_alike(so_far, word)) return read_version_1(so_far);
    return malformed();
}

asio::awaitable<std::optional<ip::address>, transport::executor_type> announced_client(transport& stream,
                                                                                       ip::address peer) {
    constexpr asio::use_awaitable_t<transport::executor_type> use_awaitable;
    boost::system::error_code error;
    auto result = asio::redirect_error(use_awaitable, error);
    std::string header;
    auto read = read_proxy_header(header);
    while (read.what == state::unfinished && !error) {
        const auto had = header.size();
        header.resize(had + read.wanted);
        const auto missing = asio::buffer(header.data() + had, read.wanted);
        co_await asio::async_read(stream.socket(), missing, result);
        if (!error) read = read_proxy_header(header);
    }
    if (read.what == state::whole) co_return read.client.value_or(peer);
    if (read.what == state::malformed) tell_of_malformed();
    co_return std::nullopt;
}

trusted_networks::trusted_networks(std::string_view list) {
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        const std::string each(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
        const bool one = each.find('/') == std::string::npos;
        boost::system::error_code not_v4, not_v6;
        const auto v4 = ip::make_network_v4(one ? each + "/32" : each, not_v4);
        const auto v6 = ip::make_network_v6(one ? each + "/128" : each, not_v6);
        if (!not_v4)
            v4_.push_back(v4.canonical());
        else if (!not_v6)
            v6_.push_back(v6.canonical());
        else
            throw startup_error("--proxy-protocol: \"" + each +
                                "\" is no IP address and no network such as 10.0.0.0/8");
    }
}

bool trusted_networks::contain(const ip::address& address) const {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return contain(ip::make_address_v4(ip::v4_mapped, address.to_v6()));
    if (address.is_v4())
        return std::any_of(v4_.begin(), v4_.end(), [&](const ip::network_v4& each) {
            return ip::network_v4(address.to_v4(), each.prefix_length()).canonical() == each;
        });
    return std::any_of(v6_.begin(), v6_.end(), [&](const ip::network_v6& each) {
        return ip::network_v6(address.to_v6(), each.prefix_length()).canonical() == each;
    });
}

}  // namespace hearth::net
