#include <catch2/catch.hpp>

#include <boost/json.hpp>
#include <sstream>

#include "moderation/command.hpp"
#include "support.hpp"

namespace hearth::moderation {
namespace {

namespace json = boost::json;

judge small_judge() {
    testing::pack_folder folder;
    folder.put("en/harassment.toml", testing::one_rule("harassment", "patterns = [\"you zorp\"]"));
    folder.put("en/eating.promotion.toml",
               testing::one_rule("eating.promotion", "patterns = [\"zorp contest\"]\ncontext_topic = \"eating\""));
    return judge(load_rules({folder.path(), {}, {}}));
}

std::vector<std::string> moderate(const std::string& input, const moderate_options& options = {}) {
    auto judges = small_judge();
    std::istringstream in(input);
    std::ostringstream out, err;
    CHECK(run_moderate(in, out, err, judges, options) == 0);
    CHECK(err.str().empty());
    std::vector<std::string> lines;
    std::istringstream result(out.str());
    for (std::string line; std::getline(result, line);) lines.push_back(line);
    return lines;
}

json::object one(const std::string& line) {
    const auto lines = moderate(line + "\n");
    REQUIRE(lines.size() == 1);
    return json::parse(lines[0]).as_object();
}

}  // namespace

TEST_CASE("one verdict per line, with exactly the public fields") {
    const auto lines = moderate("{\"text\":\"good morning\",\"id\":7}\n{\"text\":\"oh you zorp\"}");
    REQUIRE(lines.size() == 2);
    CHECK(
        lines[0] ==
        R"({"id":7,"disposition":"publish","category":null,"lane":null,"severity":0,"score":0,"notice":false,"page":false,"signals":[]})");
    const auto held = json::parse(lines[1]).as_object();
    CHECK(held.size() == 8);
    CHECK(held.at("disposition") == "hold");
    CHECK(held.at("category") == "harassment");
    CHECK(held.at("lane") == "harm");
    CHECK(held.at("severity") == 3);
    CHECK(held.at("notice") == true);
    CHECK(held.at("page") == false);
    const auto& signal = held.at("signals").as_array().at(0).as_object();
    CHECK(signal.size() == 5);
    CHECK(signal.at("rule") == "en.harassment.test");
    CHECK(signal.at("start") == 3);
    CHECK(signal.at("end") == 11);
}

TEST_CASE("offsets are UTF-8 bytes of the original text") {
    const auto result = one(R"({"text":"\u00e9\ud83d\ude00 YOU z\u00f3rp!"})");
    const auto& signal = result.at("signals").as_array().at(0).as_object();
    CHECK(signal.at("start") == 7);
    CHECK(signal.at("end") == 16);
}

TEST_CASE("id, topic and language come from the line or from the options") {
    CHECK(one(R"({"text":"x","id":"a\"b"})").at("id") == "a\"b");
    CHECK(one(R"({"text":"x","id":null})").at("id").is_null());
    CHECK(one(R"({"text":"zorp contest"})").at("disposition") == "publish");
    CHECK(one(R"({"text":"zorp contest","room_topic":"eating","lang":"en"})").at("disposition") == "hold");
    CHECK(one(R"({"text":"zorp contest","room_topic":"eating","lang":["en","fr"]})").at("disposition") == "hold");
    CHECK(one(R"({"text":"zorp contest","room_topic":null,"lang":null,"other":[1]})").at("disposition") == "publish");
    moderate_options eating;
    eating.room_topic = "eating";
    CHECK(json::parse(moderate("{\"text\":\"zorp contest\"}\n", eating)[0]).at("disposition") == "hold");
    CHECK(json::parse(moderate("{\"text\":\"zorp contest\",\"room_topic\":\"mood\"}\n", eating)[0]).at("disposition") ==
          "publish");
}

TEST_CASE("what cannot be read goes before a person, one line each") {
    struct row {
        const char* name;
        std::string line;
        bool id;
    };
    const row rows[] = {
        {"not JSON", "hello", false},
        {"half an object", "{\"text\":\"x\"", false},
        {"an array", "[1]", false},
        {"a string", "\"text\"", false},
        {"no text", "{\"id\":1}", true},
        {"text is a number", "{\"text\":5,\"id\":1}", true},
        {"text is null", "{\"id\":1,\"text\":null}", true},
        {"topic is a number", "{\"id\":1,\"text\":\"x\",\"room_topic\":5}", true},
        {"language is a number", "{\"id\":1,\"text\":\"x\",\"lang\":5}", true},
        {"a lone surrogate", "{\"id\":1,\"text\":\"\\ud800\"}", false},
        {"escaped NUL", "{\"id\":1,\"text\":\"a\\u0000b\"}", true},
        {"raw NUL", std::string("{\"id\":1,\"text\":\"a\0b\"}", 20), false},
        {"invalid UTF-8", "{\"id\":1,\"text\":\"\xff\"}", false},
        {"empty", "", false},
        {"only a carriage return", "\r", false},
        {"two objects", "{\"text\":\"x\"}{\"text\":\"y\"}", false},
        {"deep nesting", std::string(5000, '[') + std::string(5000, ']'), false},
        {"over a megabyte", "{\"text\":\"" + std::string(1024 * 1024, 'a') + "\"}", false},
    };
    for (const auto& row : rows) {
        INFO(row.name);
        const auto lines = moderate(row.line + "\n{\"text\":\"good\",\"id\":\"next\"}\n");
        REQUIRE(lines.size() == 2);
        const auto result = json::parse(lines[0]).as_object();
        CHECK(result.at("disposition") == "publish_and_flag");
        CHECK(result.contains("error"));
        CHECK(result.contains("id") == row.id);
        const auto& signals = result.at("signals").as_array();
        REQUIRE(signals.size() == 1);
        CHECK(std::string(signals[0].at("rule").as_string()).starts_with("engine."));
        CHECK(json::parse(lines[1]).at("id") == "next");
        CHECK(json::parse(lines[1]).at("disposition") == "publish");
    }
}

TEST_CASE("a bad line's text is judged when there is one") {
    CHECK(one(R"({"text":"you zorp\u0000"})").at("disposition") == "hold");
    CHECK(one(R"({"text":"you zorp","lang":1})").at("disposition") == "hold");
}

TEST_CASE("long text within a line is judged in its first part and flagged") {
    const auto result = one("{\"text\":\"you zorp " + std::string(900'000, 'a') + "\"}");
    CHECK(result.at("disposition") == "hold");
    bool told = false;
    for (const auto& signal : result.at("signals").as_array()) told = told || signal.at("rule") == "engine.too_long";
    CHECK(told);
}

TEST_CASE("line ends and byte order marks of other systems are understood") {
    const auto lines = moderate("\xEF\xBB\xBF{\"text\":\"you zorp\"}\r\n{\"text\":\"good\"}\r\n");
    REQUIRE(lines.size() == 2);
    CHECK(json::parse(lines[0]).at("disposition") == "hold");
    CHECK(json::parse(lines[1]).at("disposition") == "publish");
    CHECK(moderate("").empty());
}

TEST_CASE("an output that cannot be written ends the command") {
    auto judges = small_judge();
    std::istringstream in("{\"text\":\"x\"}\n");
    std::ostringstream out, err;
    out.setstate(std::ios::badbit);
    CHECK(run_moderate(in, out, err, judges) == 1);
    CHECK_FALSE(err.str().empty());
}

}  // namespace hearth::moderation
