#include "rooms/recent.hpp"

#include <catch2/catch.hpp>

using namespace hearth;
using rooms::recent;

namespace {

event said(seq_t seq, std::string text, audience seen_by = audience::everyone) {
    event e;
    e.seq = seq;
    e.seen_by = seen_by;
    e.author = {user_id{"author"}, "Author", role::member};
    e.text = std::move(text);
    return e;
}

const person reader{user_id{"reader"}, "Reader", role::member};
const person author{user_id{"author"}, "Author", role::member};

std::vector<seq_t> seqs(const std::optional<std::vector<const event*>>& found) {
    REQUIRE(found);
    std::vector<seq_t> all;
    for (const auto* e : *found) all.push_back(e->seq);
    return all;
}

}  // namespace

TEST_CASE("what is not all in memory is not answered from memory") {
    recent r;
    r.load({said(11, "a"), said(12, "b")}, false, 12);
    CHECK_FALSE(r.since(9, reader));
    CHECK(seqs(r.since(10, reader)) == std::vector<seq_t>{11, 12});
    CHECK(seqs(r.since(12, reader)).empty());
    CHECK_FALSE(r.newest(3, reader));
    CHECK(seqs(r.newest(1, reader)) == std::vector<seq_t>{12});

    recent whole;
    whole.load({said(1, "a")}, true, 1);
    CHECK(seqs(whole.newest(50, reader)) == std::vector<seq_t>{1});
    CHECK(seqs(whole.since(0, reader)) == std::vector<seq_t>{1});
}

TEST_CASE("a held message is its author's and nobody else's") {
    recent r;
    r.load({}, true, 0);
    r.push(said(1, "public"));
    r.push(said(2, "held", audience::author_and_staff));
    CHECK(seqs(r.newest(50, reader)) == std::vector<seq_t>{1});
    CHECK(seqs(r.newest(50, author)) == std::vector<seq_t>{1, 2});
    CHECK(r.before(3, 5).size() == 1);
}

TEST_CASE("memory is bounded and knows where it begins") {
    recent r;
    r.load({}, true, 0);
    for (seq_t i = 1; i <= recent::max_events + 10; ++i) r.push(said(i, "x"));
    CHECK_FALSE(r.since(9, reader));
    CHECK(r.since(10, reader)->size() == recent::max_events);
}

TEST_CASE("a retraction reaches every event about the message") {
    recent r;
    r.load({}, true, 0);
    r.push(said(1, "first", audience::author_and_staff));
    auto released = said(2, "first");
    released.type = event_type::released;
    released.target = 1;
    r.push(released);
    r.push(said(3, "other"));
    r.rewrite(1, std::nullopt);
    const auto found = r.newest(50, author);
    CHECK_FALSE((*found)[0]->text);
    CHECK_FALSE((*found)[1]->text);
    CHECK((*found)[2]->text == "other");
}
