#include "moderation/evaluation/pack_view.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support.hpp"

namespace hearth::moderation {
namespace {

using testing::one_rule;
using kind = pack_change::kind;

pack_set packs_of(const std::string& rules, const std::string& words = {}, const std::string& voice = {}) {
    testing::pack_folder folder;
    folder.put("en/suicide.active.toml", rules);
    folder.put("en/words.toml", "language = \"en\"\n[words]\n" + words);
    folder.put("en/voice.toml", "language = \"en\"\n" + voice);
    return read_packs(folder.path());
}

const std::string rule =
    one_rule("suicide.active", "patterns = [\"want to {perish}\"]\nvoice = \"self\"\nnote = \"why\"");
const std::string words = "perish = [\"perish\", \"{go} away\"]\ngo = [\"go\"]\n";

std::vector<std::string> field(const pack_entry& of, std::string_view name) {
    for (const auto& [key, values] : of.fields)
        if (key == name) return values;
    return {};
}

std::vector<std::string> details(const pack_set& from, const pack_set& to) {
    const auto changes = difference(from, to);
    REQUIRE(changes.size() == 1);
    CHECK(changes.front().what == kind::changed);
    return changes.front().details;
}

}  // namespace

TEST_CASE("a rule is described with all that decides what it matches, word lists of lists too") {
    const auto all = describe(packs_of(rule, words));
    REQUIRE(all.size() == 1);
    const auto& one = all.front();
    CHECK((one.id == "en.suicide.active.test" && one.language == "en"));
    CHECK((one.file == "en/suicide.active.toml" && one.line == 4));
    CHECK(field(one, "voice") == std::vector<std::string>{"self"});
    CHECK(field(one, "{perish}") == std::vector<std::string>{"perish", "{go} away"});
    CHECK(field(one, "{go}") == std::vector<std::string>{"go"});
    CHECK(field(one, "twins") == std::vector<std::string>{"three", "four"});
    CHECK(field(one, "note") == std::vector<std::string>{"why"});
}

TEST_CASE("the same packs do not differ, wherever their rules stand in the file") {
    CHECK(difference(packs_of(rule, words), packs_of(rule, words)).empty());
    CHECK(difference(packs_of(rule, words), packs_of("\n\n" + rule, words)).empty());
}

TEST_CASE("what changed is told by id") {
    const auto from = packs_of(rule, words);
    using lines = std::vector<std::string>;
    auto other = rule;
    other.replace(other.find("\"self\""), 6, "\"you\"");
    CHECK(details(from, packs_of(other, words)) == lines{"voice: self -> you"});
    CHECK(details(from, packs_of(rule, "perish = [\"perish\", \"{go} away\"]\ngo = [\"go\", \"went\"]\n")) ==
          lines{"{go} + went"});
    other = rule;
    other.replace(other.find("\"three\""), 7, "\"five\"");
    CHECK(details(from, packs_of(other, words)) == lines{"twins - three", "twins + five"});
    other = rule;
    other.replace(other.find("\"three\", \"four\""), 15, "\"four\", \"three\"");
    CHECK(details(from, packs_of(other, words)) == lines{"twins: in another order"});

    const auto heard = packs_of(rule, words, "[who]\nself = [\"i\", \"me\"]\n");
    CHECK(difference(from, heard).front().entry.id == "voice");
    CHECK(details(heard, packs_of(rule, words, "[who]\nself = [\"i\", \"me\", \"my\"]\n")) == lines{"who.self + my"});
}

TEST_CASE("rules that came and went are told as such") {
    auto renamed = rule;
    renamed.replace(renamed.find("active.test"), 11, "active.else");
    const auto changes = difference(packs_of(rule, words), packs_of(renamed, words));
    REQUIRE(changes.size() == 2);
    CHECK((changes[0].what == kind::added && changes[0].entry.id == "en.suicide.active.else"));
    CHECK((changes[1].what == kind::removed && changes[1].entry.id == "en.suicide.active.test"));
}

TEST_CASE("a claim is described with its card, once per language") {
    const std::filesystem::path root = HEARTH_SOURCE_DIR;
    const auto all = describe(read_packs(root / "moderation/packs", root / "moderation/claims"));
    const auto of_claim = [](const pack_entry& one) { return one.id == "claim.methadone.swaps-addictions"; };
    CHECK(std::count_if(all.begin(), all.end(), of_claim) == 3);
    const auto one = std::find_if(all.begin(), all.end(), of_claim);
    REQUIRE(one != all.end());
    CHECK(field(*one, "category") == std::vector<std::string>{"misinfo.medication"});
    CHECK_FALSE(field(*one, "correction").empty());
    CHECK_FALSE(field(*one, "sources").empty());
}

}  // namespace hearth::moderation
