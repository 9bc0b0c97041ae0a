// Addresses count by network, not by machine: IPv4 /24 and IPv6 /56 prefixes, kept in memory only.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace hearth::net {

/// "192.0.2.0/24" or "2001:db8:0:100::/56".
[[nodiscard]] std::string prefix_of(const boost::asio::ip::address& address);

/// How many connections there are, in all and from each network. Shared by all workers.
class admission {
public:
    admission(int in_all, int per_prefix) : in_all_(in_all), per_prefix_(per_prefix) {}

    /// Counts one more connection, or says no.
    [[nodiscard]] bool enter(const std::string& prefix);
    void leave(const std::string& prefix);

    /// Leaves when it goes.
    class pass {
    public:
        pass() = default;
        pass(admission& doors, std::string prefix) : doors_(&doors), prefix_(std::move(prefix)) {}
        pass(pass&& other) noexcept : doors_(std::exchange(other.doors_, nullptr)), prefix_(std::move(other.prefix_)) {}
        pass& operator=(pass&&) = delete;
        ~pass() {
            if (doors_) doors_->leave(prefix_);
        }

    private:
        admission* doors_ = nullptr;
        std::string prefix_;
    };

private:
    int in_all_, per_prefix_;
    std::mutex lock_;
    int now_ = 0;
    std::unordered_map<std::string, int> by_prefix_;
};

}  // namespace hearth::net
