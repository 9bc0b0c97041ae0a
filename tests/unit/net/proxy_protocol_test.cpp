#include "net/proxy_protocol.hpp"

#include <catch2/catch.hpp>

#include "core/startup_error.hpp"

using namespace hearth::net;
using state = proxy_header::state;
using namespace std::string_literals;

namespace {

const std::string signature("\r\n\r\n\0\r\nQUIT\n", 12);

std::string version_2(unsigned char command, unsigned char family, const std::string& rest) {
    std::string out = signature;
    out += static_cast<char>(command);
    out += static_cast<char>(family);
    out += static_cast<char>(rest.size() >> 8U);
    out += static_cast<char>(rest.size() & 255U);
    return out + rest;
}

const std::string v4_addresses = "\xC0\x00\x02\x07\xC6\x33\x64\x01\x13\x88\x01\xBB"s;  // 192.0.2.7 to 198.51.100.1
const std::string v6_addresses =
    "\x20\x01\x0D\xB8"s + std::string(11, '\0') + "\x07"s + std::string(16, '\x01') + "\x13\x88\x01\xBB"s;

/// Fed as a connection is: never more than is wanted. What it came to, and how many bytes were taken.
std::pair<proxy_header, std::size_t> feed(const std::string& bytes) {
    std::size_t taken = 0;
    for (;;) {
        auto read = read_proxy_header(std::string_view(bytes).substr(0, taken));
        if (read.what != state::unfinished || taken + read.wanted > bytes.size()) return {read, taken};
        REQUIRE(read.wanted > 0);
        taken += read.wanted;
    }
}

std::string client_of(const std::string& bytes) {
    const auto [read, taken] = feed(bytes + "GET / HTTP/1.1\r\n");
    if (read.what != state::whole) return "none";
    CHECK(taken == bytes.size());
    return read.client ? read.client->to_string() : "the proxy";
}

}  // namespace

TEST_CASE("a PROXY header names the client, and nothing behind it is taken") {
    CHECK(client_of("PROXY TCP4 192.0.2.7 198.51.100.1 5000 443\r\n") == "192.0.2.7");
    CHECK(client_of("PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n") == "1.1.1.1");
    CHECK(client_of("PROXY TCP6 2001:db8::7 2001:db8::1 5000 443\r\n") == "2001:db8::7");
    CHECK(client_of("PROXY UNKNOWN\r\n") == "the proxy");
    CHECK(client_of("PROXY UNKNOWN ffff:f...f:ffff whatever 1\r\n") == "the proxy");
    CHECK(client_of(version_2(0x21, 0x11, v4_addresses)) == "192.0.2.7");
    CHECK(client_of(version_2(0x21, 0x11, v4_addresses + std::string(200, '\x04'))) == "192.0.2.7");  // with extensions
    CHECK(client_of(version_2(0x21, 0x21, v6_addresses)) == "2001:db8::7");
    CHECK(client_of(version_2(0x20, 0x00, "")) == "the proxy");
    CHECK(client_of(version_2(0x20, 0x11, v4_addresses)) == "the proxy");
    CHECK(client_of(version_2(0x21, 0x00, "")) == "the proxy");                      // it does not know
    CHECK(client_of(version_2(0x21, 0x31, std::string(216, '\0'))) == "the proxy");  // a Unix socket
}

TEST_CASE("what is no PROXY header is malformed as soon as that is sure") {
    for (const auto& wrong : {
             "GET / HTTP/1.1\r\n\r\n"s,
             "\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\x00\x00\x00\x00\x00"s,  // TLS
             "PROXY TCP4 192.0.2.7 198.51.100.1 5000\r\n"s,
             "PROXY TCP4 192.0.2.7 198.51.100.1 5000 443 \r\n"s,
             "PROXY TCP4  192.0.2.7 198.51.100.1 5000 443\r\n"s,
             "PROXY TCP4 192.0.2.7 198.51.100.1 5000 65536\r\n"s,
             "PROXY TCP4 192.0.2.7 198.51.100.1 +1 443\r\n"s,
             "PROXY TCP4 192.0.2.256 198.51.100.1 5000 443\r\n"s,
             "PROXY TCP4 2001:db8::7 2001:db8::1 5000 443\r\n"s,
             "PROXY TCP6 192.0.2.7 198.51.100.1 5000 443\r\n"s,
             "PROXY TCP6 fe80::1%lo fe80::2 5000 443\r\n"s,
             "PROXY UDP4 192.0.2.7 198.51.100.1 5000 443\r\n"s,
             "PROXY TCP4 192.0.2.7 198.51.100.1 5000 443\n\r\n"s,
             "PROXY TCP4 192.0.2.7\0 198.51.100.1 5000 443\r\n"s,
             "PROXY UNKNOWN " + std::string(200, 'x') + "\r\n",
             version_2(0x11, 0x11, v4_addresses),                                                 // version 1
             version_2(0x22, 0x11, v4_addresses),                                                 // no such command
             version_2(0x21, 0x12, v4_addresses).substr(0, 13) + "\x13\x00\x0C"s + v4_addresses,  // no such transport
             version_2(0x21, 0x41, v4_addresses),                                                 // no such family
             version_2(0x21, 0x11, v4_addresses.substr(0, 11)),  // too short for its family
             version_2(0x21, 0x21, v6_addresses.substr(0, 35)),
             version_2(0x21, 0x11, std::string(most_proxy_bytes, '\0')),  // too long
         }) {
        INFO(wrong);
        CHECK(feed(wrong).first.what == state::malformed);
    }
}

TEST_CASE("every beginning of a header wants more, and never more than there is") {
    for (const auto& whole : {"PROXY TCP4 192.0.2.7 198.51.100.1 5000 443\r\n"s, "PROXY UNKNOWN\r\n"s,
                              version_2(0x21, 0x11, v4_addresses), version_2(0x21, 0x21, v6_addresses + "abc")})
        for (std::size_t n = 0; n < whole.size(); ++n) {
            const auto read = read_proxy_header(std::string_view(whole).substr(0, n));
            INFO(whole << " " << n);
            REQUIRE(read.what == state::unfinished);
            REQUIRE(read.wanted > 0);
            REQUIRE(n + read.wanted <= whole.size());
        }
}

TEST_CASE("trusted networks hold what they name") {
    const auto address = [](const char* text) { return boost::asio::ip::make_address(text); };
    const trusted_networks some("10.0.0.5,192.168.3.9/16,fd00::/8,::1");
    for (const auto* inside : {"10.0.0.5", "192.168.0.1", "192.168.255.255", "fd12::9", "::1", "::ffff:10.0.0.5"}) {
        INFO(inside);
        CHECK(some.contain(address(inside)));
    }
    for (const auto* outside : {"10.0.0.6", "192.169.0.1", "fe80::1", "::2", "::ffff:10.0.0.6"}) {
        INFO(outside);
        CHECK_FALSE(some.contain(address(outside)));
    }
    CHECK(trusted_networks("0.0.0.0/0").contain(address("203.0.113.9")));
    CHECK_FALSE(trusted_networks().contain(address("127.0.0.1")));
    CHECK(trusted_networks().empty());
    for (const auto* wrong : {"proxy.example", "10.0.0.0/33", "10.0.0.5,,10.0.0.6", "10.0.0.5, 10.0.0.6", "::/129"}) {
        INFO(wrong);
        CHECK_THROWS_AS(trusted_networks(wrong), hearth::startup_error);
    }
}
