#include "rooms/addressing.hpp"

#include <catch2/catch.hpp>

using namespace hearth;

TEST_CASE("whom a line names") {
    const std::vector<person> present{{{"u1"}, "Rowan", role::member},
                                      {{"u2"}, "Sage", role::member},
                                      {{"u3"}, "Élo", role::member},
                                      {{"u4"}, "May", role::member}};
    const auto named = [&](std::string_view text, std::string author = "u9") {
        std::string ids;
        for (const auto& id : rooms::named_in(text, present, {std::move(author)})) ids += id.value + " ";
        return ids;
    };
    struct row {
        const char* text;
        const char* expected;
    };
    const row rows[] = {
        {"Rowan, how are you", "u1 "},
        {"thanks @rowan!", "u1 "},
        {"thanks rowan", ""},
        {"Sage and Rowan came", "u1 u2 "},
        {"a sage thought", ""},
        {"Rowanberry jam", ""},
        {"the Sagebrush", ""},
        {"merci Élo", "u3 "},
        {"ÉloÉ", ""},
        {"I may come", ""},
        {"@may will you come", "u4 "},
        {"", ""},
        {"@", ""},
        {"(Sage)", "u2 "},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(named(row.text) == row.expected);
    }
    CHECK(named("I am Rowan", "u1").empty());
}
