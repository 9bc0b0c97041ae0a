#include "identity/names.hpp"

#include <catch2/catch.hpp>

using namespace hearth;
using namespace hearth::identity;

namespace {

std::string times(int count, const std::string& text) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

}  // namespace

TEST_CASE("names that people may have, as they are kept") {
    struct row {
        const char* why;
        std::string given, kept;
    };
    const auto [why, given, kept] = GENERATE(values<row>({
        {"plain", "Rowan", "Rowan"},
        {"one letter", "R", "R"},
        {"spaces at the ends", "  Rowan ", "Rowan"},
        {"spaces between are one", "Rowan \u00a0  B", "Rowan B"},
        {"composed", "E\u0301lodie", "\u00c9lodie"},
        {"punctuation", "O'Neil-Sari (she)", "O'Neil-Sari (she)"},
        {"Arabic, no marks of direction needed", "\u0644\u064a\u0644\u0649", "\u0644\u064a\u0644\u0649"},
        {"Vietnamese", "Nguy\u1ec5n", "Nguy\u1ec5n"},
        {"an emoji in its coloured form", "Sol \u2600\ufe0f", "Sol \u2600\ufe0f"},
        {"forty letters", times(40, "\u00e9"), times(40, "\u00e9")},
        {"eighty code points that are forty once composed", times(40, "e\u0301"), times(40, "\u00e9")},
    }));
    CAPTURE(why);
    const auto got = clean_name(given);
    REQUIRE(got.has_value());
    CHECK(*got == kept);
    CHECK(clean_name(*got).value() == kept);
}

TEST_CASE("names that are not what they look like, or nothing at all") {
    struct row {
        const char* why;
        std::string given;
        errc code;
    };
    const auto [why, given, code] = GENERATE(values<row>({
        {"empty", "", errc::bad_request},
        {"spaces only", " \u00a0\u3000 ", errc::bad_request},
        {"a line break", "Rowan\nMira", errc::bad_request},
        {"a tab", "Rowan\tB", errc::bad_request},
        {"a zero byte", std::string("Row\0an", 6), errc::bad_request},
        {"delete", "Rowan\x7f", errc::bad_request},
        {"a C1 control", "Rowan\u0085", errc::bad_request},
        {"line separator", "Rowan\u2028B", errc::bad_request},
        {"right-to-left override", "\u202enawoR", errc::bad_request},
        {"isolate", "\u2066Rowan\u2069", errc::bad_request},
        {"left-to-right mark", "Rowan\u200e", errc::bad_request},
        {"zero-width space", "Row\u200ban", errc::bad_request},
        {"zero-width joiner", "Row\u200dan", errc::bad_request},
        {"word joiner", "Rowan\u2060", errc::bad_request},
        {"byte order mark", "\ufeffRowan", errc::bad_request},
        {"soft hyphen", "Row\u00adan", errc::bad_request},
        {"Hangul filler", "\u3164", errc::bad_request},
        {"braille blank", "\u2800", errc::bad_request},
        {"combining grapheme joiner", "Row\u034fan", errc::bad_request},
        {"tag characters", "Rowan\U000e0041", errc::bad_request},
        {"private use", "Rowan\ue000", errc::bad_request},
        {"no character", "Rowan\uffff", errc::bad_request},
        {"variation selector on a letter", "Rowan\ufe0f", errc::bad_request},
        {"a tower of marks", "R" + times(4, "\u0335"), errc::bad_request},
        {"a mark on nothing", "\u0301Rowan", errc::bad_request},
        {"a mark on a space", "Rowan \u0335B", errc::bad_request},
        {"not UTF-8", "Rowan\xff", errc::bad_request},
        {"an overlong form", "\xc0\xaf", errc::bad_request},
        {"half a surrogate", "\xed\xa0\x80", errc::bad_request},
        {"forty-one letters", times(41, "\u00e9"), errc::too_long},
        {"very long", std::string(100'000, 'x'), errc::too_long},
    }));
    CAPTURE(why);
    const auto got = clean_name(given);
    REQUIRE(got.has_error());
    CHECK(got.error().code == code);
    CHECK(got.error().field == "name");
    if (code == errc::too_long) CHECK(got.error().limit == 40);
}

TEST_CASE("slugs") {
    for (const char* fine : {"a", "harbour", "night-watch-2", "-", "0"}) CHECK(valid_slug(fine));
    for (const char* wrong : {"", "Harbour", "a b", "a_b", "a/b", "\u00e9", "a."}) CHECK_FALSE(valid_slug(wrong));
    CHECK(valid_slug(std::string(40, 'a')));
    CHECK_FALSE(valid_slug(std::string(41, 'a')));
}

TEST_CASE("code points are counted, not bytes") {
    CHECK(count_code_points("") == 0);
    CHECK(count_code_points("a\u00e9\u4e00\U0001f600") == 4);
    CHECK_FALSE(count_code_points("\x80"));
}
