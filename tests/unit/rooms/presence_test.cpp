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

TEST_CASE("who is here and elsewhere is one person, and there until both are left") {
    presence p(true);
    p.enter(someone(1));
    p.elsewhere({someone(1), someone(2)}, 0);
    CHECK(p.count() == 2);
    CHECK(p.take().joined.size() == 2);
    p.leave(someone(1).id);
    CHECK_FALSE(p.changed());
    p.elsewhere({someone(2)}, 0);
    CHECK(p.take().left == std::vector<user_id>{someone(1).id});
    p.enter(someone(2));
    CHECK_FALSE(p.changed());
    p.elsewhere({}, 0);
    CHECK_FALSE(p.changed());
    CHECK(p.count() == 1);
}

TEST_CASE("others are told what lasted here, or everyone who is") {
    presence p(true);
    p.enter(someone(1));
    p.enter(someone(2));
    p.elsewhere({someone(3)}, 0);
    p.leave(someone(2).id);
    auto report = p.take_report(false);
    CHECK((report.came.size() == 1 && report.came[0].id == someone(1).id && report.went.empty()));
    CHECK_FALSE(p.unreported());
    p.leave(someone(1).id);
    report = p.take_report(false);
    CHECK((report.came.empty() && report.went == std::vector<user_id>{someone(1).id}));
    p.enter(someone(4));
    report = p.take_report(true);
    CHECK((report.came.size() == 1 && report.came[0].id == someone(4).id));
    CHECK_FALSE(presence().unreported());
}

TEST_CASE("elsewhere may be too many for names, and few again") {
    presence p(true);
    p.enter(someone(1));
    p.elsewhere({}, 60);
    CHECK(p.count() == 61);
    CHECK(p.members().empty());
    auto told = p.take();
    CHECK((told.count == 61 && told.joined.empty()));
    p.elsewhere({someone(2)}, 0);
    told = p.take();
    CHECK((told.count == 2 && told.joined.size() == 1 && told.left.empty()));
}
