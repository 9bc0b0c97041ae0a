#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "moderation/signals/anchors.hpp"
#include "moderation/signals/needs.hpp"
#include "moderation/signals/pattern.hpp"
#include "moderation/signals/program.hpp"

namespace hearth::moderation {
namespace {

const std::map<std::string, std::vector<std::string>, std::less<>> lists{
    {"die", {"die", "kill myself", "end (my life|it)"}},
    {"empty", {}},
    {"loop", {"{loop}"}},
};

const std::vector<std::string>* look_up(std::string_view name) {
    const auto found = lists.find(name);
    return found == lists.end() ? nullptr : &found->second;
}

// Whether the pattern matches anywhere in the text, and the words it covers.
std::string matched(std::string_view pattern, std::string_view text) {
    lexicon words;
    const program compiled(parse_pattern(pattern, look_up), words);
    const auto folded_text = fold(text);
    token_list list;
    tokenize_into(folded_text, words, list);
    program_scratch scratch;
    for (const auto& sentence : list.sentences) {
        if (const auto span = compiled.search(folded_text, list.tokens, sentence.first, sentence.last, scratch)) {
            const auto from = list.tokens[span->first].begin;
            return folded_text.text.substr(from, list.tokens[span->last - 1].end - from);
        }
    }
    return "-";
}

}  // namespace

TEST_CASE("patterns match what their README says") {
    struct row {
        const char* pattern;
        const char* text;
        const char* words;
    };
    const row rows[] = {
        {"want to die", "I WANT to die!", "want to die"},
        {"want to die", "unwanted to diet", "-"},
        {"tue", "see you Tuesday", "-"},
        {"(want|need to) die", "i need to die", "need to die"},
        {"(want|need to) die", "i need die", "-"},
        {"want [really] die", "want die", "want die"},
        {"want [really|so] die", "want so die", "want so die"},
        {"want to {die}", "i want to end my life", "want to end my life"},
        {"want to {die}", "i want to end", "-"},
        {"die* now", "diet now", "diet now"},
        {"die* now", "dying now", "-"},
        {"want ~ die", "want one two three die", "want one two three die"},
        {"want ~ die", "want one two three four die", "-"},
        {"want ~6 die", "want one two three four die", "want one two three four die"},
        {"want ~ die", "want this. die later", "-"},
        {"want ~ die", "want this, die later", "want this die"},
        {"# kg", "I am 45 kg", "45 kg"},
        {"# kg", "I am 45.5 kg", "45 5 kg"},
        {"#kg", "I am 45kg", "45kg"},
        {"#kg", "I am 45 kg", "45 kg"},
        {"#kg", "I am 45lb", "-"},
        {"cw #", "cw: 45kg", "cw 45kg"},
        {"don't go", "dont go", "dont go"},
        {"don't go", "don t go", "don t go"},
        {"pro-ana", "proana", "proana"},
        {"pro-ana", "pro ana", "pro ana"},
        {"pro-ana*", "pro-anas", "pro anas"},
        {"jusqu'à l'os", "jusqua l os", "jusqua l os"},
        {"(you|they)'ll go", "you'll go", "you ll go"},
        {"kill(ed|ing) it", "killing it", "killing it"},
        {"friend[s] here", "friend here", "friend here"},
        {"kill yourself|end it", "just end it", "end it"},
        {"je veux mourir", "JE VEUX MOURIR", "je veux mourir"},
        {"déçue", "decue", "decue"},
        {"die ~4", "to die", "die"},
    };
    for (const auto& row : rows) {
        INFO(row.pattern << " on " << row.text);
        CHECK(matched(row.pattern, row.text) == row.words);
    }
}

TEST_CASE("patterns that cannot be read say why") {
    struct row {
        const char* pattern;
        const char* reason;
    };
    const row rows[] = {
        {"(want", "')' is missing"},     {"want)", "without its opening"},
        {"{nobody}", "no word list"},    {"{empty}", "is empty"},
        {"{loop}", "holds itself"},      {"a**b c", "'*'"},
        {"!!!", "nothing is left"},      {"", "empty pattern"},
        {"a ~99 b", "a gap of 99"},      {"~ ~", "gaps"},
        {"(a|) b", "empty alternative"}, {"{die", "'}' is missing"},
        {"a{die} b", "needs a space"},
    };
    for (const auto& row : rows) {
        INFO(row.pattern);
        std::string reason;
        try {
            static_cast<void>(parse_pattern(row.pattern, look_up));
        } catch (const pattern_fault& fault) { reason = fault.reason; }
        CHECK_THAT(reason, Catch::Contains(row.reason));
    }
    lexicon words;
    CHECK_THROWS_AS(program(parse_pattern("[maybe]", look_up), words), pattern_fault);
    CHECK_THROWS_AS(program(parse_pattern("a ~12 b ~12 c ~12 d ~12 e ~12 f ~12 g", look_up), words), pattern_fault);
}

TEST_CASE("a match knows the words it was only allowed to skip") {
    lexicon words;
    const program compiled(parse_pattern("j'ai ~ envie ~ mourir", look_up), words);
    const auto text = fold("j'ai pas envie de mourir");
    token_list list;
    tokenize_into(text, words, list);
    program_scratch scratch;
    const auto span = compiled.match(text, list.tokens, 0, 6, scratch);
    REQUIRE(span);
    CHECK(span->last == 6);
    CHECK(span->skipped == 0b010100);  // "pas" and "de"
}

TEST_CASE("anchors stand in every match and prefer rare words") {
    const auto common = [](std::string_view word) { return word == "want" || word == "to" || word == "i"; };
    const auto anchors = [&](std::string_view pattern) { return anchors_of(parse_pattern(pattern, look_up), common); };
    REQUIRE(anchors("i ~ thinspo").size() == 1);
    CHECK(anchors("i ~ thinspo")[0].literal == " thinspo ");
    for (const auto& one : anchors("i want to (thinspo|proana)"))
        CHECK_THAT(one.literal, Catch::Contains("thinspo") || Catch::Contains("proana"));
    REQUIRE(anchors("thinsp* now").size() == 1);
    CHECK(anchors("thinsp* now")[0].literal == " thinsp");
    CHECK(anchors("# [kg]").empty());
    CHECK(anchors("(one|two) # three").size() == 1);
    CHECK(anchors("want ~ {die}").size() >= 3);
}

TEST_CASE("an anchor knows how far into a match it may stand") {
    const auto common = [](std::string_view word) { return word == "i" || word == "want" || word == "to"; };
    struct row {
        const char* pattern;
        const char* literal;
        std::uint32_t nearest, farthest;
    };
    const row rows[] = {
        {"to go now", " to go now ", 2, 2},         {"i ~ thinspo", " thinspo ", 1, 4},
        {"[i] want # thinspo", " thinspo ", 2, 5},  {"(to|i want to) thinspo", " thinspo ", 1, 3},
        {"(i|want) ~2 thinspo", " thinspo ", 1, 3},
    };
    for (const auto& one : rows) {
        INFO(one.pattern);
        const auto all = anchors_of(parse_pattern(one.pattern, look_up), common);
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const anchor& a) { return a.literal == one.literal; });
        REQUIRE(found != all.end());
        CHECK(found->nearest == one.nearest);
        CHECK(found->farthest == one.farthest);
    }
}

