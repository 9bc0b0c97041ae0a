#include <set>

#include "house.hpp"

using namespace house;

namespace {

std::vector<std::int64_t> seqs(const reply& got) {
    std::vector<std::int64_t> out;
    for (const auto& c : got.body.at("cases").as_array()) out.push_back(c.at("seq").to_number<std::int64_t>());
    return out;
}

std::string id_of(const json::value& kase) { return std::string(kase.at("id").as_string()); }

}  // namespace

TEST_CASE("the queue", "[api]") {
    place p;
    const auto sage = p.guest("Sage");
    const auto mild = static_cast<std::int64_t>(
        p.say(sage.who, "mild", audience::everyone, "misinfo.illness", moderation::lane::harm, 2));
    const auto care = static_cast<std::int64_t>(
        p.say(sage.who, "care", audience::everyone, "suicide.active", moderation::lane::care, 3));
    const auto held =
        static_cast<std::int64_t>(p.say(sage.who, "held", audience::author_and_staff, "eating.promotion"));
    const auto list = [&](std::map<std::string, std::string, std::less<>> query) {
        with how;
        how.token = p.mods.token;
        how.query = std::move(query);
        return p.ask("GET", "/cases", "", how);
    };
    SECTION("most urgent first, without what belongs to one case alone") {
        const auto got = list({});
        CHECK(seqs(got) == std::vector{care, held, mild});
        const auto& first = got.body.at("cases").at(0).as_object();
        CHECK(first.at("message").at("text") == "care");
        for (const auto* absent : {"context", "findings", "author_history"}) CHECK(!first.contains(absent));
        CHECK(!got.body.as_object().contains("cursor"));
    }
    SECTION("by lane, room and state") {
        CHECK(seqs(list({{"lane", "care"}})) == std::vector{care});
        CHECK(seqs(list({{"room", "harbour"}, {"state", "open"}})) == std::vector{care, held, mild});
        CHECK(seqs(list({{"state", "decided"}})).empty());
        const auto taken = id_of(p.case_of(static_cast<seq_t>(held)));
        CHECK(p.as(p.mods.token, "POST", "/cases/" + taken + "/claim").status == 200);
        CHECK(seqs(list({{"state", "claimed"}})) == std::vector{held});
        CHECK(seqs(list({{"state", "open"}})) == std::vector{care, mild});
    }
    SECTION("page by page, each case once") {
        for (int i = 0; i < 120; ++i) p.say(sage.who, "more", audience::everyone, "harassment");
        for (const auto* state : {"", "open"}) {
            std::set<std::int64_t> all;
            std::string cursor;
            std::size_t total = 0, pages = 0;
            do {
                const auto got = list({{"cursor", cursor}, {"state", state}});
                for (const auto s : seqs(got)) all.insert(s);
                total += seqs(got).size();
                cursor = got.body.as_object().contains("cursor") ? got.text("cursor") : "";
                ++pages;
            } while (!cursor.empty());
            CHECK(pages == 3);
            CHECK(total == 123);
            CHECK(all.size() == 123);
        }
    }
    SECTION("what does not fit is named") {
        CHECK(field(list({{"state", "lost"}})) == "state");
        CHECK(field(list({{"lane", "fast"}})) == "lane");
        CHECK(field(list({{"cursor", "?"}})) == "cursor");
        CHECK(list({{"room", "nowhere"}}).status == 404);
    }
}

TEST_CASE("a lease that ran out is open in the queue", "[api]") {
    limits brief;
    brief.lease = std::chrono::seconds(0);
    place p(brief);
    const auto sage = p.guest("Sage");
    const auto seq = p.say(sage.who, "held", audience::author_and_staff, "eating.promotion");
    CHECK(p.as(p.mods.token, "POST", "/cases/" + id_of(p.case_of(seq)) + "/claim").status == 200);
    with open, claimed;
    open.token = claimed.token = p.others.token;
    open.query = {{"state", "open"}};
    claimed.query = {{"state", "claimed"}};
    CHECK(seqs(p.ask("GET", "/cases", "", open)).size() == 1);
    CHECK(seqs(p.ask("GET", "/cases", "", claimed)).empty());
    CHECK(p.as(p.others.token, "POST", "/cases/" + id_of(p.case_of(seq)) + "/claim").status == 200);
}

