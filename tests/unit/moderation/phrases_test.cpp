#include "moderation/signals/phrases.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "moderation/rules/pack.hpp"
#include "support.hpp"

namespace hearth::moderation {
namespace {

namespace fs = std::filesystem;

struct read_line {
    folded text;
    token_list words;
    read_line(const std::string& line, const ruleset& rules) : text(fold(line)) {
        tokenize_into(text, rules.words, words);
        for (auto& one : words.tokens)
            one.number = one.number || (one.word != no_word && rules.cues.number_word(one.word));
    }
};

std::vector<std::uint32_t> rules_of_patterns(const ruleset& rules) {
    std::vector<std::uint32_t> result(rules.patterns.size());
    for (std::size_t literal = 0; literal < rules.patterns_of.size(); ++literal) {
        for (const auto& one : rules.patterns_of[literal]) result[one.pattern] = one.rule;
    }
    return result;
}

// Every pattern from every word on, with nothing that rules one out beforehand.
class plodder {
public:
    plodder(const ruleset& rules, const read_line& line, std::string_view room_topic)
        : rules_(rules), line_(line), room_topic_(room_topic) {}

    std::vector<phrase_match> find(const std::vector<std::uint32_t>& rule_of) {
        std::vector<std::uint32_t> next_start(rules_.patterns.size());
        std::vector<std::uint32_t> count(rules_.rules.size());
        std::vector<phrase_match> found;
        for (const auto& sentence : line_.words.sentences) {
            for (auto start = sentence.first; start < sentence.last; ++start) {
                for (std::size_t i = 0; i < rules_.patterns.size(); ++i) {
                    const auto& rule = rules_.rules[rule_of[i]];
                    if (start < next_start[i] || count[rule_of[i]] >= 8 ||
                        (!rule.context_topic.empty() && rule.context_topic != room_topic_))
                        continue;
                    const auto span =
                        rules_.patterns[i].match(line_.text, line_.words.tokens, start, sentence.last, scratch_);
                    if (!span) continue;
                    next_start[i] = span->last;
                    if (!allowed(rule, sentence)) continue;
                    found.push_back({rule_of[i], *span});
                    ++count[rule_of[i]];
                }
            }
        }
        return found;
    }

private:
    bool stands_in(const compiled_guard& one, const sentence& where) {
        return one.what.search(line_.text, line_.words.tokens, where.first, where.last, scratch_).has_value();
    }
    bool allowed(const compiled_rule& rule, const sentence& where) {
        const auto anywhere = [&](const compiled_guard& one) {
            return std::any_of(line_.words.sentences.begin(), line_.words.sentences.end(),
                               [&](const sentence& each) { return stands_in(one, each); });
        };
        return (rule.requires_any.empty() ||
                std::any_of(rule.requires_any.begin(), rule.requires_any.end(), anywhere)) &&
               std::none_of(rule.unless.begin(), rule.unless.end(),
                            [&](const compiled_guard& one) { return stands_in(one, where); });
    }

    const ruleset& rules_;
    const read_line& line_;
    std::string_view room_topic_;
    program_scratch scratch_;
};

std::string told(const std::vector<phrase_match>& matches, const ruleset& rules) {
    std::string all;
    for (const auto& one : matches)
        all += rules.rules[one.rule].id + " " + std::to_string(one.span.first) + "-" + std::to_string(one.span.last) +
               " " + std::to_string(one.span.skipped) + "\n";
    return all;
}

std::string found_in(const std::string& line, const ruleset& rules) {
    phrase_finder finder(rules);
    const read_line read(line, rules);
    std::vector<phrase_match> found;
    REQUIRE(finder.find(read.text, read.words, "general", found));
    return told(found, rules);
}

}  // namespace

// A rule that is ruled out before it was tried, by an anchor or a need, is a cry for help that nobody hears.
TEST_CASE("what is found is what trying every pattern everywhere finds") {
    const auto packs = fs::path(HEARTH_SOURCE_DIR) / "moderation/packs";
    const auto said = read_packs(packs, fs::path(HEARTH_SOURCE_DIR) / "moderation/claims");
    const auto& rules = *testing::real_rules();
    const auto rule_of = rules_of_patterns(rules);
    std::vector<std::string> lines;
#ifdef HEARTH_SLOW_BUILD
    constexpr std::size_t every = 487;
#else
    constexpr std::size_t every = 61;
#endif
    std::size_t at = 0;
    for (const auto& rule : said.rules) {
        for (const auto* all : {&rule.examples, &rule.twins}) {
            for (const auto& one : *all) {
                if (++at % every == 0) lines.push_back(one.text);
                if (at % (every * 3) == 0) lines.back() += ", " + lines[lines.size() / 2] + ". " + one.text;
            }
        }
    }
    phrase_finder finder(rules);
    std::size_t matches = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        INFO(lines[i]);
        const read_line read(lines[i], rules);
        const auto* const topic = i % 2 == 0 ? "eating" : "general";
        std::vector<phrase_match> found;
        REQUIRE(finder.find(read.text, read.words, topic, found));
        REQUIRE(told(found, rules) == told(plodder(rules, read, topic).find(rule_of), rules));
        matches += found.size();
    }
    CHECK(matches > lines.size() / 2);
}

TEST_CASE("of two matches that overlap the one that begins first counts, whichever anchor led to it") {
    testing::pack_folder folder;
    folder.put("en/voice.toml", "language = \"en\"\n[who]\nyou = [\"you\", \"your\"]\n")
        .put("en/ideas.toml", "language = \"en\"\n[ideas]\nburden = [\"dead weight\"]\n")
        .put("en/harassment.toml", testing::one_rule("harassment", "patterns = [\"nobody ~4 (likes|needs) you\"]"));
    const auto rules = load_rules({folder.path(), {}, {}});
    CHECK(found_in("nobody likes you", *rules) == "en.harassment.test 0-3 0\n");
    CHECK(found_in("nobody, but nobody likes you", *rules) == "en.harassment.test 0-5 6\n");
    CHECK(found_in("nobody likes you and nobody needs you", *rules) == "en.harassment.test 0-7 30\n");
    CHECK(found_in("nobody needs you, and in that other town nobody likes you", *rules) ==
          "en.harassment.test 0-3 0\nen.harassment.test 8-11 0\n");
    CHECK(found_in("somebody likes you", *rules).empty());
}

}  // namespace hearth::moderation
