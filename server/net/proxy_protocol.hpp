// The PROXY protocol, versions 1 and 2: what a proxy says before anything else of whom it speaks for. It is believed from
// the proxy's own addresses only, and asked of these always.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/transport.hpp"

namespace hearth::net {

/// Longer headers are malformed: version 1 ends at 107 bytes by its definition, and no proxy of ours adds that much.
inline constexpr std::size_t most_proxy_bytes = 1'024;

struct proxy_header {
    enum class state { unfinished, malformed, whole };
    state what = state::unfinished;
    /// Of an unfinished one: so many more bytes certainly belong to it. What follows it is never read with it.
    std::size_t wanted = 0;
    /// Of a whole one: the client. None: the proxy speaks for itself, to look at our health.
    std::optional<boost::asio::ip::address> client;
};

/// Reads what has come so far, which is no more than was wanted.
[[nodiscard]] proxy_header read_proxy_header(std::string_view so_far);

/// Whom the connection of a trusted proxy at `peer` is for, by the header that it begins with, and nothing behind that has
/// been read. None: it begins with something else, or ended; to be closed. Has no deadline of its own.
[[nodiscard]] boost::asio::awaitable<std::optional<boost::asio::ip::address>, transport::executor_type>
announced_client(transport& stream, boost::asio::ip::address peer);

/// Addresses and networks that an operator trusts.
class trusted_networks {
public:
    trusted_networks() = default;
    /// "10.0.0.5,10.1.0.0/16,fd00::/8". Throws startup_error naming --proxy-protocol.
    explicit trusted_networks(std::string_view list);

    [[nodiscard]] bool empty() const noexcept { return v4_.empty() && v6_.empty(); }
    [[nodiscard]] bool contain(const boost::asio::ip::address& address) const;

private:
    std::vector<boost::asio::ip::network_v4> v4_;
    std::vector<boost::asio::ip::network_v6> v6_;
};

}  // namespace hearth::net
