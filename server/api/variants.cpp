// Spellings to look at: what the radar suggests, and a person's word on it.
#include <algorithm>
#include <cmath>

#include "api/json_reader.hpp"
#include "api/routes.hpp"
#include "protocol/json_text.hpp"

namespace hearth::api {
namespace {

void member(std::string& out, std::string_view key, std::string_view value) {
    out += out.back() == '{' ? "\"" : ",\"";
    out += key;
    out += "\":";
    protocol::append_string(out, value);
}

/// What suggestions and decisions have in common, after "{".
template <class T>
void append_spelling(std::string& out, const T& one) {
    member(out, "word", one.word);
    member(out, "term", one.term);
    member(out, "category", one.category);
}

void append_suggestion(std::string& out, const moderation::suggestion& one) {
    out += '{';
    append_spelling(out, one);
    out += R"(,"count":)";
    protocol::append_number(out, static_cast<std::int64_t>(std::lround(one.count)));
    out += R"(,"authors":)";
    protocol::append_number(out, static_cast<std::int64_t>(one.authors));
    out += one.rising ? R"(,"rising":true)" : R"(,"rising":false)";
    member(out, "first_seen", to_rfc3339(one.first_seen));
    member(out, "last_seen", to_rfc3339(one.last_seen));
    out += '}';
}

void append_decision(std::string& out, const variant_decision& one) {
    out += '{';
    append_spelling(out, one);
    out += one.accepted ? R"(,"accepted":true)" : R"(,"accepted":false)";
    member(out, "at", to_rfc3339(one.at));
    member(out, "by", one.by.value);
    out += '}';
}

template <class T, class Append>
void append_all(std::string& out, const std::vector<T>& all, Append append) {
    out += '[';
    for (const auto& one : all) {
        if (&one != all.data()) out += ',';
        append(out, one);
    }
    out += ']';
}

void decide(const call_ptr& c, variant_decision what) {
    std::string detail = "{";
    member(detail, "term", what.term);
    member(detail, "category", what.category);
    detail += '}';
    auto act = c->act(what.accepted ? "variant.accept" : "variant.dismiss", what.word, std::move(detail));
    what.at = act.at;
    what.by = c->who.id;
    auto stored = [c, what] {
        c->with.spellings.decided(what);
        std::string out;
        append_decision(out, what);
        c->answer(200, std::move(out));
    };
    c->with.store.decide_variant(what, {std::move(act)}, c->with.loop, c->then(std::move(stored)));
}

}  // namespace

void list_variants(const call_ptr& c) {
    auto tell = [c](const std::vector<variant_decision>& decided) {
        std::string out = R"({"variants":)";
        append_all(out, c->with.spellings.suggestions(now()), append_suggestion);
        out += R"(,"decided":)";
        append_all(out, decided, append_decision);
        out += '}';
        c->answer(200, std::move(out));
    };
    c->with.store.list_variants(c->with.loop, c->then<std::vector<variant_decision>>(std::move(tell)));
}

void decide_variant(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    const auto accept = in.required("accept", in.maybe_flag("accept"));
    if (in.failed()) return c->fail(in.problem());
    const auto same = [word = c->parts[0]](const auto& one) { return one.word == word; };
    const auto suggested = c->with.spellings.suggestions(now());
    if (const auto found = std::find_if(suggested.begin(), suggested.end(), same); found != suggested.end())
        return decide(c, {found->word, found->term, found->category, accept, {}, {}});
    auto again = [c, same, accept](const std::vector<variant_decision>& decided) {
        const auto found = std::find_if(decided.begin(), decided.end(), same);
        if (found == decided.end()) return c->fail({errc::not_found, "word", "neither suggested nor decided on"});
        auto what = *found;
        what.accepted = accept;
        decide(c, std::move(what));
    };
    c->with.store.list_variants(c->with.loop, c->then<std::vector<variant_decision>>(std::move(again)));
}

}  // namespace hearth::api
