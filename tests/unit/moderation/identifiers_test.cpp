#include <catch2/catch.hpp>

#include "moderation/signals/identifiers.hpp"
#include "moderation/signals/pattern.hpp"

namespace hearth::moderation {
namespace {

std::string found(std::string_view original) {
    lexicon words;
    cue_table cues;
    for (const auto* word : {"the", "down", "for", "of", "to"}) {
        cues.add(cue::function_word, 1, parse_pattern(word, {}), words);
    }
    const auto text = fold(original);
    token_list list;
    tokenize_into(text, words, list);
    std::string all;
    for (const auto& one : find_identifiers(original, text, list, cues)) {
        if (!all.empty()) all += " | ";
        all += std::string(rule_of(one.kind)) + " " + std::string(original.substr(one.begin, one.end - one.begin));
    }
    return all;
}

}  // namespace

TEST_CASE("contact data is found") {
    struct row {
        const char* text;
        const char* expected;
    };
    const row rows[] = {
        {"call 555-010-0199 now", "engine.phone 555-010-0199"},
        {"(555) 010-0199", "engine.phone (555) 010-0199"},
        {"+44 7700 900123", "engine.phone +44 7700 900123"},
        {"06 12 34 56 78", "engine.phone 06 12 34 56 78"},
        {"0812-3456-7890 ya", "engine.phone 0812-3456-7890"},
        {"0 6 1 2 3 4 5 6 7 8", "engine.phone 0 6 1 2 3 4 5 6 7 8"},
        {"mail someone.else@example.org please", "engine.email someone.else@example.org"},
        {"@some_name", "engine.handle @some_name"},
        {"insta: name.99", "engine.handle name.99"},
        {"come to https://t.me/group", "engine.invitation https://t.me/group"},
        {"12 Oak Street", "engine.address 12 Oak Street"},
        {"12 bis rue Haute", "engine.address 12 bis rue Haute"},
        {"jl. Melati no 5", "engine.address jl. Melati no 5"},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(found(row.text) == row.expected);
    }
}

TEST_CASE("helplines, dates and counts are no contact data") {
    for (const auto* text : {"call 988",
                             "116 123",
                             "le 3114",
                             "hubungi 119 ext 8",
                             "text HOME to 741741",
                             "1-800-662-4357",
                             "0800 23 13 13",
                             "09 72 39 40 50",
                             "0808 801 0677",
                             "12/05/2024",
                             "2024-05-12",
                             "18:30",
                             "at 10:15, 11:30 and 12:45",
                             "90 days",
                             "10 000 steps",
                             "1,200,000",
                             "1 2 3 4 5 6 7 8 9 10",
                             "2 miles down the road",
                             "https://example.org/page",
                             "and/or",
                             "see you @ 5",
                             "insta is bad for me",
                             "line 12",
                             "room 101"}) {
        INFO(text);
        CHECK(found(text) == "");
    }
}

}  // namespace hearth::moderation
