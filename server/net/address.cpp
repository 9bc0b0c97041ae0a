#include "net/address.hpp"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>

namespace hearth::net {

namespace ip = boost::asio::ip;

std::string prefix_of(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return prefix_of(ip::make_address_v4(ip::v4_mapped, address.to_v6()));
    if (address.is_v4()) {
        auto bytes = address.to_v4().to_bytes();
        bytes[3] = 0;
        return ip::address_v4(bytes).to_string() + "/24";
    }
    auto bytes = address.to_v6().to_bytes();
    for (std::size_t i = 7; i < bytes.size(); ++i) bytes[i] = 0;
    return ip::address_v6(bytes).to_string() + "/56";
}

bool admission::enter(const std::string& prefix) {
    const std::lock_guard guard(lock_);
    if (now_ >= in_all_) return false;
    auto& here = by_prefix_[prefix];
    if (here >= per_prefix_) return false;
    ++here;
    ++now_;
    return true;
}

void admission::leave(const std::string& prefix) {
    const std::lock_guard guard(lock_);
    --now_;
    if (const auto it = by_prefix_.find(prefix); it != by_prefix_.end() && --it->second == 0) by_prefix_.erase(it);
}

}  // namespace hearth::net