TEST_CASE("a pattern needs what it cannot match without") {
    const auto common = [](std::string_view word) { return word == "my" || word == "want" || word == "end"; };
    const auto needs = [&](std::string_view pattern) {
        std::string all;
        for (const auto& one : needs_of(parse_pattern(pattern, look_up), common)) {
            all += all.empty() ? "" : " & ";
            for (const auto& word : one.words) all += &word == one.words.data() ? word : "|" + word;
            if (one.number) all += one.words.empty() ? "#" : "|#";
        }
        return all;
    };
    CHECK(needs("thinspo ~ tonight") == "thinspo & tonight");
    CHECK(needs("want ~ {die}").empty());  // "end it" is met by little words alone …
    CHECK(needs("want ~ (die|kill myself)") == "die|myself");
    CHECK(needs("[thinspo] my tonight") == "tonight");  // what may be left out is not needed
    CHECK(needs("thinsp* (tonight|#)") == "tonight|#");
    CHECK(needs("my ~ want").empty());
}

TEST_CASE("a message meets the needs that one of its words or numbers meets") {
    lexicon words;
    need_table table;
    const auto die = table.add({{"die", "myself"}, false}, words);
    const auto number = table.add({{"tonight"}, true}, words);
    CHECK(table.add({{"die", "myself"}, false}, words) == die);
    table.seal();
    met_needs met;
    const auto text = fold("hurt myself 3 times");
    token_list list;
    tokenize_into(text, words, list);
    table.find(list, met);
    CHECK(met.has(die));
    CHECK(met.has(number));
    CHECK(met.has(need_table::nothing));
    tokenize_into(fold("hello"), words, list);
    table.find(list, met);
    CHECK_FALSE(met.has(die));
    CHECK_FALSE(met.has(number));
    CHECK(met.has(need_table::nothing));
}

TEST_CASE("what a program rules out at a glance could not have matched") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto one_of = [&](const std::vector<std::string>& all) { return all[random() % all.size()]; };
    const std::vector<std::string> parts{"want", "to", "die",  "stop*",      "s*",      "#",
                                         "#kg",  "~1", "[so]", "(now|here)", "(no*|3)", "{die}"};
    const std::vector<std::string> said{"want",  "to",  "die", "stopped", "sun", "3",     "45kg",
                                        "1,200", "so",  "now", "here",    "no",  "nope",  "myself",
                                        "kill",  "end", "my",  "life",    "it",  "twenty"};
    int matches = 0, ruled_out = 0, asked = 0;
    for (int round = 0; round < 2'000; ++round) {
        std::string pattern = one_of({"want", "to", "die", "stop*", "#", "#kg", "(now|here)", "{die}"});
        for (auto more = random() % 4; more > 0; --more) pattern += ' ' + one_of(parts);
        INFO(pattern);
        lexicon words;
        words.add("it");
        const program compiled(parse_pattern(pattern, look_up), words);
        std::string line = one_of(said);
        for (auto more = random() % 12; more > 0; --more) line += ' ' + one_of(said);
        INFO(line);
        const auto text = fold(line);
        token_list list;
        tokenize_into(text, words, list);
        program_scratch scratch;
        const auto limit = static_cast<std::uint32_t>(list.tokens.size());
        for (std::uint32_t at = 0; at < limit; ++at, ++asked) {
            const bool may = compiled.may_match(list.tokens, at, limit);
            ruled_out += may ? 0 : 1;
            if (!compiled.match(text, list.tokens, at, limit, scratch)) continue;
            ++matches;
            REQUIRE(may);
            REQUIRE(compiled.second_words().may_hold(at + 1 < limit ? list.tokens[at + 1].mark : word_mark{}));
        }
    }
    CHECK(matches > asked / 100);
    CHECK(ruled_out > asked / 2);
}

}  // namespace hearth::moderation
