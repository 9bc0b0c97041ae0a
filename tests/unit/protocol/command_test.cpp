#include "protocol/command.hpp"

#include <catch2/catch.hpp>

using namespace hearth;
using namespace hearth::protocol;

namespace {

const limits bounds;

template <class C>
C good(std::string_view line) {
    const auto parsed = parse_command(line, bounds);
    REQUIRE(parsed);
    INFO((parsed->what.has_error() ? parsed->what.error().detail : ""));
    REQUIRE_FALSE(parsed->what.has_error());
    REQUIRE(std::holds_alternative<C>(*parsed->what));
    return std::get<C>(*parsed->what);
}

}  // namespace

TEST_CASE("each command is read with all its fields") {
    const auto h = good<hello>(R"({"type":"hello","id":1,"invite":"abc","name":"Rowan","locale":"fr"})");
    CHECK((h.invite == "abc" && h.name == "Rowan" && h.locale == "fr" && h.token.empty()));
    const auto j = good<join>(R"({"type":"join","id":"x","room":"harbour","after":7,"epoch":"e"})");
    CHECK((j.room == "harbour" && j.after == 7U && j.epoch == "e"));
    CHECK_FALSE(good<join>(R"({"type":"join","id":2,"room":"harbour","after":null})").after);
    CHECK(good<accept>(R"({"type":"accept","id":2,"room":"r","version":3})").version == 3);
    CHECK(good<leave>(R"({"type":"leave","id":2,"room":"r"})").room == "r");
    const auto s =
        good<say>(R"({"type":"say","id":3,"room":"r","key":"k","text":"é\n","reply_to":4,"intent":"relate"})");
    CHECK((s.key == "k" && s.text == "é\n" && s.reply_to == 4U && s.intent == "relate"));
    CHECK(good<edit>(R"({"type":"edit","id":3,"room":"r","seq":4,"text":"t"})").seq == 4);
    CHECK(good<retract>(R"({"type":"retract","id":3,"room":"r","seq":4})").seq == 4);
    const auto r = good<react>(R"({"type":"react","id":3,"room":"r","seq":4,"kind":"hear","on":false})");
    CHECK((r.kind == "hear" && !r.on));
    CHECK(good<report>(R"({"type":"report","id":3,"room":"r","seq":4,"reason":"harassment"})").note.empty());
    CHECK(good<history>(R"({"type":"history","id":3,"room":"r"})").limit == 50);
    CHECK(good<typing>(R"({"type":"typing","room":"r"})").room == "r");
    CHECK(good<ping>(R"({"type":"ping","id":3,"t":{"a":[1]},"more":true})").t == R"({"a":[1]})");
    good<watch>(R"({"type":"watch","id":3,"queue":"review"})");
}

