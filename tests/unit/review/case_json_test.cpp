#include <boost/json.hpp>

#include "scene.hpp"

using namespace scene;
namespace json = boost::json;

namespace {

json::object encoded(const review_case& kase, review::case_detail detail,
                     const review::surroundings* around = nullptr) {
    std::string out;
    review::append_case_json(out, kase, detail, start + 2min, around);
    return json::parse(out).as_object();
}

review_case full_case() {
    auto kase = claimed(held_case());
    kase.message.text = "quotes \" and \n lines";
    kase.reports.push_back({sage.id, "other", "note \"x\"", start});
    kase.decisions.push_back({mods, case_action::keep, "why", "", start});
    return kase;
}

}  // namespace

TEST_CASE("CASE on the wire", "[review]") {
    const auto kase = full_case();
    SECTION("full") {
        const auto before = message(audience::everyone, sage);
        auto gone = message(audience::everyone, sage);
        gone.text.reset();
        const review::surroundings around{{&before, 1}, {&gone, 1}, {12, 3, 1}, {}};
        const auto o = encoded(kase, review::case_detail::full, &around);
        CHECK(o.at("id") == "c1");
        CHECK(o.at("state") == "claimed");
        CHECK(o.at("lane") == "harm");
        CHECK(o.at("severity") == 3);
        CHECK(o.at("categories") == json::parse(R"(["eating.promotion"])"));
        CHECK(o.at("room") == "harbour");
        CHECK(o.at("seq") == 41);
        CHECK(o.at("opened_at") == "2026-03-01T09:00:00.000Z");
        CHECK(o.at("due_at") == "2026-03-01T10:00:00.000Z");
        CHECK(o.at("priority").is_int64());
        CHECK(o.at("author") == json::parse(R"({"id":"uauthor","name":"Rowan","roles":["member"]})"));
        CHECK(
            o.at("message") ==
            json::parse(
                R"({"seq":41,"at":"2026-03-01T09:00:00.000Z","text":"quotes \" and \n lines","disposition":"held"})"));
        CHECK(o.at("claimed_by").at("name") == "Alder");
        CHECK(o.at("lease_expires_at") == "2026-03-01T09:06:00.000Z");
        CHECK(o.at("page") == false);
        CHECK(o.at("needs_care") == false);
        CHECK(
            o.at("findings") ==
            json::parse(
                R"([{"category":"eating.promotion","rule":"rule.one","voice":"self/now/disclosing","start":0,"end":4}])"));
        CHECK(o.at("reports") ==
              json::parse(R"([{"reason":"other","note":"note \"x\"","at":"2026-03-01T09:00:00.000Z"}])"));
        CHECK(o.at("decisions").at(0).at("by").at("id") == "umod");
        CHECK(!o.at("decisions").at(0).as_object().contains("note"));
        CHECK(o.at("context").at("before").at(0).at("from").at("name") == "Sage");
        CHECK(!o.at("context").at("after").at(0).as_object().contains("text"));
        CHECK(o.at("author_history") == json::parse(R"({"messages":12,"cases":3,"sanctions":1})"));
        CHECK(o.at("pack_version") == "abc");
    }
    SECTION("in lists, findings, context and history stay out") {
        const auto o = encoded(kase, review::case_detail::list);
        for (const auto* absent : {"findings", "context", "author_history"}) CHECK(!o.contains(absent));
        CHECK(o.at("message").as_object().contains("text"));
    }
    SECTION("announcements carry nothing that anyone wrote") {
        const auto line = review::case_announcement(kase, true, start + 2min);
        const auto o = json::parse(line).as_object();
        CHECK(o.at("type") == "case_opened");
        CHECK(o.at("case").at("id") == "c1");
        CHECK(!o.at("case").at("message").as_object().contains("text"));
        for (const auto* written : {"quotes", "note", "why", "findings"})
            CHECK(line.find(written) == std::string::npos);
        CHECK(json::parse(review::case_announcement(kase, false, start)).at("type") == "case_updated");
    }
    SECTION("who reported and the lease's token are never told") {
        for (const auto detail :
             {review::case_detail::announcement, review::case_detail::list, review::case_detail::full}) {
            const auto text = json::serialize(encoded(kase, detail));
            CHECK(text.find("usage") == std::string::npos);
            CHECK(text.find("\"t1\"") == std::string::npos);
        }
    }
    SECTION("a lease that ran out is not shown") {
        std::string out;
        review::append_case_json(out, kase, review::case_detail::list, start + 7min);
        const auto o = json::parse(out).as_object();
        CHECK(o.at("state") == "open");
        CHECK(!o.contains("claimed_by"));
        CHECK(!o.contains("lease_expires_at"));
    }
}
