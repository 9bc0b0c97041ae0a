// What every route has in common: standing, origin, methods, bodies, languages.
#include "house.hpp"

using namespace house;

TEST_CASE("every route asks for standing", "[api]") {
    place p;
    const auto sage = p.guest("Sage");
    const auto fern = p.staff("Fern", role::facilitator);
    enum who : int { member, facilitator, moderator, administrator };
    struct row {
        const char* method;
        const char* path;
        who least;
    };
    const row rows[]{
        {"GET", "/me", member},
        {"GET", "/rooms", member},
        {"GET", "/rooms/harbour", member},
        {"POST", "/rooms", administrator},
        {"PATCH", "/rooms/harbour", administrator},
        {"DELETE", "/rooms/nowhere", administrator},
        {"GET", "/rooms/nowhere/invites", facilitator},
        {"POST", "/rooms/nowhere/invites", facilitator},
        {"DELETE", "/rooms/nowhere/invites/i1", facilitator},
        {"GET", "/staff", administrator},
        {"POST", "/staff", administrator},
        {"PATCH", "/staff/u1", administrator},
        {"GET", "/cases", moderator},
        {"GET", "/cases/c1", moderator},
        {"POST", "/cases/c1/claim", moderator},
        {"POST", "/cases/c1/release", moderator},
        {"POST", "/cases/c1/decisions", moderator},
        {"GET", "/audit", administrator},
    };
    const std::string tokens[]{sage.token, fern.token, p.mods.token, p.admin.token};
    for (const auto& row : rows) {
        INFO(row.method << ' ' << row.path);
        CHECK(p.ask(row.method, row.path).status == 401);
        CHECK(p.as("unknown", row.method, row.path).status == 401);
        for (int i = member; i <= administrator; ++i) {
            const auto got = p.as(tokens[i], row.method, row.path);
            CHECK((code(got) == "forbidden") == (i < row.least));
            if (i < row.least) CHECK(got.status == 403);
        }
    }
}

TEST_CASE("an expired session opens nothing", "[api]") {
    limits gone;
    gone.session_lives = std::chrono::seconds(0);
    place p(gone);
    const auto sage = p.guest("Sage");
    CHECK(p.as(sage.token, "GET", "/me").status == 401);
}

TEST_CASE("a cookie writes only for its own site", "[api]") {
    place p;
    struct row {
        const char* name;
        const char* method;
        const char* path;
        const char* body;
        const char* origin;
        bool bearer;
        int status;
    };
    const row rows[]{
        {"its own page", "PATCH", "/rooms/harbour", "{}", "https://hearth.example.org", false, 200},
        {"written in capitals", "PATCH", "/rooms/harbour", "{}", "https://HEARTH.example.org", false, 200},
        {"another site", "PATCH", "/rooms/harbour", "{}", "https://evil.example.org", false, 403},
        {"one that begins alike", "PATCH", "/rooms/harbour", "{}", "https://hearth.example.org.evil.example", false,
         403},
        {"another port", "PATCH", "/rooms/harbour", "{}", "https://hearth.example.org:8443", false, 403},
        {"no origin", "PATCH", "/rooms/harbour", "{}", "", false, 403},
        {"a hidden origin", "PATCH", "/rooms/harbour", "{}", "null", false, 403},
        {"reading needs none", "GET", "/rooms/harbour", "", "", false, 200},
        {"a bearer token needs none", "PATCH", "/rooms/harbour", "{}", "https://evil.example.org", true, 200},
        {"another site signs nobody in", "POST", "/login", R"({"name":"x","password":"y"})", "https://evil.example.org",
         false, 403},
    };
    for (const auto& row : rows) {
        INFO(row.name);
        with how;
        (row.bearer ? how.token : how.cookie) = p.admin.token;
        how.origin = row.origin;
        const auto got = p.ask(row.method, row.path, row.body, how);
        CHECK(got.status == row.status);
        if (row.status == 403) CHECK(code(got) == "forbidden");
    }
    CHECK(api::same_origin("http://127.0.0.1:8123", "127.0.0.1:8123", ""));
    CHECK(api::same_origin("https://public.example.org", "internal:8123", "https://public.example.org"));
    CHECK(!api::same_origin("https://public.example.org", "internal:8123", ""));
    CHECK(!api::same_origin("", "", ""));
    CHECK(!api::same_origin("null", "null", ""));
}