TEST_CASE("what is wrong with a command is named, and the connection goes on") {
    struct row {
        const char* name;
        const char* line;
        errc code;
        const char* field;
        const char* id;
    };
    const std::string long_text =
        R"({"type":"say","id":1,"room":"r","key":"k","text":")" + std::string(4001, 'x') + R"("})";
    const std::string long_key =
        R"({"type":"say","id":1,"room":"r","text":"t","key":")" + std::string(65, 'x') + R"("})";
    const std::string deep = R"({"type":"ping","id":1,"t":)" + std::string(17, '[') + std::string(17, ']') + "}";
    const row rows[] = {
        {"no object", "[1]", errc::bad_request, "", "null"},
        {"a number", "17", errc::bad_request, "", "null"},
        {"too deep", deep.c_str(), errc::bad_request, "", "null"},
        {"half a surrogate pair", R"({"type":"say","id":1,"room":"r","key":"k","text":"\ud83d"})", errc::bad_request,
         "text", "null"},
        {"the second half alone", R"({"type":"say","id":1,"room":"r","key":"k","text":"\udc00x"})", errc::bad_request,
         "text", "null"},
        {"two first halves", R"({"type":"say","id":1,"room":"r","key":"k","text":"\ud83d\ud83d"})", errc::bad_request,
         "text", "null"},
        {"no id", R"({"type":"leave","room":"r"})", errc::bad_request, "id", "null"},
        {"id of a wrong type", R"({"type":"leave","id":[1],"room":"r"})", errc::bad_request, "id", "null"},
        {"id with a fraction", R"({"type":"leave","id":1.5,"room":"r"})", errc::bad_request, "id", "null"},
        {"no type", R"({"id":1})", errc::bad_request, "type", "1"},
        {"type of a wrong type", R"({"id":1,"type":2})", errc::bad_request, "type", "1"},
        {"unknown type", R"({"id":"a","type":"sing"})", errc::unknown_command, "type", "\"a\""},
        {"missing room", R"({"type":"join","id":1})", errc::bad_request, "room", "1"},
        {"empty room", R"({"type":"join","id":1,"room":""})", errc::bad_request, "room", "1"},
        {"room of a wrong type", R"({"type":"join","id":1,"room":5})", errc::bad_request, "room", "1"},
        {"after below zero", R"({"type":"join","id":1,"room":"r","after":-1})", errc::bad_request, "after", "1"},
        {"after with a fraction", R"({"type":"join","id":1,"room":"r","after":1.5})", errc::bad_request, "after", "1"},
        {"missing key", R"({"type":"say","id":1,"room":"r","text":"t"})", errc::bad_request, "key", "1"},
        {"missing text", R"({"type":"say","id":1,"room":"r","key":"k"})", errc::bad_request, "text", "1"},
        {"text of a wrong type", R"({"type":"say","id":1,"room":"r","key":"k","text":{}})", errc::bad_request, "text",
         "1"},
        {"text too long", long_text.c_str(), errc::too_long, "text", "1"},
        {"key too long", long_key.c_str(), errc::too_long, "key", "1"},
        {"unknown intent", R"({"type":"say","id":1,"room":"r","key":"k","text":"t","intent":"sell"})",
         errc::bad_request, "intent", "1"},
        {"unknown reaction", R"({"type":"react","id":1,"room":"r","seq":1,"kind":"like","on":true})", errc::bad_request,
         "kind", "1"},
        {"reaction without on", R"({"type":"react","id":1,"room":"r","seq":1,"kind":"hear"})", errc::bad_request, "on",
         "1"},
        {"unknown reason", R"({"type":"report","id":1,"room":"r","seq":1,"reason":"dull"})", errc::bad_request,
         "reason", "1"},
        {"history of none", R"({"type":"history","id":1,"room":"r","limit":0})", errc::bad_request, "limit", "1"},
        {"history of too many", R"({"type":"history","id":1,"room":"r","limit":101})", errc::bad_request, "limit", "1"},
        {"unknown queue", R"({"type":"watch","id":1,"queue":"all"})", errc::bad_request, "queue", "1"},
    };
    for (const auto& r : rows) {
        INFO(r.name);
        const auto parsed = parse_command(r.line, bounds);
        REQUIRE(parsed);
        CHECK(parsed->id == r.id);
        REQUIRE(parsed->what.has_error());
        CHECK(parsed->what.error().code == r.code);
        CHECK(parsed->what.error().field == r.field);
    }
}

TEST_CASE("text that is no JSON is told apart from a wrong command") {
    for (const auto* line : {"{", "hello", R"({"type":"ping",})", R"({"type":"ping","id":1} x)",
                             R"({"a":"\ud83d\ude00")", "\xff", "{\"a\":\"\x01\"}"}) {
        INFO(line);
        CHECK_FALSE(parse_command(line, bounds));
    }
}

TEST_CASE("length counts characters, not bytes") {
    CHECK(count_chars("") == 0);
    CHECK(count_chars("é😀a") == 3);
    std::string text;
    for (int i = 0; i < 4000; ++i) text += "é";
    CHECK(good<say>(R"({"type":"say","id":1,"room":"r","key":"k","text":")" + text + "\"}").text == text);
}
