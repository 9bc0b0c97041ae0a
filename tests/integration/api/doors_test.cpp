// Signing in, staff and guests alike.
#include "house.hpp"
#include "identity/token.hpp"

using namespace house;

namespace {

std::string login(const std::string& name, const std::string& password) {
    return json::serialize(json::object{{"name", name}, {"password", password}});
}

std::string token_in(const std::string& cookie) {
    const auto begin = cookie.find('=') + 1;
    return cookie.substr(begin, cookie.find(';') - begin);
}

}  // namespace

TEST_CASE("signing in with a name and a password", "[api]") {
    place p;
    const auto rowan = p.staff("Rowan Tree", role::moderator, "correct horse battery");

    SECTION("gives a token and a cookie, and is recorded") {
        const auto got = p.ask("POST", "/login", login("Rowan Tree", "correct horse battery"));
        REQUIRE(got.status == 200);
        CHECK(got.body.at("user").at("id").as_string() == rowan.who.id.value);
        CHECK(got.body.at("user").at("roles").at(0) == "moderator");
        const auto cookie = got.header("Set-Cookie");
        CHECK(token_in(cookie) == got.text("token"));
        for (const auto* part : {"; Path=/", "; HttpOnly", "; SameSite=Strict", "; Max-Age=2592000"})
            CHECK(cookie.find(part) != cookie.npos);
        CHECK(cookie.find("Secure") == cookie.npos);
        CHECK(p.as(got.text("token"), "GET", "/me").status == 200);
        const auto last = p.audit().back();
        CHECK(last.action == "session.login");
        CHECK(last.actor == rowan.who.id);
    }
    SECTION("over TLS the cookie is Secure") {
        with how;
        how.secure = true;
        CHECK(p.ask("POST", "/login", login("Rowan Tree", "correct horse battery"), how)
                  .header("Set-Cookie")
                  .find("; Secure") != std::string::npos);
    }
    SECTION("a wrong password and an unknown name look alike") {
        const auto wrong = p.ask("POST", "/login", login("Rowan Tree", "wrong horse battery"));
        const auto nobody = p.ask("POST", "/login", login("Nobody", "wrong horse battery"));
        CHECK(wrong.status == 401);
        CHECK(wrong.raw.body == nobody.raw.body);
        CHECK(wrong.text("detail") == "The name and the password do not go together. Please try again.");
        CHECK(wrong.header("WWW-Authenticate") == "Bearer");
        CHECK(wrong.header("Set-Cookie").empty());
    }
    SECTION("a disabled account does not open") {
        auto entry = p.get<account>([&](auto done) { p.store->find_account("Rowan Tree", p.loop, done); });
        entry.disabled = true;
        p.get<account>([&](auto done) { p.store->update_account(entry, p.loop, done); });
        CHECK(p.ask("POST", "/login", login("Rowan Tree", "correct horse battery")).status == 401);
    }
    SECTION("a field that is missing or of another type is named") {
        CHECK(field(p.ask("POST", "/login", R"({"name":"x"})")) == "password");
        CHECK(field(p.ask("POST", "/login", R"({"name":7,"password":"x"})")) == "name");
        CHECK(p.ask("POST", "/login", "[]").status == 400);
        CHECK(p.ask("POST", "/login", "").status == 400);
    }
}

TEST_CASE("tries at the door are counted", "[api]") {
    limits few;
    few.logins_per_minute_and_name = 2;
    few.logins_per_minute_and_address = 4;
    few.hellos_per_minute_and_address = 2;
    place p(few);
    p.staff("Rowan", role::moderator, "correct horse battery");
    const auto try_as = [&](const std::string& name, const std::string& address,
                            const std::string& password = "wrong horse battery") {
        with how;
        how.address = address;
        return p.ask("POST", "/login", login(name, password), how);
    };
    SECTION("by name, from wherever they come") {
        CHECK(try_as("Rowan", "a").status == 401);
        CHECK(try_as("Rowan", "b").status == 401);
        const auto third = try_as("Rowan", "c", "correct horse battery");
        CHECK(third.status == 429);
        CHECK(code(third) == "rate_limited");
        CHECK(std::stoi(third.header("Retry-After")) >= 1);
    }
    SECTION("by address, whatever the name") {
        for (const auto* name : {"A", "B", "C", "D"}) CHECK(try_as(name, "a").status == 401);
        CHECK(try_as("E", "a").status == 429);
        CHECK(try_as("E", "b").status == 401);
    }
    SECTION("the right password uses up no try of the name") {
        for (int i = 0; i < 4; ++i) CHECK(try_as("Rowan", std::to_string(i), "correct horse battery").status == 200);
    }
    SECTION("guests by address") {
        CHECK(p.ask("POST", "/guests", R"({"invite":"x","name":"Sage"})").status == 404);
        CHECK(p.ask("GET", "/invites/x").status == 404);
        CHECK(p.ask("POST", "/guests", R"({"invite":"x","name":"Sage"})").status == 429);
        with elsewhere;
        elsewhere.address = "elsewhere";
        CHECK(p.ask("GET", "/invites/x", "", elsewhere).status == 404);
    }
    SECTION("not at all when limits are off") {
        auto off = few;
        off.rate_limits = false;
        place q(off);
        for (int i = 0; i < 6; ++i) CHECK(q.ask("GET", "/invites/x").status == 404);
    }
}

