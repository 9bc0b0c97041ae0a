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

// Patterns, and lines that some of them match.
class chance {
public:
    explicit chance(std::uint32_t seed) : random_(seed) {}
    std::string pattern() {
        auto result = one_of({"want", "to", "die", "stop*", "#", "#kg", "(now|here)", "{die}", "(my|it so my)"});
        for (auto more = random_() % 4; more > 0; --more)
            result += ' ' + one_of({"want", "to", "die", "stop*", "s*", "#", "#kg", "~1", "[so]", "(now|here)",
                                    "(no*|3)", "{die}"});
        return result;
    }
    std::string line() {
        auto result = word();
        for (auto more = random_() % 12; more > 0; --more) result += ' ' + word();
        return result;
    }

private:
    std::string word() {
        return one_of({"want", "to", "die",  "stopped", "sun",  "3",   "45kg", "1,200", "so", "now",
                       "here", "no", "nope", "myself",  "kill", "end", "my",   "life",  "it", "twenty"});
    }
    std::string one_of(const std::vector<std::string>& all) { return all[random_() % all.size()]; }
    std::mt19937 random_;
};

word_frequency frequency_in(const std::vector<const char*>& lines) {
    word_frequency result;
    for (const auto* line : lines) result.add(line, 0);
    return result;
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
    const auto anchors = [&](std::string_view pattern) {
        return anchors_of(parse_pattern(pattern, look_up), frequency_in({"i want to", "want to", "i"}));
    };
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
    const auto frequency = frequency_in({"i want to", "want to go", "i go now"});
    struct row {
        const char* pattern;
        const char* literal;
        std::uint32_t nearest, farthest;
    };
    const row rows[] = {
        {"to go now", " to go now ", 2, 2},         {"i ~ thinspo", " thinspo ", 1, 4},
        {"[i] want # thinspo", " thinspo ", 2, 5},  {"(to|i want to) thinspo", " thinspo ", 1, 3},
        {"(i|want) ~2 thinspo", " thinspo ", 1, 3}, {"(thinspo|i ~1 thinspo want)", " thinspo ", 0, 2},
    };
    for (const auto& one : rows) {
        INFO(one.pattern);
        const auto all = anchors_of(parse_pattern(one.pattern, look_up), frequency);
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const anchor& a) { return a.literal == one.literal; });
        REQUIRE(found != all.end());
        CHECK(found->nearest == one.nearest);
        CHECK(found->farthest == one.farthest);
    }
}

TEST_CASE("a pattern needs what it cannot match without, the rarest first") {
    const auto frequency = frequency_in({"my want", "my want", "my end", "tonight", "it is", "to be", "so"});
    const auto needs = [&](std::string_view pattern, const std::vector<anchor>& found = {}) {
        std::string all;
        for (const auto& one : needs_of(parse_pattern(pattern, look_up), found, frequency)) {
            all += all.empty() ? "" : " & ";
            for (const auto& word : one.words) all += &word == one.words.data() ? word : "|" + word;
            if (one.number) all += one.words.empty() ? "#" : "|#";
        }
        return all;
    };
    CHECK(needs("thinspo ~ tonight") == "thinspo & tonight");
    CHECK(needs("my ~ want") == "want & my");
    CHECK(needs("want ~ (die|kill myself)") == "die|kill & want");
    CHECK(needs("[thinspo] my tonight") == "tonight & my");  // what may be left out is not needed
    CHECK(needs("thinsp* (tonight|#)") == "tonight|#");
    CHECK(needs("my want to end it tonight") == "to & end & it");  // three at most
    // What the anchors meet is not asked again.
    CHECK(needs("thinspo ~ tonight", {{" thinspo ", 0, 0}}) == "tonight");
    CHECK(needs("my ~ (die|kill myself)", {{" die ", 1, 4}, {" kill myself ", 2, 5}}) == "my");
    CHECK(needs("my ~ (die|kill myself)", {{" die ", 1, 4}, {" killer ", 2, 5}}) == "die|kill & my");
}

