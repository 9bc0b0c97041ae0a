#include "protocol/encode.hpp"

#include <catch2/catch.hpp>

#include "protocol/json_text.hpp"

using namespace hearth;
using namespace hearth::protocol;

namespace {

event message() {
    event e;
    e.seq = 7;
    e.at = time_point(std::chrono::milliseconds(1'767'225'600'007));  // 2026-01-01T00:00:00.007Z
    e.author = {user_id{"u1"}, "Rowan \"R\"", role::member};
    e.key = "k1";
    e.fields = R"("reply_to":3)";
    e.text = "line\none";
    return e;
}

std::string line(const event& e) {
    std::string out;
    append_event(out, e, "harbour");
    return out;
}

const std::string from = R"({"id":"u1","name":"Rowan \"R\"","roles":["member"]})";
const std::string head = R"("room":"harbour","seq":7,"at":"2026-01-01T00:00:00.007Z")";

}  // namespace

TEST_CASE("events are written as the wire fixes them") {
    auto e = message();
    const auto body = R"("from":)" + from + R"(,"key":"k1","reply_to":3,"text":"line\none")";
    CHECK(line(e) == R"({"type":"message",)" + head + "," + body + "}");

    e.was_edited = true;
    CHECK(line(e) == R"({"type":"message",)" + head + "," + body + R"(,"edited":true})");
    e.was_edited = false;
    e.seen_by = audience::author_and_staff;
    CHECK(line(e) == R"({"type":"message",)" + head + "," + body + R"(,"held":true})");
    e.seen_by = audience::author_only;
    CHECK(line(e) == R"({"type":"message",)" + head + "," + body + R"(,"blocked":true})");

    e = message();
    e.text.reset();
    CHECK(line(e) ==
          R"({"type":"message",)" + head + R"(,"from":)" + from + R"(,"key":"k1","reply_to":3,"retracted":true})");

    e = message();
    e.type = event_type::released;
    e.target = 4;
    CHECK(line(e) == R"({"type":"released",)" + head + R"(,"target":4,"message":{)" + body + "}}");

    auto card = message();
    card.type = event_type::notice;
    card.author = {};
    card.fields.clear();
    card.text = R"("notice":{},"card":{})";
    CHECK(line(card) == R"({"type":"notice",)" + head + R"(,"notice":{},"card":{}})");
    card.text.reset();
    CHECK(line(card) == R"({"type":"notice",)" + head + R"(,"retracted":true})");
    card.seen_by = audience::person;
    card.fields = R"("notice":{})";
    CHECK(line(card) == R"({"type":"notice",)" + head + R"(,"notice":{}})");

    e.type = event_type::edited;
    CHECK(line(e) == R"({"type":"edited",)" + head + R"(,"target":4,"text":"line\none"})");
    e.text.reset();
    CHECK(line(e) == R"({"type":"edited",)" + head + R"(,"target":4,"retracted":true})");

    e.type = event_type::retracted;
    e.fields = R"("by":"moderator")";
    CHECK(line(e) == R"({"type":"retracted",)" + head + R"(,"target":4,"by":"moderator"})");

    e.type = event_type::reaction;
    e.fields = R"("kind":"hear","on":true)";
    CHECK(line(e) ==
          R"({"type":"reaction",)" + head + R"(,"target":4,"from":)" + from + R"(,"kind":"hear","on":true})");
}

TEST_CASE("a repeated ack is the first one to the letter") {
    auto e = message();
    e.ack = R"("disposition":"held","notice":{})";
    std::string out;
    append_say_ack(out, "\"a\"", e);
    CHECK(
        out ==
        R"({"type":"ack","id":"a","key":"k1","seq":7,"at":"2026-01-01T00:00:00.007Z","disposition":"held","notice":{}})");
}

TEST_CASE("an error names field, limit and wait where there are any") {
    std::string out;
    append_error(out, "5", {errc::too_long, "text", "", 4000, std::chrono::milliseconds(250)}, "A sentence");
    CHECK(
        out ==
        R"({"type":"error","id":5,"code":"too_long","message":"A sentence","field":"text","limit":4000,"retry_after_ms":250})");
    out.clear();
    append_error(out, "null", failure{}, "Later");
    CHECK(out == R"({"type":"error","id":null,"code":"try_later","message":"Later"})");
}

TEST_CASE("strings are escaped so that any text is one JSON string") {
    std::string out;
    append_string(out, std::string_view("a\"b\\c\n\r\t\x01\0é😀", 16));
    CHECK(out == R"("a\"b\\c\n\r\t\u0001\u0000é😀")");
}

TEST_CASE("frames carry their length in the form RFC 6455 asks") {
    CHECK(frame_text("hi") == std::string("\x81\x02hi"));
    CHECK(frame_text(std::string(125, 'x')).size() == 127);
    const auto medium = frame_text(std::string(126, 'x'));
    CHECK(medium.substr(0, 4) == std::string("\x81\x7e\x00\x7e", 4));
    CHECK(medium.size() == 130);
    const auto large = frame_text(std::string(65'536, 'x'));
    CHECK(large.substr(0, 10) == std::string("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
    CHECK(large.size() == 65'546);
}