TEST_CASE("routes and methods that are not", "[api]") {
    place p;
    for (const auto* path : {"/nothing", "/rooms/", "/rooms/a/b", "", "/", "/cases//claim", "/me/more"}) {
        INFO(path);
        CHECK(p.as(p.admin.token, "GET", path).status == 404);
    }
    const auto got = p.as(p.admin.token, "PUT", "/rooms/harbour");
    CHECK(got.status == 405);
    CHECK(got.header("Allow") == "GET, PATCH, DELETE");
    CHECK(p.as(p.admin.token, "DELETE", "/login").header("Allow") == "POST");
}

TEST_CASE("bodies", "[api]") {
    place p;
    const auto patch = [&](const std::string& body) { return p.as(p.admin.token, "PATCH", "/rooms/harbour", body); };
    const auto nested = [](int depth) {
        return R"({"title":"x","more":)" + std::string(static_cast<std::size_t>(depth), '[') +
               std::string(static_cast<std::size_t>(depth), ']') + "}";
    };
    CHECK(patch(R"({"title":"x","unknown":{"a":[1,2]}})").status == 200);
    CHECK(patch(R"({"title":null})").status == 200);
    CHECK(patch(R"({"title":"one","title":"two"})").body.at("title") == "two");
    CHECK(patch(nested(15)).status == 200);
    for (const auto& body :
         {nested(16), nested(5000), std::string("{"), std::string("[]"), std::string("\"x\""), std::string("{} {}"),
          std::string("{\"title\":\"\xff\"}"), std::string("{\"title\":\"x\",}")}) {
        const auto got = patch(body);
        CHECK(got.status == 400);
        CHECK(code(got) == "bad_request");
    }
    CHECK(field(patch("{\"title\":\"a\\u0000b\"}")) == "title");
    CHECK(patch(R"({"title":")" + std::string(81, 'x') + R"("})").body.at("limit") == 80);
}

TEST_CASE("problems are told in the reader's language", "[api]") {
    place p;
    with how;
    how.locale = "fr";
    const auto got = p.ask("GET", "/me", "", how);
    CHECK(got.text("title") == "Non connecté");
    CHECK(got.text("detail") == "Connectez-vous d'abord, s'il vous plaît.");
    CHECK(got.text("type") == "urn:hearth:problem:unauthenticated");
    CHECK(got.text("code") == "unauthenticated");
}

TEST_CASE("the crisis directory is open to everyone", "[api]") {
    place p;
    with how;
    how.locale = "fr";
    auto got = p.ask("GET", "/resources", "", how);
    REQUIRE(got.status == 200);
    CHECK(got.body.at("countries").at(0).at("code") == "FR");
    CHECK(!got.body.as_object().contains("warnings"));
    how.query = {{"locale", "id"}};
    how.token = "a token that opens nothing";
    CHECK(p.ask("GET", "/resources", "", how).body.at("countries").at(0).at("code") == "ID");
    CHECK(p.as(p.mods.token, "GET", "/resources").body.as_object().count("warnings") == 0);
    CHECK(p.as(p.admin.token, "GET", "/resources").body.at("warnings").as_array().size() > 40);
}

TEST_CASE("the audit, page by page", "[api]") {
    place p;
    for (int i = 0; i < 130; ++i) p.as(p.admin.token, "PATCH", "/rooms/harbour", R"({"open":true})");
    with how;
    how.token = p.admin.token;
    std::vector<std::int64_t> numbers;
    for (;;) {
        const auto got = p.ask("GET", "/audit", "", how);
        REQUIRE(got.status == 200);
        for (const auto& e : got.body.at("entries").as_array()) {
            numbers.push_back(e.at("n").to_number<std::int64_t>());
            CHECK(e.at("hash").as_string().size() == 64);
            CHECK(e.at("actor") == "Cedar");
            CHECK(e.at("detail").is_object());
        }
        if (!got.body.as_object().contains("cursor")) break;
        how.query["cursor"] = got.text("cursor");
    }
    CHECK(numbers.size() == 130);
    CHECK(std::is_sorted(numbers.begin(), numbers.end()));
    how.query["cursor"] = "x";
    CHECK(field(p.ask("GET", "/audit", "", how)) == "cursor");
}

TEST_CASE("a storage that does not answer is told as such", "[api]") {
    place p;
    p.store->stop();
    const auto got = p.as(p.admin.token, "GET", "/rooms");
    CHECK(got.status == 503);
    CHECK(code(got) == "try_later");
}
