// Texts made to be slow or to break something: shared by the measuring tool and the tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hearth::moderation {

struct nasty_text {
    std::string name;
    std::string text;
};

inline std::string repeated(std::string_view unit, std::size_t characters, std::size_t per_unit) {
    std::string all;
    for (std::size_t i = 0; i + per_unit <= characters; i += per_unit) all += unit;
    return all;
}

/// Each about `characters` code points long.
inline std::vector<nasty_text> nasty_texts(std::size_t characters) {
    const auto of = [&](std::string name, std::string_view unit, std::size_t per_unit) {
        return nasty_text{std::move(name), repeated(unit, characters, per_unit)};
    };
    return {
        of("one letter", "a", 1),
        of("single letters", "k ", 2),
        of("combining marks", "\xCC\x81", 1),
        of("letter with marks", "e\xCC\x81\xCC\x82\xCC\x83", 4),
        of("right-to-left overrides", "\xE2\x80\xAEk", 2),
        of("zero-width joiners", "k\xE2\x80\x8Dys ", 5),
        of("emoji between letters",
           "k\xF0\x9F\x94\xAA"
           "i\xF0\x9F\x94\xAA",
           4),
        of("long ligatures", "\xEF\xB7\xBA", 1),
        of("disclosures", "i want to die ", 14),
        of("incitement", "kill yourself now ", 18),
        of("people", "i you he she me my you ", 23),
        of("negations", "i don't not never want to die and ", 34),
        of("leet", "k1ll y0ur53lf ", 14),
        of("leet without spaces", "k1ll!", 5),
        of("run together", "wanttodiekillyourselfnow ", 25),
        of("one long word", "killyourself", 12),
        of("numbers", "45kg 12 600 kcal ", 17),
        of("telephone digits", "0 6 1 2 3 ", 10),
        of("at signs", "@", 1),
        of("mail-like", "a.b-c@d.e", 9),
        of("slashes", "a/", 2),
        of("quotes", "\"die\" ", 6),
        of("sentences", "die. ", 5),
        of("mixed languages", "je veux mourir aku mau mati i want to die ", 42),
        of("censored", "k*ll y*urs*lf ", 14),
        of("Cyrillic look-alikes", "\xD0\xBAi\xD0\xBBl y\xD0\xBEu ", 9),
        of("brackets", "((((", 4),
        of("newlines", "die\n", 4),
        of("function words", "i to the a and of in you my it ", 31),
        of("drug words", "buy sell pills xanax cheap dm me ", 33),
    };
}

}  // namespace hearth::moderation
