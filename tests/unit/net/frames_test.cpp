// Frames however their bytes happen to arrive: what comes out must not depend on where the network cut them.
#include "net/frames.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using hearth::net::frame_reader;
using kind = hearth::net::frame_reader::kind;

namespace {

struct said {
    kind what;
    std::string payload;
    bool operator==(const said&) const = default;
};

std::string masked(unsigned opcode, std::string payload, std::mt19937& random, bool last = true) {
    std::string frame;
    frame += static_cast<char>((last ? 0x80U : 0U) | opcode);
    if (payload.size() < 126) {
        frame += static_cast<char>(0x80U | payload.size());
    } else if (payload.size() < 65'536) {
        frame += static_cast<char>(0x80U | 126U);
        frame += static_cast<char>(payload.size() >> 8U);
        frame += static_cast<char>(payload.size() & 0xFFU);
    } else {
        frame += static_cast<char>(0x80U | 127U);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame += static_cast<char>(payload.size() >> static_cast<unsigned>(shift));
    }
    const std::string key{static_cast<char>(random()), static_cast<char>(random()), static_cast<char>(random()),
                          static_cast<char>(random())};
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<char>(payload[i] ^ key[i % 4]);
    return frame + key + payload;
}

/// Feeds `bytes` in pieces of at most `piece` bytes; each piece dies after its turn, as a shared buffer does.
std::vector<said> read(frame_reader& reader, const std::string& bytes, std::size_t piece, std::mt19937& random) {
    std::vector<said> got;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto n = std::min<std::size_t>(1 + random() % piece, bytes.size() - at);
        std::string part = bytes.substr(at, n);
        reader.feed(std::span(part.data(), part.size()));
        while (const auto item = reader.next()) got.push_back({item->what, std::string(item->payload)});
        at += n;
    }
    return got;
}

}  // namespace

TEST_CASE("Frames come out the same wherever they were cut") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes;
        std::vector<said> sent;
        for (int i = 0; i < 12; ++i) {
            const std::string text(random() % (random() % 10 == 0 ? 70'000 : 300),
                                   static_cast<char>('a' + random() % 26));
            switch (random() % 4) {
                case 0: {  // in fragments, with a ping between them
                    const auto cut = text.size() / 2;
                    bytes += masked(1, text.substr(0, cut), random, false) + masked(9, "p", random) +
                             masked(0, text.substr(cut), random);
                    sent.push_back({kind::ping, "p"});
                    sent.push_back({kind::text, text});
                    break;
                }
                case 1:
                    bytes += masked(2, text, random);
                    sent.push_back({kind::binary, text});
                    break;
                default: bytes += masked(1, text, random); sent.push_back({kind::text, text});
            }
        }
        frame_reader reader(100'000);
        REQUIRE(read(reader, bytes, random() % 3 == 0 ? 3 : 30'000, random) == sent);
        REQUIRE(!reader.wrong());
    }
}

TEST_CASE("What no client may send is told by its first bytes") {
    std::mt19937 random(1);
    using fault = frame_reader::fault;
    const struct {
        const char* name;
        std::string bytes;
        fault expected;
    } cases[] = {
        {"not masked", std::string("\x81\x02{}", 4), fault::protocol},
        {"a reserved bit", std::string("\xC1\x80", 2), fault::protocol},
        {"a reserved opcode", masked(3, "", random), fault::protocol},
        {"a long ping", masked(9, std::string(126, 'x'), random), fault::protocol},
        {"a ping in fragments", masked(9, "x", random, false), fault::protocol},
        {"a continuation of nothing", masked(0, "x", random), fault::protocol},
        {"a message inside another", masked(1, "x", random, false) + masked(1, "y", random), fault::protocol},
        {"too big, by its header", masked(1, std::string(70'000, 'x'), random).substr(0, 14), fault::too_big},
        {"too big in sum", masked(1, std::string(600, 'x'), random, false) + masked(0, std::string(600, 'x'), random),
         fault::too_big},
    };
    for (const auto& each : cases) {
        INFO(each.name);
        frame_reader reader(1'000);
        const auto got = read(reader, masked(1, "before", random) + each.bytes, 5, random);
        REQUIRE(got.size() == 1);
        CHECK(got.front().payload == "before");
        REQUIRE(reader.wrong());
        CHECK(*reader.wrong() == each.expected);
    }
}

TEST_CASE("Close codes, control frames and the answer to a key") {
    using hearth::net::close_code_of;
    CHECK(close_code_of("") == 1005);
    CHECK(!close_code_of("x"));
    CHECK(close_code_of(std::string("\x03\xE8", 2)) == 1000);
    CHECK(!close_code_of(std::string("\x03\xED", 2)));  // 1005 is never sent
    CHECK(close_code_of(std::string("\x0F\xA0", 2)) == 4000);
    CHECK(hearth::net::close_frame(4000) == std::string("\x88\x02\x0F\xA0", 4));
    CHECK(hearth::net::close_frame(4000, "{}") == std::string("\x88\x04\x0F\xA0{}", 6));
    CHECK(hearth::net::pong_frame("ab") == std::string("\x8A\x02"
                                                       "ab",
                                                       4));
    CHECK(hearth::net::ping_frame() == std::string("\x89\x00", 2));
    CHECK(hearth::net::accept_for("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");  // RFC 6455, 1.3
}
