#include "house.hpp"

using namespace house;

namespace {

json::object form(const std::string& slug) {
    return {{"slug", slug},
            {"title", "Quiet evening"},
            {"kind", "peer_support"},
            {"topic", "mood"},
            {"languages", json::array{"fr", "en"}}};
}

json::object with_field(json::object base, const char* name, json::value value) {
    base[name] = std::move(value);
    return base;
}

json::object without(json::object base, const char* name) {
    base.erase(name);
    return base;
}

}  // namespace

TEST_CASE("an admin makes a room", "[api]") {
    place p;
    SECTION("with the ground rules of its kind, in its first language") {
        const auto got = p.as(p.admin.token, "POST", "/rooms", json::serialize(form("evening")));
        REQUIRE(got.status == 201);
        CHECK(got.body.at("slug") == "evening");
        CHECK(got.body.at("open") == false);
        CHECK(got.body.at("rules").at("version") == 1);
        CHECK(got.body.at("rules").at("text").as_string() == p.words.default_rules("fr", room_kind::peer_support));
        CHECK(p.gateway.rooms.back().slug == "evening");
        CHECK(p.audit().back().action == "room.create");
        CHECK(p.audit().back().subject == "evening");
    }
    SECTION("with rules of its own, or none") {
        CHECK(p.as(p.admin.token, "POST", "/rooms", json::serialize(with_field(form("a"), "rules", "One.\nTwo.")))
                  .body.at("rules")
                  .at("text") == "One.\nTwo.");
        CHECK(!p.as(p.admin.token, "POST", "/rooms", json::serialize(with_field(form("b"), "rules", "")))
                   .body.as_object()
                   .contains("rules"));
    }
    SECTION("a slug that is taken") {
        const auto got = p.as(p.admin.token, "POST", "/rooms", json::serialize(form("harbour")));
        CHECK(got.status == 409);
        CHECK(field(got) == "slug");
    }
    SECTION("what does not fit is named") {
        struct row {
            const char* name;
            json::object body;
            const char* field;
        };
        const row rows[]{
            {"no slug", without(form("x"), "slug"), "slug"},
            {"a bad slug", form("Bad Slug"), "slug"},
            {"a long slug", form(std::string(41, 'a')), "slug"},
            {"no title", with_field(form("x"), "title", "  "), "title"},
            {"a long title", with_field(form("x"), "title", json::string(81, 't')), "title"},
            {"a title of two lines", with_field(form("x"), "title", "a\nb"), "title"},
            {"an unknown kind", with_field(form("x"), "kind", "party"), "kind"},
            {"no topic", without(form("x"), "topic"), "topic"},
            {"no language", with_field(form("x"), "languages", json::array{}), "languages"},
            {"an unknown language", with_field(form("x"), "languages", json::array{"tlh"}), "languages"},
            {"a language twice", with_field(form("x"), "languages", json::array{"en", "en"}), "languages"},
            {"languages as text", with_field(form("x"), "languages", "en"), "languages"},
            {"open as text", with_field(form("x"), "open", "yes"), "open"},
            {"endless rules", with_field(form("x"), "rules", json::string(8001, 'r')), "rules"},
        };
        for (const auto& row : rows) {
            INFO(row.name);
            const auto got = p.as(p.admin.token, "POST", "/rooms", json::serialize(row.body));
            CHECK(got.status == 400);
            CHECK(field(got) == row.field);
        }
        CHECK(p.as(p.admin.token, "GET", "/rooms").body.at("rooms").as_array().size() == 1);
    }
}

TEST_CASE("who sees which rooms", "[api]") {
    place p;
    const auto sage = p.guest("Sage");
    p.as(p.admin.token, "POST", "/rooms", json::serialize(form("closed")));
    p.as(p.admin.token, "POST", "/rooms", json::serialize(with_field(form("open"), "open", true)));
    p.as(p.admin.token, "POST", "/rooms", json::serialize(form("old")));
    CHECK(p.as(p.admin.token, "DELETE", "/rooms/old").status == 204);
    const auto slugs = [&](const std::string& token) {
        std::vector<std::string> out;
        const auto got = p.as(token, "GET", "/rooms");
        for (const auto& r : got.body.at("rooms").as_array()) out.emplace_back(r.at("slug").as_string());
        return out;
    };
    CHECK(slugs(p.admin.token) == std::vector<std::string>{"closed", "harbour", "old", "open"});
    CHECK(slugs(p.mods.token) == std::vector<std::string>{"closed", "harbour", "open"});
    CHECK(slugs(sage.token) == std::vector<std::string>{"harbour", "open"});
    CHECK(p.ask("GET", "/rooms").status == 401);

    CHECK(p.as(sage.token, "GET", "/rooms/harbour").body.at("rules").at("text") == "Be kind.");
    CHECK(p.as(sage.token, "GET", "/rooms/open").status == 200);
    CHECK(code(p.as(sage.token, "GET", "/rooms/closed")) == "not_a_member");
    CHECK(p.as(sage.token, "GET", "/rooms/closed").status == 403);
    CHECK(p.as(p.mods.token, "GET", "/rooms/closed").status == 200);
    CHECK(p.as(p.mods.token, "GET", "/rooms/old").status == 404);
    CHECK(code(p.as(p.mods.token, "GET", "/rooms/nowhere")) == "unknown_room");
    CHECK(p.as(p.mods.token, "GET", "/me").body.at("rooms").as_array().size() == 3);
}

