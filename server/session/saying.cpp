// A message's way in: its turn, what stood before it, the verdict, the commit, the ack.
#include "identity/token.hpp"
#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"
#include "review/opening.hpp"
#include "session/commit_by.hpp"
#include "session/session.hpp"

namespace hearth::session {
namespace {

// How long, and how far back, a person's lines are read together with their next one.
constexpr std::chrono::minutes together{2};
constexpr std::size_t together_bytes = 120;

void remember(std::string& lines, std::string_view text) {
    if (!lines.empty()) lines += '\n';
    lines += text;
    while (lines.size() > together_bytes) {  // a line longer than that has spoken for itself
        const auto end = lines.find('\n');
        lines.erase(0, end == std::string::npos ? end : end + 1);
    }
}

}  // namespace

moderation::verdict session::judge(std::string_view text, const room_info& room, const parent& before,
                                   std::string_view own_before) {
    moderation::context where;
    where.room_topic = to_string(room.topic);
    where.languages = room.languages;
    where.before = before.text;
    where.before_unread = before.unread;
    where.own_before = own_before;
    return with_.judges[loop_.index()](text, where);
}

void session::on(id_text id, protocol::say& c) {
    if (!seat_in(id, c.room) || !allow(with_.allowed.says, id)) return;
    waiting_.push_back({std::move(id), std::move(c)});
    if (waiting_.size() == 1) say_waiting();
}

void session::say_waiting() {
    while (!waiting_.empty()) {
        const auto& next = waiting_.front();
        const auto* here = next.what.reply_to ? seated(next.what.room) : nullptr;
        if (!here) {
            say_next({});
            continue;
        }
        auto read = then<event>([this, number = ++reading_](outcome<event> answered) {
            if (number != reading_) return;
            parent before;
            if (answered)
                before.text = answered->text.value_or("");
            else
                before.unread = answered.error().code != errc::not_found;
            say_next(before);
            say_waiting();
        });
        return with_.store.find_event(here->seat->room().id, *next.what.reply_to, loop_, std::move(read));
    }
}

void session::say_waiting_at_once() {
    ++reading_;
    while (!waiting_.empty()) say_next({});
}

void session::say_next(const parent& before) {
    const auto id = std::move(waiting_.front().id);
    auto c = std::move(waiting_.front().what);
    waiting_.erase(waiting_.begin());
    auto* here = seat_in(id, c.room);
    if (!here) return;
    const auto& room = here->seat->room();

    event said;
    said.at = now();
    if (said.at - here->said_at > together) here->said.clear();
    auto found = judge(c.text, room, before, here->said);
    remember(here->said, c.text);
    here->said_at = said.at;
    said.author = me_;
    said.key = std::move(c.key);
    said.text = std::move(c.text);
    said.seen_by = audience_of(found);
    if (c.reply_to) said.fields = R"("reply_to":)" + std::to_string(*c.reply_to);
    if (!c.intent.empty()) {
        if (!said.fields.empty()) said.fields += ',';
        said.fields += R"("intent":)";
        protocol::append_string(said.fields, c.intent);
    }
    said.ack = R"("disposition":")";
    said.ack += disposition_of(found);
    said.ack += '"';
    if (found.notice) said.ack += R"(,"notice":)" + with_.notice(found, disposition_of(found), intro_.locale);

    auto unit = commit_by(me_, room, said.at);
    if (with_.bounds.rate_limits) unit.speaker_pace = {with_.bounds.say_per_minute, with_.bounds.say_burst};
    if (found.action != moderation::disposition::publish) {
        const int exposed = withheld(found) ? 0 : static_cast<int>(here->present);
        unit.opened = review::open_case(case_id{identity::new_id('c')}, found, {said, room, exposed}, said.at);
        if (unit.opened) unit.opened->author_locale = intro_.locale;
        if (unit.opened)
            if (auto act = review::automatic_act(*unit.opened)) unit.audit.push_back(std::move(*act));
    }
    auto ack = std::make_shared<event>();  // only what the ack says
    ack->at = said.at;
    ack->key = said.key;
    ack->ack = said.ack;
    const auto disposition = disposition_of(found);
    const auto looked =
        with_.second_look && !withheld(found) ? std::make_shared<std::pair<room_info, event>>(room, said) : nullptr;
    unit.events.push_back(std::move(said));
    rooms::overheard heard{found.leanings, found.author_needs_care, c.reply_to};
    submit(id, std::move(unit), std::move(heard),
           [this, id, ack, disposition, looked, misses = std::move(found.near_misses),
            clean = found.signals.empty()](const store::committed& result) {
               if (!result.repeated) {
                   if (!misses.empty()) with_.spellings.hear(misses, me_.id, clean, ack->at);
                   ack->seq = result.seqs.front();
                   with_.said(disposition);
                   if (looked) {
                       looked->second.seq = ack->seq;
                       with_.second_look(looked->first, std::move(looked->second));
                   }
               }
               std::string line;
               protocol::append_say_ack(line, id, result.repeated ? *result.first : *ack);
               client_->reply(line);
           });
}

}  // namespace hearth::session
