#include <catch2/catch.hpp>

#include "remote/answer.hpp"

namespace hearth::remote {

TEST_CASE("scores of the moderation shape become findings of the taxonomy, strongest first") {
    const auto found = read_answer(
        R"({"id":"x","results":[{"flagged":true,"categories":{"harassment":true},"category_scores":
        {"harassment":0.81,"harassment/threatening":0.92,"self-harm/intent":0.95,"violence/graphic":0.99,"sexual":0.1}}]})",
        0.8);
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 2);
    CHECK((*found)[0].category == "suicide.active");
    CHECK((*found)[0].said == "self-harm/intent");
    CHECK((*found)[1].category == "harassment");
    CHECK((*found)[1].said == "harassment/threatening");  // the stronger of the two
    CHECK((*found)[1].score == Approx(0.92));
}

TEST_CASE("a house's own classifier may speak in taxonomy ids") {
    const auto found = read_answer(R"({"results":[{"category_scores":{"misinfo.cure":1,"nonsense":1}}]})", 0.5);
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 1);
    CHECK(found->front().category == "misinfo.cure");
}

TEST_CASE("nothing above the threshold is no finding") {
    const auto found = read_answer(R"({"results":[{"category_scores":{"harassment":0.79}}]})", 0.8);
    REQUIRE(found.has_value());
    CHECK(found->empty());
}

TEST_CASE("an answer of another shape says what it lacks") {
    const std::pair<const char*, const char*> rows[] = {
        {"", "answer"},
        {"[]", "answer"},
        {"<html>", "answer"},
        {"{}", "results"},
        {R"({"results":[]})", "results"},
        {R"({"results":[1]})", "results"},
        {R"({"results":[{}]})", "category_scores"},
        {R"({"results":[{"category_scores":{"harassment":"high"}}]})", "category_scores"},
    };
    for (const auto& [text, field] : rows) {
        CAPTURE(text);
        const auto found = read_answer(text, 0.5);
        REQUIRE(found.has_error());
        CHECK(found.error().field == field);
    }
}

TEST_CASE("the question carries the text and nothing else of the room") {
    CHECK(write_question("m", "say \"hi\"\n") == R"({"model":"m","input":"say \"hi\"\n"})");
}

}  // namespace hearth::remote
