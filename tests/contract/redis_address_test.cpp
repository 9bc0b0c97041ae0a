// Signing in: what an operator writes as an address, and the one line they read when it does not work.
#include "contract/redis_scene.hpp"
#include "contract/redis_server.hpp"
#include "store/redis/endpoint.hpp"

using namespace hearth;
using namespace hearth::contract;
using store::redis::parse_endpoint;

TEST_CASE("an address names the place, the database and who signs in") {
    struct wanted {
        const char* address;
        const char *socket, *host;
        int port;
        const char *user, *password;
        int database;
    };
    for (const auto& [address, socket, host, port, user, password, database] : {
             wanted{"redis://", "", "127.0.0.1", 6379, "", "", 0},
             wanted{"redis://store.example.org", "", "store.example.org", 6379, "", "", 0},
             wanted{"redis://store:7000/3", "", "store", 7000, "", "", 3},
             wanted{"redis://:secret@store", "", "store", 6379, "", "secret", 0},
             wanted{"redis://secret@store", "", "store", 6379, "", "secret", 0},
             wanted{"redis://hearth:s%40cr%3Aet@store:7000/15", "", "store", 7000, "hearth", "s@cr:et", 15},
             wanted{"redis://[::1]:7000", "", "::1", 7000, "", "", 0},
             wanted{"unix:///run/redis.sock", "/run/redis.sock", "127.0.0.1", 6379, "", "", 0},
             wanted{"unix://hearth:secret@/run/redis.sock?db=2", "/run/redis.sock", "127.0.0.1", 6379, "hearth",
                    "secret", 2},
         }) {
        INFO(address);
        const auto got = parse_endpoint(address);
        CHECK(got.socket == socket);
        CHECK(got.host == host);
        CHECK(got.port == port);
        CHECK(got.user == user);
        CHECK(got.password == password);
        CHECK(got.database == database);
    }
}

TEST_CASE("an address of sentinels names them, the primary and who signs in there") {
    const auto plain = parse_endpoint("sentinel://one,two:7000,[::1],[::2]:7001/hearth");
    CHECK(plain.sentinels ==
          std::vector<store::redis::host_port>{{"one", 26379}, {"two", 7000}, {"::1", 26379}, {"::2", 7001}});
    CHECK(plain.primary == "hearth");
    CHECK(plain.database == 0);
    const auto full = parse_endpoint("sentinel://hearth:s%40cr%3Aet@one:6379/my-primary/3");
    CHECK(full.sentinels == std::vector<store::redis::host_port>{{"one", 6379}});
    CHECK(full.primary == "my-primary");
    CHECK(full.user == "hearth");
    CHECK(full.password == "s@cr:et");
    CHECK(full.database == 3);
}

TEST_CASE("an address of a cluster names some of its servers") {
    const auto got = parse_endpoint("cluster://hearth:s%40cr%3Aet@one,[::1]:7001");
    CHECK(got.cluster == std::vector<store::redis::host_port>{{"one", 6379}, {"::1", 7001}});
    CHECK(got.user == "hearth");
    CHECK(got.password == "s@cr:et");
}

TEST_CASE("what is no address is said, without the password in it") {
    for (const char* address :
         {"", "store:6379", "http://:secret@store", "rediss://:secret@store", "redis://:secret@store:70000",
          "redis://:secret@store/first", "redis://:secret@store/-1", "unix://:secret@", "sentinel://:secret@one:7000",
          "sentinel://:secret@/hearth", "sentinel://:secret@one:70000/hearth", "sentinel://:secret@one/hearth/first",
          "cluster://:secret@", "cluster://:secret@one/1"}) {
        INFO(address);
        const auto line = complaint(address);
        CHECK_FALSE(line.empty());
        CHECK_FALSE(mentions(line, "secret"));
        CHECK_FALSE(mentions(line, "\n"));
    }
    CHECK(mentions(complaint("rediss://store"), "TLS"));
}

TEST_CASE("a password, a user of the access list and a database open the store; without them it says why not") {
    const redis_server server({"--requirepass", "secret", "--user", "hearth", "on", ">hidden", "~hearth:*", "&hearth:*",
                               "+@all", "-@dangerous", "+info"});
    const auto path = (server.folder() / "socket").string();
    CHECK(complaint("unix://:secret@" + path).empty());
    CHECK(complaint("unix://hearth:hidden@" + path + "?db=7").empty());
    const auto unsigned_in = complaint("unix://" + path);
    INFO(unsigned_in);
    CHECK(mentions(unsigned_in, "NOAUTH"));
    const auto wrong = complaint("unix://hearth:wrongword@" + path);
    INFO(wrong);
    CHECK(mentions(wrong, "WRONGPASS"));
    CHECK(mentions(wrong, path));
    CHECK_FALSE(mentions(wrong, "wrongword"));
    CHECK(mentions(complaint("unix://:secret@" + path + "?db=99999"), "out of range"));
    CHECK(mentions(complaint("unix://" + path + ".none"), path));

    const auto narrow = store::redis::open_redis("unix://hearth:hidden@" + path);
    CHECK(store::wait(*narrow, &store_type::check).has_value());
    CHECK(store::wait(*narrow, &store_type::add_account, an_account("Rowan", role::member)).has_value());
}

TEST_CASE("databases of one Redis know nothing of each other") {
    const redis_server server;
    const auto one = store::redis::open_redis(server.address(1)), two = store::redis::open_redis(server.address(2));
    REQUIRE(store::wait(*one, &store_type::add_account, an_account("Rowan", role::member)).has_value());
    CHECK(code_of(store::wait(*two, &store_type::find_account_by_id, user_id{"u-Rowan"})) == errc::not_found);
}

TEST_CASE("an operator is told of settings that lose what was acknowledged") {
    const redis_server sound, no_file({"--appendonly", "no"}),
        forgetful({"--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"});
    const auto lines = [](const redis_server& server) {
        const auto data = store::redis::open_redis(server.address());
        return store::redis::warnings(*data);
    };
    CHECK(lines(sound).empty());
    REQUIRE(lines(no_file).size() == 1);
    CHECK(mentions(lines(no_file)[0], "appendonly"));
    REQUIRE(lines(forgetful).size() == 1);
    CHECK(mentions(lines(forgetful)[0], "noeviction"));
}
