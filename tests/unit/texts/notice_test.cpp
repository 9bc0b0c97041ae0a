#include <boost/json.hpp>

#include "data.hpp"

using namespace hearth;
using texts::ruling;
using texts::situation;
namespace json = boost::json;

TEST_CASE("NOTICE on the wire", "[texts]") {
    const auto words = texts::catalogue::load(data::locales);
    const auto lines = texts::crisis_directory::load(data::crisis);
    const auto said = [&](situation where, const texts::notice_subject& about, bool can_edit = true) {
        return json::parse(texts::notice_json(words, lines, "en", where, about, can_edit)).as_object();
    };
    SECTION("a disclosure is answered with lines") {
        const auto n = said(situation::care, {"suicide.active", true, true});
        CHECK(n.at("category") == "suicide.active");
        CHECK(n.at("lane") == "care");
        CHECK(n.at("explanation").as_string() == words.explain("en", situation::care, "suicide.active", false));
        CHECK(n.at("resources").as_array().size() >= 2);
        CHECK(n.at("can_edit") == true);
    }
    SECTION("harm whose author needs care as well gets both words and lines") {
        const auto n = said(situation::held, {"selfharm.method", false, true}, false);
        CHECK(n.at("lane") == "harm");
        CHECK(n.at("explanation").as_string() == words.explain("en", situation::held, "selfharm.method", true));
        CHECK(!n.at("resources").as_array().empty());
        CHECK(n.at("can_edit") == false);
    }
    SECTION("an advertisement gets none") {
        CHECK(said(situation::blocked, {"solicitation", false, false}).at("resources").as_array().empty());
    }
    SECTION("a hint about numbers is only a hint") {
        CHECK(said(situation::nudge, {"eating.numbers", false, false}).at("resources").as_array().empty());
    }
    SECTION("what nobody could read") { CHECK(said(situation::flagged, {}).at("category") == ""); }
    SECTION("decisions") {
        const auto decided = [&](ruling what, const texts::notice_subject& about) {
            return json::parse(texts::decision_notice_json(words, lines, "fr", what, about, {})).as_object();
        };
        CHECK(decided(ruling::resources, {"solicitation", false, false}).at("resources").as_array().size() >= 2);
        CHECK(decided(ruling::removed, {"harassment", false, false}).at("resources").as_array().empty());
        CHECK(!decided(ruling::removed, {"selfharm.method", false, true}).at("resources").as_array().empty());
        CHECK(decided(ruling::released, {"selfharm.method", false, true}).at("resources").as_array().empty());
    }
}
