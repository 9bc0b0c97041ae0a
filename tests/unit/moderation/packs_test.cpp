#include <algorithm>
#include <catch2/catch.hpp>

#include "support.hpp"

namespace hearth::moderation {
namespace {

using testing::one_rule;
using testing::pack_folder;
using testing::problems_of;

const std::string good = one_rule("suicide.active", "patterns = [\"want to perish\"]");

}  // namespace

TEST_CASE("a good pack loads and its version follows its content") {
    const auto version = [](const std::string& content) {
        pack_folder folder;
        folder.put("en/suicide.active.toml", content);
        return std::string(version_of(*load_rules({folder.path(), {}, {}})));
    };
    CHECK(version(good).size() == 32);
    CHECK(version(good) == version(good));
    CHECK(version(good) != version(good + "# a note\n"));
}

TEST_CASE("what is wrong in a pack is told with file, line and reason") {
    struct row {
        const char* name;
        std::string content;
        const char* expected;
    };
    const auto rule = [](const std::string& lines) { return one_rule("suicide.active", lines); };
    const row rows[] = {
        {"not TOML", "language = ", "en/suicide.active.toml:1: "},
        {"another language", "language = \"fr\"\ncategory = \"suicide.active\"\n",
         "en/suicide.active.toml:1: language is 'fr'"},
        {"no category", "language = \"en\"\n", "'category' is missing"},
        {"unknown category", "language = \"en\"\ncategory = \"sadness\"\n",
         "en/suicide.active.toml:2: 'sadness' is no category"},
        {"another file's category", "language = \"en\"\ncategory = \"solicitation\"\n",
         "belongs into solicitation.toml"},
        {"no rules", "language = \"en\"\ncategory = \"suicide.active\"\n", "no [[rule]]"},
        {"unknown key of a rule", rule("patterns = [\"want to perish\"]\npattern = \"x\""),
         "en/suicide.active.toml:6: unknown key 'pattern'"},
        {"unknown key of the file", "colour = 1\n" + good, "en/suicide.active.toml:1: unknown key 'colour'"},
        {"no patterns", rule("voice = \"self\""), "no patterns"},
        {"patterns of another type", rule("patterns = \"want to perish\""),
         "en/suicide.active.toml:5: 'patterns' is not a list"},
        {"a number among the patterns", rule("patterns = [3]"), "en/suicide.active.toml:5: 'patterns' holds something"},
        {"unknown voice", rule("patterns = [\"want to perish\"]\nvoice = \"me\""),
         "en/suicide.active.toml:6: voice 'me'"},
        {"unknown topic", rule("patterns = [\"want to perish\"]\ncontext_topic = \"food\""), "context_topic 'food'"},
        {"weak is no boolean", rule("patterns = [\"want to perish\"]\nweak = \"yes\""), "'weak' is not true or false"},
        {"unknown list", rule("patterns = [\"want to {perish}\"]"),
         "en/suicide.active.toml:5: en.suicide.active.test: 'want to {perish}': no word list"},
        {"a bad guard", rule("patterns = [\"want to perish\"]\nunless = [\"(a\"]"),
         "en/suicide.active.toml:6: en.suicide.active.test: '(a'"},
        {"a pattern of numbers", rule("patterns = [\"# #\"]"), "without any word of its own"},
        {"one letter", rule("patterns = [\"x\"]"), "'x' alone is a common word"},
        {"the same id twice",
         good + "[[rule]]\nid = \"en.suicide.active.test\"\npatterns = [\"want to vanish\"]\nexamples = [\"a\", "
                "\"b\"]\ntwins = [\"c\", \"d\"]\n",
         "en/suicide.active.toml:9: id 'en.suicide.active.test' is used twice"},
        {"an id of another form",
         "language = \"en\"\ncategory = \"suicide.active\"\n[[rule]]\nid = \"want\"\npatterns = [\"want to "
         "perish\"]\nexamples = [\"a\", \"b\"]\ntwins = [\"c\", \"d\"]\n",
         "id 'want' does not have the form en.suicide.active.name"},
        {"one example",
         "language = \"en\"\ncategory = \"suicide.active\"\n[[rule]]\nid = \"en.suicide.active.a\"\npatterns = [\"want "
         "to perish\"]\nexamples = [\"a\"]\ntwins = [\"c\", \"d\"]\n",
         "fewer than two examples"},
        {"one twin",
         "language = \"en\"\ncategory = \"suicide.active\"\n[[rule]]\nid = \"en.suicide.active.a\"\npatterns = [\"want "
         "to perish\"]\nexamples = [\"a\", \"b\"]\ntwins = [\"c\"]\n",
         "fewer than two twins"},
    };
    for (const auto& row : rows) {
        INFO(row.name);
        pack_folder folder;
        folder.put("en/suicide.active.toml", row.content);
        const auto problems = problems_of(folder);
        REQUIRE_FALSE(problems.empty());
        const bool told = std::any_of(problems.begin(), problems.end(), [&](const std::string& one) {
            return one.find(row.expected) != std::string::npos;
        });
        INFO(problems.front());
        CHECK(told);
    }
}

TEST_CASE("all problems are told at once") {
    pack_folder folder;
    folder.put("en/suicide.active.toml",
               one_rule("suicide.active", "patterns = [\"want to {a}\", \"want to {b}\", \"(\"]"));
    folder.put("en/voice.toml", "language = \"en\"\ncolour = 1\n[who]\nhim = [\"he\"]\nself = [\"(i\"]\n");
    CHECK(problems_of(folder).size() == 6);
}

TEST_CASE("an empty or missing folder is a problem, not an empty set") {
    pack_folder folder;
    CHECK(problems_of(folder).size() == 1);
    CHECK_THROWS_AS(load_rules({folder.path() / "nowhere", {}, {}}), pack_error);
}

TEST_CASE("a rule's guards, topic and weakness decide what it does") {
    pack_folder folder;
    folder.put("en/words.toml", "language = \"en\"\n[words]\nbad = [\"zorp\", \"blarg it\"]\n");
    folder.put("en/harassment.toml", one_rule("harassment", "patterns = [\"you ~ {bad}\"]\nunless = [\"friendly\"]"));
    folder.put("en/solicitation.toml",
               one_rule("solicitation", "patterns = [\"cheap zorps\"]\nrequires = [\"today\"]"));
    folder.put("en/eating.promotion.toml",
               one_rule("eating.promotion", "patterns = [\"zorp contest\"]\ncontext_topic = \"eating\""));
    folder.put("en/drugs.sourcing.toml",
               one_rule("drugs.sourcing", "patterns = [\"zorp dealer\"]\nweak = true") +
                   "[[rule]]\nid = \"en.drugs.sourcing.other\"\npatterns = [\"pay in coins\"]\nweak = true\nexamples = "
                   "[\"a\", \"b\"]\ntwins = [\"c\", \"d\"]\n");
    judge judges(load_rules({folder.path(), {}, {}}));
    const auto action = [&](std::string_view text, std::string_view topic = "general") {
        context where;
        where.room_topic = topic;
        return judges(text, where).action;
    };
    CHECK(action("you silly blarg it") == disposition::hold);
    CHECK(action("you friendly zorp") == disposition::publish);
    CHECK(action("a friendly hello. you zorp") == disposition::hold);
    CHECK(action("cheap zorps") == disposition::publish);
    CHECK(action("cheap zorps. only today") == disposition::block);
    CHECK(action("zorp contest") == disposition::publish);
    CHECK(action("zorp contest", "eating") == disposition::hold);
    CHECK(action("a zorp dealer") == disposition::publish_and_flag);
    CHECK(action("a zorp dealer, pay in coins") == disposition::block);
}

TEST_CASE("a message flooded with harmless uses does not hide the harmful one") {
    pack_folder folder;
    folder.put("en/harassment.toml", one_rule("harassment", "patterns = [\"you zorp\"]\nunless = [\"friendly\"]"));
    judge judges(load_rules({folder.path(), {}, {}}));
    std::string text;
    for (int i = 0; i < 200; ++i) text += "you zorp friendly. ";
    CHECK(judges(text).action == disposition::publish);
    CHECK(judges(text + "you zorp").action == disposition::hold);
}

}  // namespace hearth::moderation
