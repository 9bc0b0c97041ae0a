#include <catch2/catch.hpp>

#include "moderation/text/fold.hpp"
#include "moderation/text/tokens.hpp"

namespace hearth::moderation {

TEST_CASE("folding makes texts comparable") {
    struct row {
        const char* name;
        std::string original;
        std::string folded;
    };
    const row rows[] = {
        {"empty", "", " "},
        {"case and outer spaces", "  I WANT ", " i want "},
        {"apostrophes part words", "don't d'aller it\u2019s", " don t d aller it s "},
        {"hyphens part words", "pro-ana mati\u2010matian", " pro ana mati matian "},
        {"accents", "Éléonore déçue à l'hôtel", " eleonore decue a l hotel "},
        {"decomposed accents", "e\u0301te\u0301", " ete "},
        {"letters no mark is on", "\u0153uvre \u00f8l na\u00efve stra\u00dfe", " oeuvre ol naive strasse "},
        {"full width", "\uff4b\uff49\uff4c\uff4c", " kill "},
        {"mathematical letters", "\U0001d4f4\U0001d4f2\U0001d4f5\U0001d4f5", " kill "},
        {"circled and squared letters", "\u24da\u24e8\u24e2 \U0001f17a\U0001f188\U0001f182", " kys kys "},
        {"invisible signs", "k\u200bi\u00adl\u2060l", " kill "},
        {"right-to-left overrides", "\u202ekill\u202c", " kill "},
        {"emoji part words", "die\U0001f480now", " die now "},
        {"a flag is no word", "Lyon\U0001f1eb\U0001f1f7 ici", " lyon ici "},
        {"three regional letters are one", "\U0001f1f0\U0001f1fe\U0001f1f8", " kys "},
        {"money is a word", "50\u20ac or $20, 100%", " 50 \u20ac or $ 20 100 % "},
        {"digits stay", "18h30 45kg", " 18h30 45kg "},
        {"other scripts stay", "привет 你好", " привет 你好 "},
        {"controls are spaces", std::string("a\0b\tc", 5), " a b c "},
    };
    for (const auto& row : rows) {
        INFO(row.name);
        const auto result = fold(row.original);
        CHECK(result.text == row.folded);
        CHECK_FALSE(result.invalid_utf8);
    }
}

TEST_CASE("every folded byte leads back to the character it came from") {
    const std::string original = "Tu m'as \U0001f480 DE\u0301C\u0327UE \uff4b\u200b\uff49!";
    const auto result = fold(original);
    REQUIRE(result.text == " tu m as decue ki ");
    REQUIRE(result.begin.size() == result.text.size());
    REQUIRE(result.end.size() == result.text.size());
    const auto source = [&](std::string_view word) {
        const auto at = result.text.find(word);
        return original.substr(result.begin[at], result.end[at + word.size() - 1] - result.begin[at]);
    };
    CHECK(source("tu") == "Tu");
    CHECK(source("as") == "as");
    CHECK(source("decue") == "DE\u0301C\u0327UE");
    CHECK(source("ki") == "\uff4b\u200b\uff49");
    for (std::size_t i = 1; i < result.begin.size(); ++i) {
        CHECK(result.begin[i - 1] <= result.begin[i]);
        CHECK(result.begin[i] <= result.end[i]);
    }
}

TEST_CASE("what is no UTF-8 is told, and the rest still read") {
    const std::string_view broken[] = {"kill \xff yourself", "\xc0\xaf kill yourself", "kill yourself \xed\xa0\x80",
                                       "kill yourself \xf4\x90\x80\x80", "kill yourself \xe2\x82"};
    for (const auto text : broken) {
        const auto result = fold(text);
        CHECK(result.invalid_utf8);
        CHECK(result.text.find(" kill ") != std::string::npos);
        CHECK(result.text.find(" yourself ") != std::string::npos);
    }
}

TEST_CASE("past its bound a text is cut between characters, and says so") {
    std::string text(max_folded_bytes - 1, 'a');
    text += "\u20ac\u20ac";
    const auto result = fold(text);
    CHECK(result.too_long);
    CHECK_FALSE(result.invalid_utf8);
    CHECK_FALSE(fold(std::string(max_folded_bytes, 'a')).too_long);
}

TEST_CASE("words know their sentence and clause") {
    const lexicon words;
    const auto sentences = [&](std::string_view text) {
        token_list list;
        tokenize_into(fold(text), words, list);
        return list;
    };
    CHECK(sentences("One here. Two there! Three? four").sentences.size() == 4);
    CHECK(sentences("One here. Two there! Three? four").sentences[2].question);
    CHECK(sentences("so... it goes on").sentences.size() == 1);
    CHECK(sentences("at 18.30 on example.org or 1,200").sentences.size() == 1);
    CHECK(sentences("first line\nsecond line").sentences.size() == 1);
    CHECK(sentences("Kill. Your. Self.").sentences.size() == 1);
    CHECK(sentences("").sentences.empty());
    const auto clauses = sentences("not well, want to go");
    CHECK(clauses.tokens[1].clause != clauses.tokens[2].clause);
    CHECK(clauses.tokens[2].clause == clauses.tokens[4].clause);
    const auto quoted = sentences("he said \"kill yourself\" to me");
    CHECK_FALSE(quoted.tokens[1].quoted);
    CHECK(quoted.tokens[2].quoted);
    CHECK(quoted.tokens[3].quoted);
    CHECK_FALSE(quoted.tokens[4].quoted);
    CHECK(sentences("weighs 45kg and 12 and kg45").tokens[1].number);
    CHECK_FALSE(sentences("weighs 45kg and 12 and kg45").tokens[5].number);
}

}  // namespace hearth::moderation