TEST_CASE("a message meets the needs that one of its words or numbers meets") {
    lexicon words;
    need_table table;
    const auto die = table.add({{"die", "myself"}, false}, words);
    const auto number = table.add({{"tonight"}, true}, words);
    CHECK(table.add({{"die", "myself"}, false}, words) == die);
    CHECK(number != need_table::nothing);
    table.seal();
    named_words named;
    const auto read = [&](std::string_view text) {
        token_list list;
        tokenize_into(fold(text), words, list);
        named.read(list, words.size());
    };
    read("hurt myself 3 times");
    CHECK(table.met(die, named));
    CHECK(table.met(number, named));
    read("hello");  // and what was before is forgotten
    CHECK_FALSE(table.met(die, named));
    CHECK_FALSE(table.met(number, named));
    read("tonight");
    CHECK_FALSE(table.met(die, named));
    CHECK(table.met(number, named));
}

TEST_CASE("every match holds an anchor where it says, and meets every need") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    chance random(seed);
    int matches = 0, needed = 0;
    for (int round = 0; round < 10'000; ++round) {
        const auto pattern = random.pattern();
        INFO(pattern);
        const auto root = parse_pattern(pattern, look_up);
        word_frequency frequency;  // whichever words are the rare ones
        for (auto lines = round % 7; lines > 0; --lines) frequency.add(random.line(), 0);
        const auto anchors = anchors_of(root, frequency);
        lexicon words;
        const program compiled(root, words);
        need_table table;
        std::vector<need_table::number> needs;
        for (const auto& one : needs_of(root, anchors, frequency)) needs.push_back(table.add(one, words));
        table.seal();
        const auto line = random.line();
        INFO(line);
        const auto text = fold(line);
        token_list list;
        tokenize_into(text, words, list);
        named_words named;
        named.read(list, words.size());
        program_scratch scratch;
        for (std::uint32_t start = 0; start < list.tokens.size(); ++start) {
            const auto limit = static_cast<std::uint32_t>(list.tokens.size());
            const auto span = compiled.match(text, list.tokens, start, limit, scratch);
            if (!span) continue;
            ++matches;
            for (const auto one : needs) REQUIRE(table.met(one, named));
            needed += static_cast<int>(needs.size());
            if (anchors.empty()) continue;  // only numbers and options: no rule's pattern may be so
            const auto stands = [&](const anchor& one) {
                for (auto last = start + one.nearest; last < span->last && last <= start + one.farthest; ++last) {
                    const auto& word = list.tokens[last];
                    const bool whole = one.literal.back() == ' ';
                    if (whole ? std::string_view(text.text).substr(0, word.end + 1).ends_with(one.literal)
                              : std::string_view(text.text).substr(word.begin - 1).starts_with(one.literal))
                        return true;
                }
                return false;
            };
            REQUIRE(std::any_of(anchors.begin(), anchors.end(), stands));
        }
    }
    CHECK(matches > 500);
    CHECK(needed > 300);
}

TEST_CASE("words are as frequent as in the language that has most of them") {
    word_frequency frequency;
    for (const auto* line : {"a walk", "a day, a week", "walks", "rain"}) frequency.add(line, 0);
    frequency.add("a", 1);
    frequency.add("Été", 1);
    CHECK(frequency.of("a") == 0.5);  // once a line
    CHECK(frequency.of("ete") == 0.5);
    CHECK(frequency.of("rain") == 0.25);
    CHECK(frequency.of("snow") == 0);
    CHECK(frequency.of_beginning("walk") == 0.5);
    CHECK(frequency.of_beginning("snow") == 0);
    CHECK(word_frequency().of("a") == 0);
}

TEST_CASE("what a program rules out at a glance could not have matched") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    chance random(seed);
    int matches = 0, ruled_out = 0, asked = 0;
    for (int round = 0; round < 2'000; ++round) {
        const auto pattern = random.pattern();
        INFO(pattern);
        lexicon words;
        words.add("it");
        const program compiled(parse_pattern(pattern, look_up), words);
        const auto line = random.line();
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
            const auto next = at + 1 < limit ? list.tokens[at + 1].mark : word_mark{};
            REQUIRE(compiled.second_words().may_hold(next));
            // What a word begins is ruled out by what may follow that word, unless it may begin otherwise, too.
            if (compiled.first_prefixes().empty()) REQUIRE(compiled.second_words(list.tokens[at].word).may_hold(next));
        }
    }
    CHECK(matches > asked / 100);
    CHECK(ruled_out > asked / 2);
}

}  // namespace hearth::moderation
