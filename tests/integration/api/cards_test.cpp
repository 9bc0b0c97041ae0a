#include "house.hpp"

using namespace house;

namespace {

struct desk {
    place p;
    place::someone sage = p.guest("Sage");
    seq_t seq = p.say(sage.who, "zorps are fine", audience::everyone, "misinfo.cure", moderation::lane::harm, 3,
                      "claim.zorp.fine");
    std::string path = "/cases/" + std::string(p.case_of(seq).at("id").as_string());

    reply share(const std::string& claim, const std::string& token = "") {
        return p.as(token.empty() ? p.mods.token : token, "POST", path + "/cards",
                    json::serialize(json::object{{"claim", claim}}));
    }
    reply take_back(const std::string& claim, const std::string& token = "") {
        return p.as(token.empty() ? p.mods.token : token, "DELETE", path + "/cards/" + claim);
    }
    reply show(const std::string& locale) {
        with how;
        how.token = p.mods.token;
        how.locale = locale;
        return p.ask("GET", path, "", how);
    }
    event last() { return p.events().back(); }
};

}  // namespace

TEST_CASE("a case offers its cards in the reader's language, what was matched first", "[api]") {
    desk d;
    const auto got = d.show("fr");
    const auto& cards = got.body.at("cards").as_array();
    REQUIRE(cards.size() == 2);
    CHECK(cards[0].at("claim") == "claim.zorp.fine");
    CHECK(cards[0].at("matched") == true);
    CHECK(cards[0].at("text").at("correction") == "Non.");
    CHECK(cards[0].at("text").at("what_to_do") == "Demande à quelqu'un.");
    CHECK(cards[0].at("sources").at(0).at("url") == "https://www.who.int");
    CHECK_FALSE(cards[0].as_object().contains("reviewed_by"));  // nobody has: said, not hidden
    CHECK_FALSE(cards[0].as_object().contains("shared"));
    CHECK(cards[1].at("matched") == false);
    CHECK(cards[1].at("reviewed_on") == "2026-01-31");
    CHECK(cards[1].at("text").at("claim") == "a");  // no French: English
    CHECK_FALSE(d.p.as(d.p.mods.token, "GET", "/cases").body.at("cases").at(0).as_object().contains("cards"));

    const auto other = d.p.say(d.sage.who, "x", audience::everyone, "harassment");
    CHECK_FALSE(d.p.case_of(other).as_object().contains("cards"));
}

TEST_CASE("one act puts a card into the room, another takes it out again", "[api]") {
    desk d;
    const auto got = d.share("claim.zorp.fine");
    REQUIRE(got.status == 200);
    const auto& shared = got.body.at("cards").at(0).at("shared");
    CHECK(shared.at("by").at("name") == "Alder");
    const auto seq = shared.at("seq").to_number<seq_t>();

    const auto shown = d.last();
    CHECK(shown.seq == seq);
    CHECK(shown.type == event_type::notice);
    CHECK(shown.seen_by == audience::everyone);
    const auto members = json::parse("{" + shown.text.value() + "}");
    CHECK(members.at("notice").at("explanation") == "They are not. Ask someone.");
    CHECK(members.at("notice").at("resources").as_array().empty());
    CHECK(members.at("card").at("texts").at("id").at("claim") == "Zorp itu aman.");
    CHECK(members.at("card").at("texts").as_object().size() == 3);
    CHECK(shown.text->find("Sage") == std::string::npos);
    CHECK(shown.text->find("Alder") == std::string::npos);
    CHECK(d.p.audit().back().action == "card.share");
    CHECK(d.p.audit().back().actor == d.p.mods.who.id);

    const auto twice = d.share("claim.zorp.fine");
    CHECK(twice.status == 409);
    CHECK(field(twice) == "claim");

    const auto back = d.take_back("claim.zorp.fine");
    REQUIRE(back.status == 200);
    CHECK_FALSE(back.body.at("cards").at(0).as_object().contains("shared"));
    CHECK(d.last().type == event_type::retracted);
    CHECK(d.last().target == seq);
    CHECK_FALSE(d.p.event_at(seq).text);
    CHECK(d.p.audit().back().action == "card.take_back");
    CHECK(d.take_back("claim.zorp.fine").status == 404);
    CHECK(d.share("claim.zorp.fine").status == 200);
}

TEST_CASE("a card may be shown of the case's categories only, by staff, with the case in nobody else's hand", "[api]") {
    desk d;
    CHECK(d.share("claim.zorp.other").status == 200);
    CHECK(d.share("claim.unknown.claim").status == 404);
    CHECK(d.share("claim.zorp.fine", d.sage.token).status == 403);
    CHECK(d.p.as(d.p.mods.token, "POST", d.path + "/cards", "{}").status == 400);
    CHECK(d.p.as(d.p.mods.token, "POST", "/cases/cnone/cards", R"({"claim":"claim.zorp.fine"})").status == 404);
    const auto events = d.p.events().size();
    REQUIRE(d.p.as(d.p.others.token, "POST", d.path + "/claim").status == 200);
    CHECK(d.share("claim.zorp.fine").status == 409);
    CHECK(d.take_back("claim.zorp.other").status == 409);
    CHECK(d.p.events().size() == events);
    CHECK(d.share("claim.zorp.fine", d.p.others.token).status == 200);

    const auto harsh = d.p.say(d.sage.who, "x", audience::everyone, "harassment");
    const auto other = "/cases/" + std::string(d.p.case_of(harsh).at("id").as_string());
    CHECK(d.p.as(d.p.mods.token, "POST", other + "/cards", R"({"claim":"claim.zorp.fine"})").status == 400);
}
