#include <catch2/catch.hpp>

#include "moderation/text/repair.hpp"

namespace hearth::moderation {
namespace {

// The text as it reads without its disguises, or "-" when there is nothing to undo.
std::string repaired(std::string_view original, std::string* source = nullptr) {
    lexicon words;
    repair_index index;
    for (const auto* word :
         {"kill", "yourself", "thinspo", "proana", "suicide", "kys", "pro", "ana", "bunuh", "mourir"}) {
        words.add(word);
        index.add(word, 4);
    }
    for (const auto* word :
         {"i", "want", "to", "you", "veux", "je", "the", "go", "now", "do", "it", "check", "in", "at"}) {
        words.add(word);
        index.add(word, 0);
    }
    index.seal();
    variants accepted;
    accepted.add("unalyve", "suicide");
    accepted.add("now", "suicide");  // a known word stays what it is
    const auto plain = fold(original);
    token_list list;
    tokenize_into(plain, words, list);
    folded out;
    std::vector<repaired_range> changed;
    if (!repair_into(original, plain, list, 0xFF, index, accepted, out, changed)) return "-";
    if (source != nullptr)
        *source =
            original.substr(out.begin[changed[0].begin], out.end[changed[0].end - 1] - out.begin[changed[0].begin]);
    return out.text;
}

}  // namespace

TEST_CASE("disguises are undone") {
    struct row {
        const char* original;
        const char* read;
    };
    const row rows[] = {
        {"th1nspo now", " thinspo now "},
        {"k1ll y0urself!", " kill yourself "},
        {"$uicide", " suicide "},
        {"k!ll yourself!!", " kill yourself "},
        {"p r o - a n a", " pro ana "},
        {"k i l l  y o u r s e l f", " kill yourself "},
        {"k i l l y o u r s e l f", " kill yourself "},
        {"k.y.s", " kys "},
        {"k_y_s", " kys "},
        {"s-u-i-c-i-d-e", " suicide "},
        {"suuuuicide", " suicide "},
        {"kiiiill yourself", " kill yourself "},
        {"k*ll yourself", " kill yourself "},
        {"s**cide", " suicide "},
        {"k\U0001f52ai\U0001f52al\U0001f52al yourself", " kill yourself "},
        {"\u043aill yourself", " kill yourself "},
        {"killyourselfnow", " kill yourself now "},
        {"#KillYourself", " kill yourself "},
        {"sui cide", " suicide "},
        {"bu nuh", " bunuh "},
        {"pr0-4na", " proana "},
        {"suicde", " suicide "},
        {"thynspo now", " thinspo now "},
        {"siucide", " suicide "},
        {"yourselff", " yourself "},
        {"ssuicidee", " suicide "},
        {"Unalyve, now", " suicide now "},
    };
    for (const auto& row : rows) {
        INFO(row.original);
        CHECK(repaired(row.original) == row.read);
    }
}

TEST_CASE("ordinary signs and digits stay what they are") {
    for (const auto* text :
         {"the 12 steps at 18h30", "45kg", "check-in at 7", "hello!!!", "don't", "a b", "soooo good", "me@example.org",
          "https://example.org/kill-yourself", "5*3", "c'est l'été", "**now**", "1 2 3 4 5", "therapist killjoys"}) {
        INFO(text);
        CHECK(repaired(text) == "-");
    }
}

TEST_CASE("a disguise undone leads back to all of it") {
    std::string source;
    REQUIRE(repaired("go k.1.l.l now", &source) == " go kill now ");
    CHECK(source == "k.1.l.l");
    REQUIRE(repaired("je p r o - a n a", &source) == " je pro ana ");
    CHECK(source == "p r o - a n a");
}

}  // namespace hearth::moderation
