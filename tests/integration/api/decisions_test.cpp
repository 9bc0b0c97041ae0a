#include <algorithm>

#include "house.hpp"

using namespace house;

namespace {

/// A case claimed by a moderator, ready to be decided.
struct bench {
    place p;
    place::someone sage = p.guest("Sage");
    seq_t seq = 0;
    std::string path, lease;

    bench(audience seen_by, const std::string& category, moderation::lane lane = moderation::lane::harm) {
        seq = p.say(sage.who, "the words", seen_by, category, lane);
        path = "/cases/" + std::string(p.case_of(seq).at("id").as_string());
        lease = claim(p.mods);
    }
    std::string claim(const place::someone& who) {
        const auto got = p.as(who.token, "POST", path + "/claim");
        REQUIRE(got.status == 200);
        return got.text("lease");
    }
    reply decide(const std::string& action, json::object more = {}, const std::string& token = "") {
        json::object body{{"lease", lease}, {"action", action}, {"reason", "the ground rules"}};
        for (const auto& [key, value] : more) body[key] = value;
        return p.as(token.empty() ? p.mods.token : token, "POST", path + "/decisions", json::serialize(body));
    }
    std::vector<event> of(event_type type) {
        auto all = p.events();
        std::erase_if(all, [&](const event& e) { return e.type != type; });
        return all;
    }
    json::object fields(const event& e) { return json::parse("{" + e.fields + "}").as_object(); }
};

}  // namespace

TEST_CASE("a held message is released", "[api]") {
    bench b(audience::author_and_staff, "eating.promotion");
    const auto got = b.decide("release", {{"note", "harmless"}, {"reply", "Thank you"}});
    REQUIRE(got.status == 200);
    CHECK(got.body.at("state") == "decided");
    CHECK(got.body.at("decisions").at(0).at("note") == "harmless");
    CHECK(got.body.at("decisions").at(0).at("by").at("name") == "Alder");
    CHECK(got.body.as_object().contains("context"));

    const auto released = b.of(event_type::released);
    REQUIRE(released.size() == 1);
    CHECK(released[0].seen_by == audience::everyone);
    CHECK(released[0].text == "the words");
    CHECK(released[0].target == b.seq);
    CHECK(b.fields(released[0]).at("key").as_string() == b.p.event_at(b.seq).key);
    const auto notices = b.of(event_type::notice);
    REQUIRE(notices.size() == 1);
    CHECK(notices[0].author.id == b.sage.who.id);
    CHECK(b.fields(notices[0]).at("outcome") == "released");
    CHECK(b.fields(notices[0]).at("note") == "Thank you");
    CHECK(b.fields(notices[0]).at("notice").at("explanation").as_string() ==
          b.p.words.decided("en", texts::ruling::released, "eating.promotion", {}));
    CHECK(b.p.audit().back().action == "case.decide");

    SECTION("and the lease is spent") { CHECK(b.decide("remove").status == 409); }
    SECTION("only an admin decides again") {
        CHECK(b.p.as(b.p.others.token, "POST", b.path + "/claim").status == 403);
        b.lease = b.claim(b.p.admin);
        CHECK(b.decide("remove", {}, b.p.admin.token).status == 200);
        CHECK(!b.p.event_at(b.seq).text);
        CHECK(b.of(event_type::retracted).at(0).seen_by == audience::everyone);
        b.lease = b.claim(b.p.admin);
        const auto back = b.decide("release", {}, b.p.admin.token);
        CHECK(back.status == 200);
        CHECK(b.of(event_type::released).back().text == "the words");
    }
}

TEST_CASE("what the other decisions leave behind", "[api]") {
    SECTION("remove") {
        bench b(audience::author_and_staff, "eating.promotion");
        CHECK(b.decide("remove").status == 200);
        CHECK(!b.p.event_at(b.seq).text);
        CHECK(b.of(event_type::retracted).at(0).seen_by == audience::author_and_staff);
        CHECK(b.fields(b.of(event_type::notice).at(0)).at("outcome") == "removed");
        CHECK(b.p.case_of(b.seq).at("message").at("text") == "the words");
    }
    SECTION("warn") {
        bench b(audience::everyone, "harassment");
        CHECK(b.decide("warn").status == 200);
        const auto sanction = b.fields(b.of(event_type::sanction).at(0));
        CHECK(sanction.at("action") == "warn");
        CHECK(sanction.at("user").at("name") == "Sage");
        CHECK(!b.p.event_at(b.seq).text);
        CHECK(b.p.case_of(b.seq).at("author_history").at("sanctions") == 1);
    }
    SECTION("mute, with a duration by either name") {
        for (const json::object& length :
             {json::object{{"duration_s", 3600}}, json::object{{"duration", "1h"}}, json::object{{"duration", 3600}}}) {
            bench b(audience::everyone, "harassment");
            CHECK(b.decide("mute", length).status == 200);
            const auto standing = b.p.standing(b.sage.who);
            REQUIRE(standing.muted_until);
            CHECK(*standing.muted_until > now() + std::chrono::minutes(59));
            CHECK(*standing.muted_until <= now() + std::chrono::minutes(60));
            CHECK(!standing.banned_until);
            CHECK(b.fields(b.of(event_type::notice).at(0)).at("notice").at("explanation").as_string().find("UTC") !=
                  std::string::npos);
        }
    }
    SECTION("ban, until it is lifted") {
        bench b(audience::everyone, "harassment");
        CHECK(b.decide("ban").status == 200);
        CHECK(*b.p.standing(b.sage.who).banned_until > now() + std::chrono::years(1000));
        CHECK(!b.fields(b.of(event_type::sanction).at(0)).contains("until"));
        CHECK(b.p.as(b.sage.token, "GET", "/rooms/harbour").status == 403);
    }
    SECTION("keep on a public message tells nobody") {
        bench b(audience::everyone, "harassment");
        CHECK(b.decide("keep").status == 200);
        CHECK(b.p.events().size() == 1);
    }
    SECTION("resources, in the care lane") {
        bench b(audience::everyone, "suicide.active", moderation::lane::care);
        CHECK(b.decide("resources", {{"reply", "I am here"}}).status == 200);
        const auto notice = b.fields(b.of(event_type::notice).at(0));
        CHECK(notice.at("outcome") == "resources");
        CHECK(notice.at("notice").at("lane") == "care");
        CHECK(notice.at("notice").at("resources").as_array().size() >= 2);
        CHECK(b.p.event_at(b.seq).text == "the words");
    }
    SECTION("escalate hands it to an admin") {
        bench b(audience::author_and_staff, "harassment");
        CHECK(b.decide("escalate").body.at("state") == "escalated");
        CHECK(b.p.as(b.p.others.token, "POST", b.path + "/claim").status == 403);
        b.lease = b.claim(b.p.admin);
        CHECK(b.decide("remove", {}, b.p.admin.token).body.at("state") == "decided");
    }
}

