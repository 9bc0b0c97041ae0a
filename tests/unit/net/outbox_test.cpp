#include "net/outbox.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <random>

#include "protocol/encode.hpp"

using hearth::net::outbox;
using hearth::protocol::frame_text;

namespace {

outbox::shared_bytes shared(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

/// Takes up to `most` bytes as a socket would.
std::string take(outbox& from, std::size_t most, std::size_t parts = 64) {
    std::array<iovec, 64> pieces{};
    const auto count = from.gather(std::span(pieces).first(parts));
    std::string got;
    for (std::size_t i = 0; i < count && got.size() < most; ++i)
        got.append(static_cast<const char*>(pieces.at(i).iov_base), std::min(pieces.at(i).iov_len, most - got.size()));
    from.sent(got.size());
    return got;
}

std::string take_all(outbox& from) {
    std::string all;
    while (!from.empty()) all += take(from, 1'000'000);
    return all;
}

}  // namespace

TEST_CASE("what goes in first comes out first; replies that follow each other share a frame") {
    outbox out;
    out.reply("a");
    out.reply("b");
    out.push(shared("SHARED"));
    out.reply("c");
    out.push(std::string("own"));
    CHECK(take_all(out) == frame_text("a\nb") + "SHARED" + frame_text("c") + "own");
    CHECK(out.bytes() == 0);
}

TEST_CASE("dropping what is unsent keeps the frame that is half on its way") {
    outbox out;
    out.push(shared("first"));
    out.push(shared("second"));
    out.reply("third");
    CHECK(take(out, 2) == "fi");
    out.drop_unsent();
    CHECK(out.bytes() == 3);
    out.push(std::string("bye"));
    CHECK(take_all(out) == "rstbye");

    out.push(shared("whole"));
    out.drop_unsent();
    CHECK(out.empty());
}

TEST_CASE("any order of pushing and sending gives the same bytes and an exact count") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 300; ++round) {
        outbox out;
        std::string expected, got, replies;
        const auto seal = [&] {
            if (!replies.empty()) expected += frame_text(std::exchange(replies, {}));
        };
        for (int step = 0; step < 200; ++step) {
            const std::string bytes(1 + random() % 300, static_cast<char>('a' + random() % 26));
            switch (random() % 4) {
                case 0:
                    seal();
                    expected += bytes;
                    out.push(shared(bytes));
                    break;
                case 1:
                    seal();
                    expected += bytes;
                    out.push(bytes);
                    break;
                case 2:
                    replies += (replies.empty() ? "" : "\n") + bytes;
                    out.reply(bytes);
                    break;
                default: seal(); got += take(out, random() % 2000, 1 + random() % 8);
            }
        }
        seal();
        got += take_all(out);
        REQUIRE(got == expected);
        REQUIRE(out.bytes() == 0);
    }
}
