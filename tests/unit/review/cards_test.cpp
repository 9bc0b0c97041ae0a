#include "review/cards.hpp"

#include "scene.hpp"

using namespace scene;

namespace {

review_case misinfo_case() {
    const auto r = room();
    const auto about = message(audience::everyone);
    auto found = verdict(moderation::disposition::publish_and_flag, "misinfo.cure", moderation::lane::harm, 2);
    found.signals[0].rule = "claim.zorp.fine";
    return *review::open_case({"c1"}, found, {about, r, 3}, start);
}

const std::string members = R"("notice":{},"card":{})";

/// As the store leaves the case of a commit.
review_case stored(const store::room_commit& unit, seq_t seq) {
    auto kase = *unit.changed;
    for (auto& card : kase.cards)
        if (card.seq == 0) card.seq = seq;
    ++kase.version;
    return kase;
}

}  // namespace

TEST_CASE("a card goes into the room in one commit, and names nobody") {
    const auto unit = review::share_card(misinfo_case(), "claim.zorp.fine", members, mods, start + 1min);
    REQUIRE(ok(unit));
    REQUIRE(unit->events.size() == 1);
    const auto& shown = unit->events[0];
    CHECK(shown.type == event_type::notice);
    CHECK(shown.seen_by == audience::everyone);
    CHECK(shown.author.id.empty());
    CHECK(shown.target == 0);
    CHECK(shown.text == members);
    REQUIRE(unit->audit.size() == 1);
    CHECK(unit->audit[0].action == "card.share");
    CHECK(unit->audit[0].actor == mods.id);
    CHECK(unit->audit[0].subject == "c1");
    CHECK(unit->audit[0].detail == R"({"room":"harbour","claim":"claim.zorp.fine"})");
    REQUIRE(unit->changed);
    CHECK(unit->changed->state == case_state::open);
    const auto* card = review::shared(*unit->changed, "claim.zorp.fine");
    REQUIRE(card);
    CHECK(card->by.id == mods.id);
    CHECK(unit->room == room().id);
}

TEST_CASE("it is there once, and can be taken back and shown again") {
    const auto kase = stored(*review::share_card(misinfo_case(), "claim.zorp.fine", members, mods, start), 60);
    const auto twice = review::share_card(kase, "claim.zorp.fine", members, other_mod, start + 1min);
    REQUIRE_FALSE(ok(twice));
    CHECK(twice.error().code == errc::conflict);

    const auto back = review::take_card_back(kase, "claim.zorp.fine", other_mod, start + 2min);
    REQUIRE(ok(back));
    CHECK(back->events.at(0).type == event_type::retracted);
    CHECK(back->events.at(0).target == 60);
    CHECK(back->events.at(0).seen_by == audience::everyone);
    REQUIRE(back->rewrites.size() == 1);
    CHECK(back->rewrites[0].target == 60);
    CHECK_FALSE(back->rewrites[0].text);
    CHECK(back->audit.at(0).action == "card.take_back");
    CHECK(review::shared(*back->changed, "claim.zorp.fine")->taken_back);

    const auto gone = review::take_card_back(*back->changed, "claim.zorp.fine", mods, start + 3min);
    REQUIRE_FALSE(ok(gone));
    CHECK(gone.error().code == errc::not_found);
    const auto again = review::share_card(*back->changed, "claim.zorp.fine", members, mods, start + 4min);
    REQUIRE(ok(again));
    CHECK(again->changed->cards.size() == 1);
    CHECK(again->changed->cards[0].seq == 0);
}

TEST_CASE("who may not: another while somebody holds the case, and its author") {
    const auto held = claimed(misinfo_case(), mods, "t1", start);
    CHECK(ok(review::share_card(held, "claim.zorp.fine", members, mods, start + 1min)));
    const auto other = review::share_card(held, "claim.zorp.fine", members, other_mod, start + 1min);
    REQUIRE_FALSE(ok(other));
    CHECK(other.error().code == errc::conflict);
    CHECK(ok(review::share_card(held, "claim.zorp.fine", members, other_mod, start + 10min)));  // the lease ran out
    auto own = misinfo_case();
    own.message.from = mods;
    const auto refused = review::share_card(own, "claim.zorp.fine", members, mods, start);
    REQUIRE_FALSE(ok(refused));
    CHECK(refused.error().code == errc::forbidden);
}
