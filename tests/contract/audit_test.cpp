#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;

TEST_CASE("audit entries are numbered from 1 without a gap and chained, wherever they come from") {
    fixture f;
    const room_info room = f.room();
    const person rowan = f.member(room, "Rowan");
    REQUIRE(f.ask(&store_type::write_audit,
                  std::vector{an_entry("account.add", "u-Mira"), an_entry("account.add", "u-Noor")})
                .has_value());
    f.reopen();
    store::room_commit unit = a_say(room, a_message(rowan, "k1", "text"));
    unit.audit = {an_entry("message.hold", "harbour/1")};
    unit.audit[0].actor = {};
    unit.audit[0].actor_name.clear();
    f.commit(unit);

    const auto all = f.ask(&store_type::list_audit, 0, 10);
    REQUIRE(all.has_value());
    REQUIRE(all->size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(all->at(i).n == static_cast<std::int64_t>(i) + 1);
        CHECK(all->at(i).hash.size() == 64);
        CHECK(all->at(i).hash.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
    CHECK(all->at(0).hash != all->at(1).hash);
    CHECK(all->at(0).at == noon);
    CHECK(all->at(0).actor.value == "u-Mira");
    CHECK(all->at(0).actor_name == "Mira");
    CHECK(all->at(0).action == "account.add");
    CHECK(all->at(1).subject == "u-Noor");
    CHECK(all->at(1).detail == "{\"reason\":\"x\"}");
    CHECK(all->at(2).actor.empty());

    const auto page = f.ask(&store_type::list_audit, 1, 1);
    REQUIRE(page->size() == 1);
    CHECK(page->at(0).n == 2);
    CHECK(f.ask(&store_type::list_audit, 3, 10)->empty());
}

TEST_CASE("the same entry after another history has another hash") {
    fixture f, g;
    const auto only = [](fixture& where, const std::string& before) {
        REQUIRE(
            where.ask(&store_type::write_audit, std::vector{an_entry(before, "x"), an_entry("same", "y")}).has_value());
        return where.ask(&store_type::list_audit, 1, 1)->at(0).hash;
    };
    CHECK(only(f, "one") != only(g, "two"));
}
