// Fact cards: what is offered on a case, and a moderator's word that puts one into the room or takes it back.
#include <algorithm>

#include "api/json_reader.hpp"
#include "api/routes.hpp"
#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"
#include "review/cards.hpp"

namespace hearth::api {
namespace {

using protocol::append_string;

constexpr std::size_t claim_chars = 100;

void member(std::string& out, std::string_view key, std::string_view value) {
    out += out.back() == '{' ? "\"" : ",\"";
    out += key;
    out += "\":";
    append_string(out, value);
}

void append_text(std::string& out, const moderation::claim_text& text) {
    out += '{';
    member(out, "claim", text.claim);
    member(out, "correction", text.correction);
    member(out, "what_to_do", text.what_to_do);
    out += '}';
}

/// The members that a card has everywhere, after "{": claim, category, sources and who has read it.
void append_about(std::string& out, const moderation::claim& one) {
    member(out, "claim", one.id);
    member(out, "category", one.category);
    out += R"(,"sources":[)";
    for (const auto& source : one.sources) {
        if (&source != one.sources.data()) out += ',';
        out += '{';
        member(out, "name", source.name);
        member(out, "title", source.title);
        member(out, "url", source.url);
        out += '}';
    }
    out += ']';
    if (one.reviewed_by.empty()) return;
    member(out, "reviewed_by", one.reviewed_by);
    member(out, "reviewed_on", one.reviewed_on);
}

/// The notice's members: the card in every language, and for clients that know no cards its core in the room's first.
std::string notice_members(const moderation::claim& one, const room_info& room) {
    const auto& plain = moderation::text_for(one, room.languages.empty() ? "en" : room.languages.front());
    std::string out = R"("notice":{)";
    member(out, "category", one.category);
    member(out, "lane", "harm");
    member(out, "explanation", plain.correction + ' ' + plain.what_to_do);
    out += R"(,"resources":[],"can_edit":false},"card":{)";
    append_about(out, one);
    out += R"(,"texts":{)";
    bool first = true;
    for (const auto& [language, text] : one.texts) {
        if (!std::exchange(first, false)) out += ',';
        append_string(out, language);
        out += ':';
        append_text(out, text);
    }
    out += "}}";
    return out;
}

bool matched(const review_case& kase, const moderation::claim& one) {
    return std::any_of(kase.findings.begin(), kase.findings.end(), [&](const finding& f) { return f.rule == one.id; });
}

bool offered(const review_case& kase, const moderation::claim& one) {
    return std::find(kase.categories.begin(), kase.categories.end(), one.category) != kase.categories.end();
}

/// Writes what review decided and answers with the case as it then is.
void write(const call_ptr& c, outcome<store::room_commit> unit) {
    if (unit.has_error()) return c->fail(unit.error());
    auto written = [c](const store::committed& result) { answer_case(c, result.kase.value()); };
    c->with.rooms.submit(std::move(*unit), c->with.loop, c->then<store::committed>(std::move(written)));
}

}  // namespace

std::string cards_json(const moderation::claim_book& claims, const review_case& kase, std::string_view locale) {
    std::vector<const moderation::claim*> offers;
    for (const auto& [id, one] : claims)
        if (offered(kase, one) || review::shared(kase, id) != nullptr) offers.push_back(&one);
    std::stable_partition(offers.begin(), offers.end(), [&](const auto* one) { return matched(kase, *one); });
    std::string out;
    for (const auto* one : offers) {
        out += out.empty() ? "[{" : ",{";
        append_about(out, *one);
        out += matched(kase, *one) ? R"(,"matched":true,"text":)" : R"(,"matched":false,"text":)";
        append_text(out, moderation::text_for(*one, locale));
        if (const auto* card = review::shared(kase, one->id); card && !card->taken_back) {
            out += R"(,"shared":{"seq":)";
            protocol::append_number(out, static_cast<std::uint64_t>(card->seq));
            out += R"(,"at":")" + to_rfc3339(card->at) + R"(","by":)";
            protocol::append_user(out, card->by);
            out += '}';
        }
        out += '}';
    }
    return out.empty() ? out : out + ']';
}

void share_card(const call_ptr& c) {
    json_reader in(c->asked.body, c->with.bounds);
    const auto id = in.line("claim", claim_chars);
    if (in.failed()) return c->fail(in.problem());
    const auto claims = c->with.claims();
    const auto* found = claims->find(id);
    if (found == nullptr) return c->fail({errc::not_found, "claim", "no such claim"});
    auto with_case = [c, one = std::shared_ptr<const moderation::claim>(claims, found)](review_case kase) {
        if (!offered(kase, *one)) return c->fail({errc::bad_request, "claim", "not a claim of this case's categories"});
        const auto room = kase.room;
        room_by_id(c, room, [c, one, kase = std::move(kase)](const room_info& where) {
            if (where.archived) return c->fail({errc::unknown_room, "room", "the room is closed"});
            write(c, review::share_card(kase, one->id, notice_members(*one, where), c->who, now()));
        });
    };
    c->with.store.find_case(case_id{c->parts[0]}, c->with.loop, c->then<review_case>(std::move(with_case)));
}

void take_card_back(const call_ptr& c) {
    auto with_case = [c](review_case kase) {
        write(c, review::take_card_back(std::move(kase), c->parts[1], c->who, now()));
    };
    c->with.store.find_case(case_id{c->parts[0]}, c->with.loop, c->then<review_case>(std::move(with_case)));
}

}  // namespace hearth::api