TEST_CASE("an admin changes a room", "[api]") {
    place p;
    SECTION("what is given changes, the rest stays") {
        const auto got = p.as(p.admin.token, "PATCH", "/rooms/harbour", R"({"title":"New harbour","open":true})");
        REQUIRE(got.status == 200);
        CHECK(got.body.at("title") == "New harbour");
        CHECK(got.body.at("open") == true);
        CHECK(got.body.at("rules").at("version") == 1);
        CHECK(p.audit().back().action == "room.update");
        CHECK(p.audit().back().detail == R"({"fields":["title","open"]})");
        CHECK(p.gateway.rooms.back().title == "New harbour");
    }
    SECTION("new rules have a new version") {
        CHECK(p.as(p.admin.token, "PATCH", "/rooms/harbour", R"({"rules":"Be kinder."})")
                  .body.at("rules")
                  .at("version") == 2);
    }
    SECTION("what does not fit changes nothing") {
        CHECK(field(p.as(p.admin.token, "PATCH", "/rooms/harbour", R"({"title":"x","topic":"sports"})")) == "topic");
        CHECK(p.as(p.admin.token, "GET", "/rooms/harbour").body.at("title") == "Harbour");
        CHECK(p.as(p.admin.token, "PATCH", "/rooms/nowhere", "{}").status == 404);
    }
    SECTION("closed, it is gone for everyone and its slug is free") {
        const auto sage = p.guest("Sage");
        CHECK(p.as(p.admin.token, "DELETE", "/rooms/harbour").status == 204);
        CHECK(p.gateway.rooms.back().archived);
        CHECK(p.audit().back().action == "room.close");
        CHECK(p.as(sage.token, "GET", "/rooms/harbour").status == 404);
        CHECK(p.as(p.admin.token, "DELETE", "/rooms/harbour").status == 404);
        CHECK(p.as(p.admin.token, "POST", "/rooms", json::serialize(form("harbour"))).status == 201);
    }
}

TEST_CASE("invites", "[api]") {
    place p;
    SECTION("made, listed, used, revoked") {
        const auto made = p.as(p.mods.token, "POST", "/rooms/harbour/invites", R"({"uses":2,"expires_in_s":3600})");
        REQUIRE(made.status == 201);
        CHECK(made.text("url") == "https://hearth.example.org/join/" + made.text("code"));
        CHECK(made.body.at("uses_left") == 2);
        auto list = p.as(p.mods.token, "GET", "/rooms/harbour/invites");
        REQUIRE(list.body.at("invites").as_array().size() == 1);
        CHECK(list.body.at("invites").at(0).at("id") == made.body.at("id"));
        CHECK(list.raw.body.find(made.text("code")) == std::string::npos);
        CHECK(p.ask("POST", "/guests", json::serialize(json::object{{"invite", made.text("code")}, {"name", "Sage"}}))
                  .status == 200);
        list = p.as(p.mods.token, "GET", "/rooms/harbour/invites");
        CHECK(list.body.at("invites").at(0).at("uses_left") == 1);
        CHECK(p.as(p.mods.token, "DELETE", "/rooms/harbour/invites/" + made.text("id")).status == 204);
        CHECK(p.ask("GET", "/invites/" + made.text("code")).status == 404);
        CHECK(p.as(p.mods.token, "DELETE", "/rooms/harbour/invites/" + made.text("id")).status == 404);
        std::vector<std::string> acts;
        for (const auto& e : p.audit()) acts.push_back(e.action);
        CHECK(acts == std::vector<std::string>{"invite.create", "invite.revoke"});
    }
    SECTION("one use and seven days unless said otherwise") {
        const auto made = p.as(p.admin.token, "POST", "/rooms/harbour/invites");
        CHECK(made.body.at("uses_left") == 1);
        CHECK(made.text("expires_at") > to_rfc3339(now() + std::chrono::hours(24 * 7 - 1)));
        CHECK(made.text("expires_at") < to_rfc3339(now() + std::chrono::hours(24 * 7 + 1)));
    }
    SECTION("what does not fit is named") {
        CHECK(field(p.as(p.mods.token, "POST", "/rooms/harbour/invites", R"({"uses":0})")) == "uses");
        CHECK(field(p.as(p.mods.token, "POST", "/rooms/harbour/invites", R"({"uses":1.5})")) == "uses");
        CHECK(field(p.as(p.mods.token, "POST", "/rooms/harbour/invites", R"({"expires_in_s":1})")) == "expires_in_s");
        CHECK(p.as(p.mods.token, "POST", "/rooms/nowhere/invites").status == 404);
    }
    SECTION("a facilitator invites to rooms of their own only") {
        const auto fern = p.staff("Fern", role::facilitator);
        CHECK(p.as(fern.token, "POST", "/rooms/harbour/invites").status == 403);
        CHECK(p.as(fern.token, "POST", "/guests", json::serialize(json::object{{"invite", p.invite()}})).status == 200);
        CHECK(p.as(fern.token, "POST", "/rooms/harbour/invites").status == 201);
    }
}
