#include <catch2/catch.hpp>

#include "support.hpp"

namespace hearth::moderation {
namespace {

verdict answer(std::string_view text, std::string_view before) {
    context where;
    where.before = before;
    return testing::real_judge()(text, where);
}

}  // namespace

TEST_CASE("a short answer means what the message before it means") {
    struct row {
        const char* before;
        const char* text;
        const char* category;  // null: nothing
        disposition least;
    };
    using enum disposition;
    const row rows[] = {
        {"I want to die, I can't do this anymore", "same", "suicide.active", publish_and_flag},
        {"j'ai envie de mourir", "moi aussi", "suicide.active", publish_and_flag},
        {"aku pengen mati", "gue juga", "suicide.active", publish_and_flag},
        {"I want to kill myself tonight", "do it", "selfharm.incitement", hold},
        {"je vais en finir ce soir", "vas y fais le", "selfharm.incitement", hold},
        {"aku mau bunuh diri malam ini", "yaudah lakuin", "selfharm.incitement", hold},
        {"I want to kill myself tonight", "please don't do it", nullptr, publish},
        {"je vais en finir ce soir", "non fais pas ça", nullptr, publish},
        {"good morning everyone", "same", nullptr, publish},
        {"shall I call my sister?", "do it", nullptr, publish},
    };
    for (const auto& row : rows) {
        CAPTURE(row.before, row.text);
        const auto result = answer(row.text, row.before);
        CHECK(result.action >= row.least);
        if (row.category != nullptr)
            CHECK(result.category == std::string(row.category));
        else
            CHECK(result.action == publish);
    }
}

TEST_CASE("to feel the same is never withheld") {
    for (const char* text : {"same", "me too", "pareil", "moi aussi", "sama", "gue juga"}) {
        for (const char* before : {"I want to die", "j'ai recommencé à me couper", "aku nyilet lagi semalam"}) {
            CAPTURE(text, before);
            CHECK(answer(text, before).action <= disposition::publish_and_flag);
        }
    }
}

TEST_CASE("an answer's own words come first: a long one is not an echo") {
    const auto result = answer("same time as last week for me, I will bring the biscuits and the tea", "I want to die");
    CHECK(result.action == disposition::publish);
}

}  // namespace hearth::moderation
