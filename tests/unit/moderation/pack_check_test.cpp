#include "moderation/evaluation/pack_check.hpp"

#include <catch2/catch.hpp>

#include "support.hpp"

namespace hearth::moderation {
namespace {

pack_check check(const std::string& examples, const std::string& twins) {
    testing::pack_folder folder;
    folder.put("en/suicide.active.toml",
               "language = \"en\"\ncategory = \"suicide.active\"\n[[rule]]\nid = \"en.suicide.active.test\"\n"
               "patterns = [\"want to perish\"]\nexamples = [" +
                   examples + "]\ntwins = [" + twins + "]\n");
    auto packs = read_packs(folder.path());
    const auto rules = std::make_shared<const ruleset>(packs);
    REQUIRE(packs.problems.empty());
    return check_packs(packs, rules, "en");
}

const std::string good_example = R"("I want to perish")", good_twin = R"("fruit will perish")";

}  // namespace

TEST_CASE("a rule that does what its examples and twins say passes") {
    const auto checked = check(good_example + "," + good_example, good_twin + "," + good_twin);
    CHECK(checked.problems.empty());
    CHECK((checked.rules == 1 && checked.examples == 2 && checked.twins == 2));
}

TEST_CASE("an example that is not matched and a twin that is are told with file, line and reason") {
    const auto unmatched = check(good_example + ",\n\"it rains\"", good_twin + "," + good_twin);
    REQUIRE(unmatched.problems.size() == 1);
    CHECK(unmatched.problems.front().starts_with(
        "en/suicide.active.toml:7: en.suicide.active.test: example is not matched: \"it rains\""));

    const auto matched = check(good_example + "," + good_example, good_twin + ",\n\n\"i want to perish now\"");
    REQUIRE(matched.problems.size() == 1);
    CHECK(matched.problems.front().starts_with(
        "en/suicide.active.toml:9: en.suicide.active.test: twin is matched at 'want to perish'"));
}

TEST_CASE("one language is checked alone, and progress tells each rule") {
    testing::pack_folder folder;
    folder.put("en/suicide.active.toml", testing::one_rule("suicide.active", "patterns = [\"want to perish\"]"));
    folder.put("fr/words.toml", "language = \"fr\"\n");
    auto packs = read_packs(folder.path());
    const auto rules = std::make_shared<const ruleset>(packs);
    CHECK(check_packs(packs, rules, "fr").rules == 0);
    std::size_t told = 0;
    const auto checked =
        check_packs(packs, rules, {}, [&](std::size_t done, std::size_t all) { told = done * 10 + all; });
    CHECK(told == 11);
    CHECK(checked.problems.size() == 2);  // neither example has the words
}

TEST_CASE("a text is explained with what was found and what came to nothing") {
    testing::pack_folder folder;
    folder.put("en/suicide.active.toml", testing::one_rule("suicide.active", "patterns = [\"want to perish\"]"));
    const auto rules = load_rules({folder.path(), {}, {}});
    CHECK(explain_text(rules, "I want to perish", "mood").find("en.suicide.active.test") != std::string::npos);
    CHECK(explain_text(rules, "good morning", "mood").starts_with("publish nothing"));
}

}  // namespace hearth::moderation
