// Commands about a message that was said: changing it, taking it back, answering it with a sign, reporting it.
#include "identity/token.hpp"
#include "protocol/encode.hpp"
#include "review/opening.hpp"
#include "session/commit_by.hpp"
#include "session/session.hpp"

namespace hearth::session {
namespace {

/// Whether a message that was held or blocked has been released since.
bool released_since(const review_case& kase) {
    for (auto it = kase.decisions.rbegin(); it != kase.decisions.rend(); ++it) {
        if (it->action == case_action::release) return true;
        if (it->action == case_action::remove) return false;
    }
    return false;
}

}  // namespace

void session::with_message(const id_text& id, const std::string& slug, seq_t seq,
                           std::function<void(const room_info&, event)> then_do) {
    const auto* here = seat_in(id, slug);
    if (!here) return;
    auto found =
        then<event>([this, id, room = here->seat->room(), then_do = std::move(then_do)](outcome<event> message) {
            if (message.has_error()) return refuse(id, message.error());
            if (message->type != event_type::message || !message->text)
                return refuse(id, {errc::not_found, "seq", "no such message"});
            if (message->seen_by == audience::everyone) return then_do(room, std::move(*message));
            // It was withheld when it was said; a moderator may have released it since.
            auto looked =
                then<review_case>([this, id, room, then_do, message = *message](outcome<review_case> kase) mutable {
                    if (kase && released_since(*kase)) message.seen_by = audience::everyone;
                    if (!visible(message.seen_by, message.author.id, me_))
                        return refuse(id, {errc::not_found, "seq", "no such message"});
                    then_do(room, std::move(message));
                });
            with_.store.find_case_of(room.id, message->seq, loop_, std::move(looked));
        });
    with_.store.find_event(here->seat->room().id, seq, loop_, std::move(found));
}

void session::on(id_text id, protocol::edit& c) {
    with_message(id, c.room, c.seq, [this, id, c](const room_info& room, const event& message) {
        if (message.author.id != me_.id)
            return refuse(id, {errc::forbidden, "seq", "only its author may change a message"});
        auto looked = then<review_case>([this, id, c, room, message](outcome<review_case> existing) {
            if (existing.has_error() && existing.error().code != errc::not_found) return refuse(id, existing.error());
            apply_edit(id, c, room, message, existing ? std::optional(std::move(*existing)) : std::nullopt);
        });
        with_.store.find_case_of(room.id, message.seq, loop_, std::move(looked));
    });
}

void session::apply_edit(const id_text& id, const protocol::edit& c, const room_info& room, const event& message,
                         std::optional<review_case> existing) {
    const auto found = judge(c.text, room, {});
    if (message.seen_by == audience::everyone && withheld(found))
        return refuse(id,
                      {errc::forbidden, "text", "the new text would need a review; say it as a message of its own"});
    const auto at = now();
    auto unit = commit_by(me_, room, at);
    event edited;
    edited.type = event_type::edited;
    edited.at = at;
    edited.author = me_;
    edited.target = message.seq;
    edited.text = c.text;
    edited.seen_by = message.seen_by;
    unit.events.push_back(edited);
    unit.rewrites.push_back({message.seq, c.text});
    auto now_reads = message;
    now_reads.text = c.text;
    const review::sighting seen{now_reads, room, 0};
    if (existing)
        unit.changed = review::note_edit(std::move(*existing), c.text, found, seen, at);
    else if (found.action != moderation::disposition::publish)
        unit.opened = review::open_case(case_id{identity::new_id('c')}, found, seen, at);
    std::string rest;
    if (found.notice) rest = R"("notice":)" + with_.notice(found, disposition_of(found), intro_.locale);
    rooms::overheard heard{found.leanings, found.author_needs_care, {}};
    submit(id, std::move(unit), std::move(heard), [this, id, at, rest](const store::committed& result) {
        std::string line;
        protocol::append_ack(line, id, result.seqs.front(), at, rest);
        client_->reply(line);
    });
}

void session::on(id_text id, protocol::retract& c) {
    with_message(id, c.room, c.seq, [this, id](const room_info& room, const event& message) {
        if (message.author.id != me_.id)
            return refuse(id, {errc::forbidden, "seq", "only its author may take a message back"});
        store::room_commit unit;  // no speaker: also who is muted may take their own words back
        unit.room = room.id;
        unit.at = now();
        event gone;
        gone.type = event_type::retracted;
        gone.at = unit.at;
        gone.author = me_;
        gone.target = message.seq;
        gone.seen_by = message.seen_by;
        unit.events.push_back(gone);
        unit.rewrites.push_back({message.seq, std::nullopt});
        submit(id, std::move(unit), [this, id, at = gone.at](const store::committed& result) {
            std::string line;
            protocol::append_ack(line, id, result.seqs.front(), at, {});
            client_->reply(line);
        });
    });
}

void session::on(id_text id, protocol::react& c) {
    with_message(id, c.room, c.seq, [this, id, c](const room_info& room, const event& message) {
        auto unit = commit_by(me_, room, now());
        event felt;
        felt.type = event_type::reaction;
        felt.at = unit.at;
        felt.author = me_;
        felt.target = message.seq;
        felt.seen_by = message.seen_by;
        felt.fields = R"("kind":")" + c.kind + (c.on ? R"(","on":true)" : R"(","on":false)");
        unit.events.push_back(felt);
        submit(id, std::move(unit), [this, id, at = felt.at](const store::committed& result) {
            std::string line;
            protocol::append_ack(line, id, result.seqs.front(), at, {});
            client_->reply(line);
        });
    });
}

void session::on(id_text id, protocol::report& c) {
    with_message(id, c.room, c.seq,
                 [this, id, c](const room_info& room, const event& message) { file_report(id, c, room, message, 3); });
}

void session::file_report(const id_text& id, const protocol::report& c, const room_info& room, const event& message,
                          int tries) {
    auto looked = then<review_case>([this, id, c, room, message, tries](outcome<review_case> existing) {
        if (existing.has_error() && existing.error().code != errc::not_found) return refuse(id, existing.error());
        const auto at = now();
        auto filed =
            review::add_report(existing ? std::optional(std::move(*existing)) : std::nullopt,
                               case_id{identity::new_id('c')}, {message, room, 0}, {me_.id, c.reason, c.note, at}, at);
        if (filed.has_error()) return refuse(id, filed.error());
        using change = review::report_result::change;
        std::string line;
        protocol::append_ack(line, id, 0, at, {});
        if (filed->what == change::nothing) return client_->reply(line);
        store::room_commit unit;
        unit.room = room.id;
        unit.at = at;
        (filed->what == change::opened ? unit.opened : unit.changed) = std::move(filed->kase);
        auto written =
            then<store::committed>([this, id, c, room, message, tries, line](outcome<store::committed> result) {
                if (!result.has_error()) return client_->reply(line);
                // Somebody changed the case meanwhile: look again.
                if (result.error().code == errc::conflict && tries > 1)
                    return file_report(id, c, room, message, tries - 1);
                refuse(id, result.error());
            });
        with_.rooms.submit(std::move(unit), loop_, std::move(written));
    });
    with_.store.find_case_of(room.id, message.seq, loop_, std::move(looked));
}

}  // namespace hearth::session