TEST_CASE("a sign-in link", "[api]") {
    place p;
    const auto link = identity::new_token();
    session_record record{identity::hash_token(link), p.mods.who.id, now() + std::chrono::minutes(5), true};
    p.get<void>([&](auto done) { p.store->add_session(record, p.loop, done); });
    const auto body = json::serialize(json::object{{"link", link}});

    SECTION("is no session by itself") { CHECK(p.as(link, "GET", "/me").status == 401); }
    SECTION("opens one session, once") {
        const auto got = p.ask("POST", "/login", body);
        REQUIRE(got.status == 200);
        CHECK(got.body.at("user").at("name") == "Alder");
        CHECK(p.as(got.text("token"), "GET", "/cases").status == 200);
        const auto again = p.ask("POST", "/login", body);
        CHECK(again.status == 401);
        CHECK(again.text("detail").find("link") != std::string::npos);
    }
    SECTION("a session's token is no link") {
        const auto got = p.ask("POST", "/login", json::serialize(json::object{{"link", p.mods.token}}));
        CHECK(got.status == 401);
        CHECK(p.as(p.mods.token, "GET", "/me").status == 200);
    }
}

TEST_CASE("leaving", "[api]") {
    place p;
    const auto got = p.as(p.mods.token, "POST", "/logout");
    CHECK(got.status == 204);
    CHECK(got.raw.body.empty());
    CHECK(got.header("Set-Cookie").find("hearth_session=; ") == 0);
    CHECK(got.header("Set-Cookie").find("Max-Age=0") != std::string::npos);
    CHECK(p.as(p.mods.token, "GET", "/me").status == 401);
    CHECK(p.ask("POST", "/logout").status == 401);
}

TEST_CASE("coming in as a guest", "[api]") {
    place p;
    const auto code_given = p.invite(1);
    SECTION("the invite shows its room before one enters") {
        const auto got = p.ask("GET", "/invites/" + code_given);
        REQUIRE(got.status == 200);
        CHECK(got.body.at("room").at("slug") == "harbour");
        CHECK(got.body.at("room").at("rules").at("text") == "Be kind.");
        CHECK(p.ask("GET", "/invites/unknown").status == 404);
    }
    SECTION("with a name it makes a member of the room") {
        const auto got =
            p.ask("POST", "/guests",
                  json::serialize(json::object{{"invite", code_given}, {"name", "  Sage  "}, {"locale", "fr"}}));
        REQUIRE(got.status == 200);
        CHECK(got.body.at("user").at("name") == "Sage");
        CHECK(got.body.at("user").at("roles").at(0) == "member");
        CHECK(got.body.at("room").at("slug") == "harbour");
        CHECK(token_in(got.header("Set-Cookie")) == got.text("token"));
        const auto me = p.as(got.text("token"), "GET", "/me");
        CHECK(me.body.at("rooms").at(0).at("slug") == "harbour");
        SECTION("and is used up") {
            CHECK(p.ask("GET", "/invites/" + code_given).status == 404);
            CHECK(p.ask("POST", "/guests", json::serialize(json::object{{"invite", code_given}, {"name", "Fern"}}))
                      .status == 404);
        }
    }
    SECTION("a person who is known enters one more room by the invite alone") {
        const auto got = p.as(p.mods.token, "POST", "/guests", json::serialize(json::object{{"invite", code_given}}));
        REQUIRE(got.status == 200);
        CHECK(got.body.at("user").at("name") == "Alder");
        CHECK(!got.body.as_object().contains("token"));
        CHECK(got.header("Set-Cookie").empty());
        CHECK(p.standing(p.mods.who).member);
    }
    SECTION("what does not fit is named, and the invite is not used") {
        struct row {
            const char* name;
            json::value body;
            const char* field;
            const char* code;
        };
        const row rows[]{
            {"nobody and no name", json::object{{"invite", code_given}}, "name", "bad_request"},
            {"an empty name", json::object{{"invite", code_given}, {"name", "   "}}, "name", "bad_request"},
            {"an invisible name", json::object{{"invite", code_given}, {"name", "\u200b"}}, "name", "bad_request"},
            {"a long name", json::object{{"invite", code_given}, {"name", json::string(41, 'a')}}, "name", "too_long"},
            {"no invite", json::object{{"name", "Sage"}}, "invite", "bad_request"},
            {"a wrong type", json::object{{"invite", code_given}, {"name", "Sage"}, {"locale", 3}}, "locale",
             "bad_request"},
        };
        for (const auto& row : rows) {
            const auto got = p.ask("POST", "/guests", json::serialize(row.body));
            INFO(row.name);
            CHECK(got.status == 400);
            CHECK(field(got) == row.field);
            CHECK(code(got) == row.code);
        }
        CHECK(p.ask("GET", "/invites/" + code_given).status == 200);
    }
}
