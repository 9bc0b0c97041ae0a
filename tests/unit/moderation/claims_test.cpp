#include <algorithm>
#include <catch2/catch.hpp>

#include "support.hpp"

namespace hearth::moderation {
namespace {

using testing::one_rule;
using testing::pack_folder;

const std::string sources = "[who]\nname = \"WHO\"\ntitle = \"Guide\"\nurl = \"https://www.who.int\"\n";

/// One claim in the one language of the packs beside it.
std::string claim_file(const std::string& head = "sources = [\"who\"]\nreviewed_by = \"\"\nreviewed_on = \"\"\n",
                       const std::string& says = "claim = \"a\"\ncorrection = \"b\"\nwhat_to_do = \"c\"\n",
                       const std::string& patterns = "patterns = [\"zorps are {harmless}\"]\n") {
    return "category = \"misinfo.cure\"\n[words.en]\nharmless = [\"fine\", \"safe\"]\n[[claim]]\nid = "
           "\"claim.zorp.fine\"\n" +
           head + "[claim.text.en]\n" + says + patterns +
           "examples = [\"one\", \"two\"]\ntwins = [\"three\", \"four\"]\n";
}

/// The problems of these claims beside a sound pack; empty when they load.
std::vector<std::string> problems_of_claims(const std::string& file, const std::string& content,
                                            const std::string& from = sources) {
    pack_folder packs, claims;
    packs.put("en/suicide.active.toml", one_rule("suicide.active", "patterns = [\"want to perish\"]"));
    claims.put("sources.toml", from).put(file, content);
    try {
        static_cast<void>(load_rules({packs.path(), {}, {}, claims.path()}));
        return {};
    } catch (const pack_error& error) { return error.problems; }
}

}  // namespace

TEST_CASE("a claim is a rule by its own id, and its card is in the book") {
    pack_folder packs, claims;
    packs.put("en/suicide.active.toml", one_rule("suicide.active", "patterns = [\"want to perish\"]"));
    claims.put("sources.toml", sources).put("misinfo.cure.toml", claim_file());
    const auto rules = load_rules({packs.path(), {}, {}, claims.path()});
    const auto* card = claims_of(*rules).find("claim.zorp.fine");
    REQUIRE(card);
    CHECK(card->category == "misinfo.cure");
    CHECK(text_for(*card, "en").correction == "b");
    CHECK(text_for(*card, "fr").claim == "a");  // no French: English
    REQUIRE(card->sources.size() == 1);
    CHECK(card->sources[0].url == "https://www.who.int");
    CHECK(card->reviewed_by.empty());
    judge one(rules);
    const auto found = one("zorps are safe, all of them");
    CHECK(found.action == disposition::hold);
    REQUIRE_FALSE(found.signals.empty());
    CHECK(found.signals[0].rule == "claim.zorp.fine");
    CHECK(claims_of(*rules).find("claim.zorp.unknown") == nullptr);
    CHECK(version_of(*rules) != version_of(*load_rules({packs.path(), {}, {}})));
}

TEST_CASE("what is wrong in a claim is told with file, line and reason") {
    const std::string reviewed = "reviewed_by = \"\"\nreviewed_on = \"\"\n";
    struct row {
        const char* name;
        std::string content;
        const char* expected;
    };
    const row rows[] = {
        {"not TOML", "category = ", "claims/misinfo.cure.toml:1: "},
        {"no misinformation", "category = \"harassment\"\n", "'category' is none of misinfo.*"},
        {"another file's", "category = \"misinfo.illness\"\n[[claim]]\nid = \"claim.a.b\"\n", "belongs into"},
        {"none", "category = \"misinfo.cure\"\n", "no [[claim]]"},
        {"no id", "category = \"misinfo.cure\"\n[[claim]]\nsources = [\"who\"]\n", "a claim without 'id'"},
        {"an id of another form", "category = \"misinfo.cure\"\n[[claim]]\nid = \"zorp\"\n", "form claim.topic.name"},
        {"no sources", claim_file(reviewed), "claim.zorp.fine: no sources"},
        {"an unknown source", claim_file("sources = [\"aunt\"]\n" + reviewed), "no source 'aunt'"},
        {"half a review", claim_file("sources = [\"who\"]\nreviewed_by = \"A\"\nreviewed_on = \"\"\n"), "or neither"},
        {"no date", claim_file("sources = [\"who\"]\nreviewed_by = \"A\"\nreviewed_on = \"May\"\n"),
         "'May' is no date"},
        {"a field too many", claim_file("sources = [\"who\"]\ncolour = 1\n" + reviewed), "unknown key 'colour'"},
        {"no correction", claim_file("sources = [\"who\"]\n" + reviewed, "claim = \"a\"\nwhat_to_do = \"c\"\n"),
         "claim.zorp.fine in en: 'correction' is missing"},
        {"a bad pattern",
         claim_file("sources = [\"who\"]\n" + reviewed, "claim = \"a\"\ncorrection = \"b\"\nwhat_to_do = \"c\"\n",
                    "patterns = [\"zorps are {odd}\"]\n"),
         "claim.zorp.fine: 'zorps are {odd}': no word list"},
        {"another language missing",
         "category = \"misinfo.cure\"\n[[claim]]\nid = \"claim.a.b\"\nsources = [\"who\"]\n" + reviewed,
         "claim.a.b: nothing in language 'en'"},
    };
    for (const auto& row : rows) {
        INFO(row.name);
        const auto problems = problems_of_claims("misinfo.cure.toml", row.content);
        REQUIRE_FALSE(problems.empty());
        INFO(problems.front());
        CHECK(std::any_of(problems.begin(), problems.end(), [&](const std::string& one) {
            return one.starts_with("claims/misinfo.cure.toml:") && one.find(row.expected) != std::string::npos;
        }));
    }
    CHECK(problems_of_claims("misinfo.cure.toml", claim_file()).empty());
    CHECK(problems_of_claims("misinfo.cure.toml", claim_file(), "[who]\nname = \"W\"\ntitle = \"T\"\nurl = \"x\"\n")
              .front()
              .find("no https address") != std::string::npos);
}

TEST_CASE("the claims we ship are at least forty, whole in every language, and honest about their review") {
    const auto rules = testing::real_rules();
    const auto& book = claims_of(*rules);
    CHECK(book.size() >= 40);
    for (const auto& [id, one] : book) {
        INFO(id);
        for (const auto* language : {"en", "fr", "id"}) {
            INFO(language);
            REQUIRE(one.texts.contains(language));
            const auto& text = one.texts.at(language);
            // No dose stands in a card.
            for (const auto* part : {&text.claim, &text.correction, &text.what_to_do})
                CHECK(part->find(" mg") == std::string::npos);
        }
        CHECK(text_for(one, "fr").correction != text_for(one, "en").correction);
        CHECK(text_for(one, "id").correction != text_for(one, "en").correction);
    }
}

}  // namespace hearth::moderation
