#include "net/site.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

using hearth::net::site;
namespace fs = std::filesystem;

TEST_CASE("pages are found by path, the application answers for its own routes, and nothing outside is served") {
    const auto folder = fs::temp_directory_path() / ("hearth-site-" + std::to_string(::getpid()));
    fs::create_directories(folder / "assets");
    std::ofstream(folder / "index.html") << "<!doctype html>";
    std::ofstream(folder / "assets/app-1.js") << "let a";
    std::ofstream(folder / "assets/app-1.js.gz") << "zipped";
    const site pages(folder);
    fs::remove_all(folder);

    REQUIRE(pages.find("/"));
    CHECK(pages.find("/room/harbour") == pages.find("/index.html"));
    const auto* script = pages.find("/assets/app-1.js");
    REQUIRE(script);
    CHECK(script->immutable);
    CHECK(script->gzip == "zipped");
    CHECK(script->type == "text/javascript; charset=utf-8");
    CHECK(script->etag != pages.find("/")->etag);
    CHECK_FALSE(pages.find("/assets/app-2.js"));
    CHECK_FALSE(pages.find("/assets/app-1.js.gz"));
    CHECK_FALSE(pages.find("/../site_test.cpp"));
    CHECK(site(folder / "missing").empty());
}
