#include "house.hpp"

using namespace house;

namespace {

struct scene : place {
    void hear(const std::string& word, int people, bool clean = true) {
        const moderation::near_miss one{word, "zorping", "harassment", 0, word.size()};
        for (int i = 0; i < people; ++i) spellings.hear({one}, user_id{"u-" + std::to_string(i)}, clean, now());
    }
    reply list(const std::string& token = "") { return as(token.empty() ? mods.token : token, "GET", "/variants"); }
    reply decide(const std::string& word, bool accept, const std::string& token = "") {
        return as(token.empty() ? mods.token : token, "POST", "/variants/" + word,
                  accept ? R"({"accept":true})" : R"({"accept":false})");
    }
    static std::size_t count(const reply& got, const char* of) { return got.body.at(of).as_array().size(); }
};

}  // namespace

TEST_CASE("what several people write is listed with its evidence, and nobody is named", "[api]") {
    scene s;
    CHECK(scene::count(s.list(), "variants") == 0);
    s.hear("zorpinng", 3);
    s.hear("zorpink", 1);
    const auto got = s.list();
    REQUIRE(got.status == 200);
    REQUIRE(scene::count(got, "variants") == 1);
    const auto& one = got.body.at("variants").at(0);
    CHECK(one.at("word") == "zorpinng");
    CHECK(one.at("term") == "zorping");
    CHECK(one.at("category") == "harassment");
    CHECK(one.at("count") == 3);
    CHECK(one.at("authors") == 3);
    CHECK(one.at("rising") == false);
    CHECK(one.as_object().contains("first_seen"));
    CHECK(one.as_object().contains("last_seen"));
    CHECK(got.raw.body.find("u-1") == std::string::npos);
}

TEST_CASE("an accepted spelling reaches the judges, the store and the audit log", "[api]") {
    scene s;
    s.hear("zorpinng", 3);
    const auto got = s.decide("zorpinng", true);
    REQUIRE(got.status == 200);
    CHECK(got.body.at("accepted") == true);
    CHECK(got.text("by") == s.mods.who.id.value);
    REQUIRE(s.told.size() == 1);
    CHECK(s.told.back()->find("zorpinng") == "zorping");
    CHECK(s.audit().back().action == "variant.accept");
    CHECK(s.audit().back().subject == "zorpinng");
    s.hear("zorpinng", 5);
    CHECK(scene::count(s.list(), "variants") == 0);
    CHECK(scene::count(s.list(), "decided") == 1);

    // As after a restart: what is stored is what is read.
    const auto kept =
        s.get<std::vector<variant_decision>>([&](auto done) { s.store->list_variants(s.loop, std::move(done)); });
    std::shared_ptr<const moderation::variants> read;
    session::spellings later(kept, 0, now(), [&](auto table) { read = std::move(table); });
    REQUIRE(read);
    CHECK(read->find("zorpinng") == "zorping");
    CHECK(later.suggestions(now()).empty());
}

TEST_CASE("a dismissed spelling is not suggested again, and a decision can be changed", "[api]") {
    scene s;
    s.hear("zorpinng", 3);
    REQUIRE(s.decide("zorpinng", false).status == 200);
    CHECK(s.audit().back().action == "variant.dismiss");
    CHECK(s.told.back()->empty());
    s.hear("zorpinng", 5);
    CHECK(scene::count(s.list(), "variants") == 0);
    REQUIRE(s.decide("zorpinng", true, s.admin.token).status == 200);
    CHECK(s.told.back()->find("zorpinng") == "zorping");
    REQUIRE(s.decide("zorpinng", false).status == 200);
    CHECK(s.told.back()->empty());
    CHECK(scene::count(s.list(), "decided") == 1);
}

TEST_CASE("spellings are the team's to decide, and only those that were heard", "[api]") {
    scene s;
    s.hear("zorpinng", 3);
    const auto sage = s.guest("Sage");
    const auto host = s.staff("Heath", role::facilitator);
    for (const auto& token : {sage.token, host.token}) {
        CHECK(s.list(token).status == 403);
        CHECK(s.decide("zorpinng", true, token).status == 403);
    }
    CHECK(s.ask("GET", "/variants").status == 401);
    CHECK(s.decide("river", true).status == 404);
    CHECK(field(s.as(s.mods.token, "POST", "/variants/zorpinng", "{}")) == "accept");
    CHECK(s.told.empty());
}
