#include "net/address.hpp"

#include <catch2/catch.hpp>

#include "core/startup_error.hpp"
#include "net/listener.hpp"

using namespace hearth::net;

TEST_CASE("addresses count by network") {
    const auto prefix = [](const char* text) { return prefix_of(boost::asio::ip::make_address(text)); };
    CHECK(prefix("192.0.2.7") == "192.0.2.0/24");
    CHECK(prefix("192.0.2.200") == prefix("192.0.2.7"));
    CHECK(prefix("::ffff:192.0.2.9") == prefix("192.0.2.7"));
    CHECK(prefix("2001:db8:1:22ff::1") == "2001:db8:1:2200::/56");
    CHECK(prefix("2001:db8:1:2211:5::1") == prefix("2001:db8:1:22ff::1"));
    CHECK(prefix("2001:db8:1:2300::1") != prefix("2001:db8:1:22ff::1"));
}

TEST_CASE("admission counts in all and by network, and forgets who left") {
    admission doors(3, 2);
    CHECK((doors.enter("a") && doors.enter("a")));
    CHECK_FALSE(doors.enter("a"));
    CHECK(doors.enter("b"));
    CHECK_FALSE(doors.enter("c"));
    doors.leave("a");
    CHECK(doors.enter("c"));
}

TEST_CASE("listen addresses are understood or named") {
    CHECK(parse_endpoint("127.0.0.1:80").port() == 80);
    CHECK(parse_endpoint("localhost:8080").address().is_loopback());
    CHECK(parse_endpoint("[::1]:0").address().is_v6());
    for (const auto* wrong :
         {"", "8080", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "example:80", "127.0.0.1:80x"}) {
        INFO(wrong);
        CHECK_THROWS_AS(parse_endpoint(wrong), hearth::startup_error);
    }
}
