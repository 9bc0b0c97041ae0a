// People, a room and messages that the review tests share.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "review/case_json.hpp"
#include "review/decision.hpp"
#include "review/lease.hpp"
#include "review/opening.hpp"
#include "review/queue.hpp"
#include "review/taxonomy.hpp"

namespace scene {

using namespace hearth;
using namespace std::chrono_literals;

inline const time_point start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + 9h};
inline const std::chrono::seconds five_minutes{300};

inline const person rowan{{"uauthor"}, "Rowan", role::member};
inline const person sage{{"usage"}, "Sage", role::member};
inline const person mods{{"umod"}, "Alder", role::moderator};
inline const person other_mod{{"umod2"}, "Birch", role::moderator};
inline const person admin{{"uadmin"}, "Cedar", role::admin};

inline room_info room() {
    room_info r;
    r.id = room_id{7};
    r.slug = "harbour";
    r.languages = {"en"};
    return r;
}

inline event message(audience seen_by = audience::author_and_staff, person from = rowan) {
    event e;
    e.seen_by = seen_by;
    e.seq = 41;
    e.at = start;
    e.author = std::move(from);
    e.key = "k1";
    e.fields = R"("intent":"solve","reply_to":40)";
    e.text = "what I said";
    return e;
}

inline moderation::verdict verdict(moderation::disposition action, std::string category, moderation::lane lane,
                                   int severity) {
    moderation::verdict v;
    v.action = action;
    v.category = std::move(category);
    v.lane = lane;
    v.severity = severity;
    v.author_needs_care = lane == moderation::lane::care;
    v.signals = {{*v.category, "rule.one", "self/now/disclosing", 0, 4}};
    v.pack_version = "abc";
    return v;
}

inline review_case held_case(const event& about = message()) {
    const auto r = room();
    return *review::open_case({"c1"},
                              verdict(moderation::disposition::hold, "eating.promotion", moderation::lane::harm, 3),
                              {about, r, 0}, start);
}

inline review_case care_case(const event& about) {
    const auto r = room();
    return *review::open_case(
        {"c1"}, verdict(moderation::disposition::publish_and_flag, "suicide.active", moderation::lane::care, 3),
        {about, r, 4}, start);
}

inline review_case claimed(review_case kase, const person& who = mods, std::string token = "t1",
                           time_point at = start + 1min) {
    return review::claim(std::move(kase), who, std::move(token), five_minutes, at).value();
}

inline std::string words(review::author_outcome, std::optional<time_point>) { return R"({"explanation":"why"})"; }

/// Catch would print a result, and Boost.System's printer asks more of the values than they have.
template <class T>
bool ok(const outcome<T>& result) {
    return result.has_value();
}

inline review::order order(case_action action, std::string lease = "t1") {
    review::order o;
    o.lease = std::move(lease);
    o.action = action;
    o.reason = "the ground rules";
    return o;
}

inline outcome<review::effects> decide(review_case kase, const review::order& what, const event& about,
                                       const person& who = mods, const membership& standing = {},
                                       time_point at = start + 2min) {
    return review::decide(std::move(kase), what, who, about, standing, words, at);
}

}  // namespace scene
