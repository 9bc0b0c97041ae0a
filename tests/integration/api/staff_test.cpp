#include "house.hpp"

using namespace house;

namespace {

std::string login(const std::string& name, const std::string& password) {
    return json::serialize(json::object{{"name", name}, {"password", password}});
}

}  // namespace

TEST_CASE("an admin adds staff", "[api]") {
    place p;
    SECTION("with a generated password that is shown once and works") {
        const auto got = p.as(p.admin.token, "POST", "/staff", R"({"name":"Rowan","role":"moderator"})");
        REQUIRE(got.status == 201);
        CHECK(got.body.at("role") == "moderator");
        CHECK(got.body.at("disabled") == false);
        CHECK(p.ask("POST", "/login", login("Rowan", got.text("password"))).status == 200);
        const auto list = p.as(p.admin.token, "GET", "/staff");
        CHECK(list.body.at("staff").as_array().size() == 4);
        CHECK(list.raw.body.find("password") == std::string::npos);
        CHECK(list.raw.body.find("argon2") == std::string::npos);
        const auto entry = p.audit().at(0);
        CHECK(entry.action == "staff.add");
        CHECK(entry.subject == got.text("id"));
        CHECK(entry.detail == R"({"role":"moderator"})");
    }
    SECTION("with a chosen one") {
        const auto got = p.as(p.admin.token, "POST", "/staff",
                              R"({"name":"Rowan","role":"facilitator","password":"correct horse battery"})");
        REQUIRE(got.status == 201);
        CHECK(!got.body.as_object().contains("password"));
        CHECK(p.ask("POST", "/login", login("Rowan", "correct horse battery")).status == 200);
    }
    SECTION("a name that is taken") {
        const auto got = p.as(p.admin.token, "POST", "/staff", R"({"name":"alder","role":"moderator"})");
        CHECK(got.status == 409);
        CHECK(field(got) == "name");
    }
    SECTION("what does not fit is named") {
        CHECK(field(p.as(p.admin.token, "POST", "/staff", R"({"role":"moderator"})")) == "name");
        CHECK(field(p.as(p.admin.token, "POST", "/staff", R"({"name":"x"})")) == "role");
        CHECK(field(p.as(p.admin.token, "POST", "/staff", R"({"name":"x","role":"member"})")) == "role");
        CHECK(field(p.as(p.admin.token, "POST", "/staff", R"({"name":"x","role":"moderator","password":"short"})")) ==
              "password");
        CHECK(p.as(p.admin.token, "GET", "/staff").body.at("staff").as_array().size() == 3);
    }
}

TEST_CASE("an admin changes staff", "[api]") {
    place p;
    const auto path = "/staff/" + p.mods.who.id.value;
    SECTION("disabled, their sessions and connections end") {
        const auto got = p.as(p.admin.token, "PATCH", path, R"({"disabled":true})");
        REQUIRE(got.status == 200);
        CHECK(got.body.at("disabled") == true);
        CHECK(p.as(p.mods.token, "GET", "/me").status == 401);
        CHECK(p.gateway.left == std::vector<user_id>{p.mods.who.id});
        CHECK(p.audit().back().action == "staff.change");
        CHECK(p.audit().back().detail == R"({"disabled":true})");
    }
    SECTION("a lower role holds from the next request on") {
        CHECK(p.as(p.mods.token, "GET", "/cases").status == 200);
        CHECK(p.as(p.admin.token, "PATCH", path, R"({"role":"facilitator"})").status == 200);
        CHECK(p.as(p.mods.token, "GET", "/cases").status == 403);
        CHECK(p.gateway.left.size() == 1);
    }
    SECTION("a higher one ends nothing") {
        CHECK(p.as(p.admin.token, "PATCH", path, R"({"role":"admin"})").status == 200);
        CHECK(p.as(p.mods.token, "GET", "/audit").status == 200);
        CHECK(p.gateway.left.empty());
    }
    SECTION("a new password") {
        CHECK(p.as(p.admin.token, "PATCH", path, R"({"password":"correct horse battery"})").status == 200);
        CHECK(p.ask("POST", "/login", login("Alder", "correct horse battery")).status == 200);
        CHECK(p.audit().at(0).detail == R"({"password":true})");
    }
    SECTION("nobody locks themselves out") {
        const auto own = "/staff/" + p.admin.who.id.value;
        CHECK(p.as(p.admin.token, "PATCH", own, R"({"disabled":true})").status == 409);
        CHECK(p.as(p.admin.token, "PATCH", own, R"({"role":"moderator"})").status == 409);
        CHECK(p.as(p.admin.token, "GET", "/me").status == 200);
    }
    SECTION("guests are no staff") {
        const auto sage = p.guest("Sage");
        CHECK(p.as(p.admin.token, "PATCH", "/staff/" + sage.who.id.value, R"({"role":"admin"})").status == 404);
        CHECK(p.as(p.admin.token, "PATCH", "/staff/unobody", "{}").status == 404);
    }
}
