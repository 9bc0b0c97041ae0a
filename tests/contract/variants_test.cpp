#include "contract/fixture.hpp"

using namespace hearth;
using namespace hearth::contract;

TEST_CASE("what was decided on a spelling lasts, and a later word holds") {
    fixture f;
    CHECK(f.ask(&store_type::list_variants)->empty());
    const auto decide = [&](const std::string& word, bool accepted, int minute) {
        store::audit_entry act;
        act.action = accepted ? "variant.accept" : "variant.dismiss";
        act.subject = word;
        act.detail = "{}";
        act.at = noon + std::chrono::minutes(minute);
        const variant_decision what{word, "zorping", "harassment", accepted, act.at, {"u-Mira"}};
        REQUIRE(f.ask(&store_type::decide_variant, what, std::vector{act}).has_value());
    };
    decide("zorpinng", true, 0);
    decide("zörping", false, 1);
    decide("zorpinng", false, 2);
    f.reopen();
    const auto all = f.ask(&store_type::list_variants);
    REQUIRE(all.has_value());
    REQUIRE(all->size() == 2);
    const auto& last = all->front();
    CHECK(last.word == "zorpinng");
    CHECK(last.term == "zorping");
    CHECK(last.category == "harassment");
    CHECK_FALSE(last.accepted);
    CHECK(last.at == noon + std::chrono::minutes(2));
    CHECK(last.by == user_id{"u-Mira"});
    CHECK(all->back().word == "zörping");
    const auto audit = f.ask(&store_type::list_audit, 0, 10);
    REQUIRE(audit->size() == 3);
    CHECK(audit->front().action == "variant.accept");
    CHECK(audit->back().subject == "zorpinng");
}
