#include "identity/token.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace hearth::identity;

TEST_CASE("a token is 128 bits in base64url") {
    std::set<std::string> all;
    for (int i = 0; i < 1'000; ++i) {
        const std::string token = new_token();
        REQUIRE(token.size() == 22);
        REQUIRE(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
                std::string::npos);
        // 22 characters hold 132 bits; the last four are padding and always zero.
        REQUIRE(std::string("AQgw").find(token.back()) != std::string::npos);
        REQUIRE(token.front() != '-');  // an option, to whom it is given on a command line
        all.insert(token);
    }
    CHECK(all.size() == 1'000);
}

TEST_CASE("a token's hash is SHA-256, raw") {
    const std::string hash = hash_token("abc");
    REQUIRE(hash.size() == 32);
    // FIPS 180-2, appendix B.1
    const unsigned char expected[] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                      0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                      0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
    CHECK(hash == std::string(reinterpret_cast<const char*>(expected), sizeof expected));
    CHECK(hash_token("") != hash_token("a"));
}

TEST_CASE("an id is its kind and 13 letters that are not mistaken for each other") {
    std::set<std::string> all;
    std::set<char> letters;
    for (int i = 0; i < 1'000; ++i) {
        const std::string id = new_id('u');
        REQUIRE(id.size() == 14);
        REQUIRE(id[0] == 'u');
        letters.insert(id.begin() + 1, id.end());
        all.insert(id);
    }
    CHECK(all.size() == 1'000);
    CHECK(letters.size() == 32);
    for (const char mistaken : {'i', 'l', 'o', 'u'}) CHECK(letters.count(mistaken) == 0);
}

TEST_CASE("secrets are the same only when all of them is") {
    CHECK(same_secret("", ""));
    CHECK(same_secret("abc", "abc"));
    CHECK_FALSE(same_secret("abc", "abd"));
    CHECK_FALSE(same_secret("abc", "ab"));
    CHECK_FALSE(same_secret("abc", ""));
}
