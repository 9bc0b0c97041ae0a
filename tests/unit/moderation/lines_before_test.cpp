// What an author said just before counts, where the new line is short and says nothing alone.
#include <catch2/catch.hpp>

#include "support.hpp"

namespace hearth::moderation {
namespace {

verdict after(std::string_view own, std::string_view text) {
    context where;
    where.own_before = own;
    return testing::whole_judge()(text, where);
}

}  // namespace

TEST_CASE("a few words finish what their author began") {
    struct row {
        const char* own;
        const char* text;
        const char* category;
    };
    const row rows[] = {
        {"you should just go", "kill yourself", "selfharm.incitement"},
        {"honestly just go and kill", "yourself", "selfharm.incitement"},
        {"va te", "pendre", "selfharm.incitement"},
        {"j'ai envie de", "mourir", "suicide.active"},
        {"mending lo", "mati aja", "selfharm.incitement"},
        {"mending lo bunuh", "diri aja", "selfharm.incitement"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.own, row.text);
        const auto result = after(row.own, row.text);
        CHECK(result.action >= disposition::publish_and_flag);
        CHECK(result.category == std::string(row.category));
        for (const auto& one : result.signals) CHECK(one.end <= std::string_view(row.text).size());
    }
}

TEST_CASE("what was only begun is shown, never withheld: half of it stands there already") {
    CHECK(after("honestly just go and kill", "yourself").action == disposition::publish_and_flag);
    CHECK(after("va te", "pendre").action == disposition::publish_and_flag);
}

TEST_CASE("what was judged when it was said is not raised again by what follows") {
    for (const char* next : {"anyway", "good morning", "thanks for listening", "brb"}) {
        CAPTURE(next);
        CHECK(after("I want to die, I can't do this anymore", next).action == disposition::publish);
    }
}

TEST_CASE("harmless lines stay harmless together") {
    for (const auto& [own, next] :
         {std::pair{"the cat is back", "so happy"}, std::pair{"I have group tonight", "wish me luck"},
          std::pair{"on a fait un gâteau", "trop bon"}, std::pair{"tadi hujan deras", "banjir lagi deh"}}) {
        CAPTURE(own, next);
        CHECK(after(own, next).action == disposition::publish);
    }
}

TEST_CASE("an answer whose question could not be read goes before a person") {
    context where;
    where.before_unread = true;
    const auto result = testing::whole_judge()("ok do it", where);
    CHECK(result.action == disposition::publish_and_flag);
    REQUIRE_FALSE(result.signals.empty());
    CHECK(result.signals.back().rule == "engine.before_unread");
}

TEST_CASE("a long line speaks for itself") {
    const auto result =
        after("honestly just go and kill", "the lights in the kitchen before you leave, i always forget them");
    CHECK(result.action == disposition::publish);
}

}  // namespace hearth::moderation
