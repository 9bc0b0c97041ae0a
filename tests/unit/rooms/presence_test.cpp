#include "rooms/presence.hpp"

#include <catch2/catch.hpp>

using namespace hearth;
using rooms::presence;

namespace {

person someone(int n) { return {user_id{"u" + std::to_string(n)}, "P" + std::to_string(n), role::member}; }

}  // namespace

TEST_CASE("two windows of one person are one person") {
    presence p;
    p.enter(someone(1));
    p.enter(someone(1));
    CHECK(p.count() == 1);
    p.leave(someone(1).id);
    CHECK(p.count() == 1);
    p.leave(someone(1).id);
    CHECK(p.count() == 0);
}

TEST_CASE("the room is told what lasted") {
    presence p;
    p.enter(someone(1));
    p.enter(someone(2));
    CHECK(p.changed());
    auto told = p.take();
    CHECK((told.count == 2 && told.joined.size() == 2 && told.left.empty()));
    CHECK_FALSE(p.changed());

    p.enter(someone(3));
    p.leave(someone(3).id);
    CHECK_FALSE(p.changed());
    p.leave(someone(1).id);
    p.enter(someone(1));
    CHECK_FALSE(p.changed());
    p.leave(someone(2).id);
    told = p.take();
    CHECK((told.count == 1 && told.joined.empty() && told.left == std::vector<user_id>{someone(2).id}));
}

TEST_CASE("a large room hears a number, and seldom") {
    presence p;
    for (int i = 0; i < 51; ++i) p.enter(someone(i));
    const auto told = p.take();
    CHECK((told.count == 51 && told.joined.empty()));
    CHECK(p.members().empty());
    CHECK(p.pause() > std::chrono::seconds(5));
}
