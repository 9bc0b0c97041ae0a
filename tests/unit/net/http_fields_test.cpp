#include "net/http_fields.hpp"

#include <catch2/catch.hpp>

using namespace hearth::net;

TEST_CASE("cookies") {
    CHECK(cookie_value("hearth_session=abc", "hearth_session") == "abc");
    CHECK(cookie_value("a=1; hearth_session=abc ;b=2", "hearth_session") == "abc");
    CHECK(cookie_value("xhearth_session=abc", "hearth_session").empty());
    CHECK(cookie_value("hearth_sessionx=abc", "hearth_session").empty());
    CHECK(cookie_value("", "hearth_session").empty());
}

TEST_CASE("languages") {
    CHECK(best_locale("") == "en");
    CHECK(best_locale("fr") == "fr");
    CHECK(best_locale("fr-CA,fr;q=0.9,en;q=0.8") == "fr");
    CHECK(best_locale("de;q=0.9, id;q=0.8, en;q=0.1") == "id");
    CHECK(best_locale("in-ID") == "id");
    CHECK(best_locale("en;q=0.2, fr;q=0.25") == "fr");
    CHECK(best_locale("fr;q=0") == "en");
    CHECK(best_locale(";;;,,q=") == "en");
}

TEST_CASE("origins") {
    CHECK(same_origin("", "localhost:8080"));
    CHECK(same_origin("http://localhost:8080", "localhost:8080"));
    CHECK(same_origin("https://Hearth.example.org", "hearth.example.org"));
    CHECK_FALSE(same_origin("https://evil.example.org", "hearth.example.org"));
    CHECK_FALSE(same_origin("https://hearth.example.org.evil.example.org", "hearth.example.org"));
    CHECK_FALSE(same_origin("null", "hearth.example.org"));
}

TEST_CASE("encodings") {
    CHECK(accepts_gzip("gzip, deflate, br"));
    CHECK(accepts_gzip("br, gzip;q=0.5"));
    CHECK_FALSE(accepts_gzip("gzip;q=0"));
    CHECK_FALSE(accepts_gzip("br"));
}

TEST_CASE("targets") {
    const auto plain = parse_target("/api/v1/cases?state=open&room=a%20b&flag");
    REQUIRE(plain);
    CHECK(plain->path == "/api/v1/cases");
    CHECK(plain->query.at("state") == "open");
    CHECK(plain->query.at("room") == "a b");
    CHECK(plain->query.at("flag").empty());
    CHECK(parse_target("/caf%C3%A9")->path == "/café");
    CHECK_FALSE(parse_target("/a%00b"));
    CHECK_FALSE(parse_target("http://elsewhere/"));
    CHECK_FALSE(parse_target("/%zz"));
    CHECK_FALSE(parse_target(""));
}

TEST_CASE("the proxy's own word on the address is the last") {
    CHECK(forwarded_for("203.0.113.9, 198.51.100.7") == "198.51.100.7");
    CHECK(forwarded_for("198.51.100.7") == "198.51.100.7");
    CHECK(forwarded_for("").empty());
}