TEST_CASE("one case with everything", "[api]") {
    place p;
    const auto sage = p.guest("Sage");
    const auto fern = p.guest("Fern");
    for (int i = 0; i < 7; ++i) p.say(fern.who, "before " + std::to_string(i));
    const auto seq = p.say(sage.who, "held words", audience::author_and_staff, "eating.promotion");
    for (int i = 0; i < 7; ++i) p.say(fern.who, "after " + std::to_string(i));
    const auto kase = p.case_of(seq);
    CHECK(kase.at("message").at("text") == "held words");
    CHECK(kase.at("message").at("disposition") == "held");
    CHECK(kase.at("findings").at(0).at("rule") == "a.rule");
    const auto& before = kase.at("context").at("before").as_array();
    const auto& after = kase.at("context").at("after").as_array();
    REQUIRE(before.size() == 5);
    REQUIRE(after.size() == 5);
    CHECK(before.front().at("text") == "before 2");
    CHECK(before.back().at("text") == "before 6");
    CHECK(after.front().at("text") == "after 0");
    CHECK(after.back().at("from").at("name") == "Fern");
    CHECK(kase.at("author_history").at("messages") == 1);
    CHECK(kase.at("author_history").at("cases") == 1);
    CHECK(p.as(p.mods.token, "GET", "/cases/cnone").status == 404);
}

TEST_CASE("claims", "[api]") {
    place p;
    const auto sage = p.guest("Sage");
    const auto seq = p.say(sage.who, "held", audience::author_and_staff, "eating.promotion");
    const auto path = "/cases/" + id_of(p.case_of(seq));
    const auto got = p.as(p.mods.token, "POST", path + "/claim", "{}");
    REQUIRE(got.status == 200);
    const auto lease = got.text("lease");
    const auto with_lease = json::serialize(json::object{{"lease", lease}});
    CHECK(p.audit().back().action == "case.claim");
    CHECK(p.case_of(seq).at("claimed_by").at("name") == "Alder");

    SECTION("a second one meets a conflict and changes nothing") {
        CHECK(p.as(p.others.token, "POST", path + "/claim", "{}").status == 409);
        CHECK(p.as(p.mods.token, "POST", path + "/claim", "{}").status == 409);
        CHECK(p.as(p.others.token, "POST", path + "/claim", with_lease).status == 409);
        CHECK(p.as(p.others.token, "POST", path + "/release", with_lease).status == 409);
        CHECK(p.case_of(seq).at("claimed_by").at("name") == "Alder");
    }
    SECTION("the holder renews under the same token, without an audit entry") {
        const auto entries = p.audit().size();
        const auto renewed = p.as(p.mods.token, "POST", path + "/claim", with_lease);
        REQUIRE(renewed.status == 200);
        CHECK(renewed.text("lease") == lease);
        CHECK(renewed.text("expires_at") >= got.text("expires_at"));
        CHECK(p.audit().size() == entries);
    }
    SECTION("given back, the case is free and the lease dead") {
        CHECK(p.as(p.mods.token, "POST", path + "/release", with_lease).status == 204);
        CHECK(p.audit().back().action == "case.release");
        CHECK(p.case_of(seq).at("state") == "open");
        CHECK(p.as(p.mods.token, "POST", path + "/release", with_lease).status == 409);
        CHECK(p.as(p.others.token, "POST", path + "/claim").status == 200);
        const auto late = json::serialize(json::object{{"lease", lease}, {"action", "remove"}, {"reason", "late"}});
        CHECK(p.as(p.mods.token, "POST", path + "/decisions", late).status == 409);
    }
    SECTION("what does not fit is named") {
        CHECK(field(p.as(p.mods.token, "POST", path + "/release", "{}")) == "lease");
        CHECK(field(p.as(p.mods.token, "POST", path + "/claim", R"({"lease":1})")) == "lease");
        CHECK(p.as(p.mods.token, "POST", "/cases/cnone/claim").status == 404);
        CHECK(p.as(p.mods.token, "POST", "/cases/cnone/release", with_lease).status == 404);
    }
    SECTION("nobody claims the case of their own message") {
        const auto own = p.say(p.mods.who, "mine", audience::author_and_staff, "harassment");
        CHECK(p.as(p.mods.token, "POST", "/cases/" + id_of(p.case_of(own)) + "/claim").status == 403);
    }
}