TEST_CASE("what is refused leaves everything as it was", "[api]") {
    SECTION("a disclosure costs its author nothing") {
        bench b(audience::everyone, "suicide.passive", moderation::lane::care);
        for (const auto* action : {"warn", "mute", "ban"}) {
            const auto got = b.decide(action);
            CHECK(got.status == 403);
            CHECK(field(got) == "action");
        }
        CHECK(b.p.events().size() == 1);
        CHECK(!b.p.standing(b.sage.who).muted_until);
        CHECK(b.decide("keep").status == 200);
    }
    bench b(audience::author_and_staff, "eating.promotion");
    const auto before = b.p.events().size();
    const auto entries = b.p.audit().size();
    SECTION("a wrong lease, or another's") {
        CHECK(b.decide("remove", {{"lease", "wrong"}}).status == 409);
        CHECK(b.decide("remove", {}, b.p.others.token).status == 409);
    }
    SECTION("fields that do not fit are named") {
        CHECK(field(b.decide("explode")) == "action");
        CHECK(field(b.decide("remove", {{"action", 3}})) == "action");
        CHECK(field(b.decide("remove", {{"reason", "  "}})) == "reason");
        CHECK(field(b.decide("remove", {{"reason", nullptr}})) == "reason");
        CHECK(field(b.decide("mute", {{"duration_s", 0}})) == "duration_s");
        CHECK(field(b.decide("mute", {{"duration_s", "soon"}})) == "duration_s");
        CHECK(field(b.decide("remove", {{"note", json::string(1001, 'n')}})) == "note");
        CHECK(field(b.decide("remove", {{"lease", nullptr}})) == "lease");
    }
    SECTION("an unknown case") {
        b.path = "/cases/cnone";
        CHECK(b.decide("remove").status == 404);
    }
    CHECK(b.p.events().size() == before);
    CHECK(b.p.audit().size() == entries);
    CHECK(b.p.case_of(b.seq).at("state") == "claimed");
}

TEST_CASE("two decisions at once: one is made, the other conflicts", "[api]") {
    bench b(audience::author_and_staff, "eating.promotion");
    std::vector<int> statuses;
    for (const auto* action : {"release", "remove"}) {
        api::request asked;
        asked.method = "POST";
        asked.path = "/api/v1" + b.path + "/decisions";
        asked.bearer = b.p.mods.token;
        asked.body = json::serialize(json::object{{"lease", b.lease}, {"action", action}, {"reason", "x"}});
        b.p.router.handle(asked, [&](api::response answer) { statuses.push_back(answer.status); });
    }
    b.p.loop.until([&] { return statuses.size() == 2; });
    std::sort(statuses.begin(), statuses.end());
    CHECK(statuses == std::vector{200, 409});
    CHECK(b.of(event_type::notice).size() == 1);
    CHECK(b.p.case_of(b.seq).at("decisions").as_array().size() == 1);
}

TEST_CASE("the author's notice is in the room's language", "[api]") {
    place p;
    CHECK(p.as(p.admin.token, "PATCH", "/rooms/harbour", R"({"languages":["id","en"]})").status == 200);
    const auto sage = p.guest("Sage");
    const auto seq = p.say(sage.who, "kata-kata", audience::author_and_staff, "eating.promotion");
    const auto path = "/cases/" + std::string(p.case_of(seq).at("id").as_string());
    const auto lease = p.as(p.mods.token, "POST", path + "/claim").text("lease");
    CHECK(p.as(p.mods.token, "POST", path + "/decisions",
               json::serialize(json::object{{"lease", lease}, {"action", "remove"}, {"reason", "x"}}))
              .status == 200);
    CHECK(p.events().back().fields.find("Moderator sudah membaca pesanmu") != std::string::npos);
}
