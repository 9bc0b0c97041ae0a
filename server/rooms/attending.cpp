// Who is present: told to the room, and exchanged with the other processes on the same storage.
//
// This process answers for its own people. It reports who came and went, and everybody when it may have been forgotten;
// the answer says who is there through others. A report that is due although nothing happened keeps them known.
#include "protocol/encode.hpp"
#include "rooms/home.hpp"

namespace hearth::rooms {
namespace {

constexpr std::chrono::milliseconds again_after{500};  // what did not get through

}  // namespace

void home::plan_presence() {
    // Others hear at once, so that whoever joins there is told of everybody; in a large room there is no hurry.
    if (presence_.unreported() && presence_.count() <= presence::named_people) report_attendance(false);
    if (presence_planned_ || !(presence_.changed() || presence_.unreported() || others_changed_)) return;
    presence_planned_ = true;
    loop_.after(presence_.pause(), [self = weak_from_this()] {
        const auto me = self.lock();
        if (!me) return;
        me->presence_planned_ = false;
        if (me->others_changed_ || me->reporting_ || me->presence_.unreported())
            me->report_attendance(true);
        else
            me->tell_presence();
    });
}

void home::tell_presence() {
    if (!presence_.changed()) return;
    const auto change = presence_.take();
    std::string line;
    protocol::append_presence(line, room_.slug, change.count, change.joined, change.left);
    const auto bytes = std::make_shared<const std::string>(protocol::frame_text(line));
    for (std::size_t worker = 0; worker < listeners_.size(); ++worker)
        if (listeners_[worker] > 0) out_.deliver_ephemeral(room_.id, worker, bytes);
}

void home::report_attendance(bool then_tell) {
    if (withdrawn_) return;
    tell_then_ = tell_then_ || then_tell;
    if (std::exchange(reporting_, true)) {
        report_again_ = true;
        return;
    }
    others_changed_ = false;
    store::attendance_report report;
    report.room = room_.id;
    report.whole = whole_report_ || !presence_.anybody_here();
    auto news = presence_.take_report(report.whole);
    report.came = std::move(news.came);
    report.went = std::move(news.went);
    report.known = attendance_known_;
    report.most_named = presence::named_people;
    store_.report_attendance(std::move(report), loop_, [self = shared_from_this()](outcome<store::attendance> got) {
        self->reporting_ = false;
        self->attendance_answered(got);
    });
}

void home::attendance_answered(const outcome<store::attendance>& got) {
    // After a failure nobody knows what was taken of it.
    whole_report_ = got.has_error() || got->whole_wanted;
    if (got.has_error()) report_attendance_later();
    if (got && got->whole_wanted) return report_attendance(false);
    if (got && !got->same) {
        attendance_known_ = got->version;
        presence_.elsewhere(got->named, got->named.empty() ? got->others : 0);
        // A process that has gone takes many people with it: that does not wait.
        tell_then_ = tell_then_ || got->processes < other_processes_;
        other_processes_ = got->processes;
    }
    if (!presence_.anybody_here()) (void)presence_.take();  // who comes now is told all of it at once
    for (auto& [request, done] : std::exchange(until_attendance_, {}))
        attach_to_log(std::move(request), std::move(done));
    if (std::exchange(report_again_, false)) return report_attendance(false);
    if (std::exchange(tell_then_, false)) tell_presence();
    plan_presence();
}

/// Before the next period: a Redis that has been replaced has to hear it while this process is still believed.
void home::report_attendance_later() {
    if (!presence_.anybody_here() || std::exchange(report_later_, true)) return;
    loop_.after(again_after, [self = weak_from_this()] {
        const auto me = self.lock();
        if (!me) return;
        me->report_later_ = false;
        me->report_attendance(false);
    });
}

void home::keep_attending() {
    if (!attendance_period_ || std::exchange(attending_, true)) return;
    loop_.after(*attendance_period_, [self = weak_from_this()] {
        const auto me = self.lock();
        if (!me) return;
        me->attending_ = false;
        if (!me->presence_.anybody_here()) return;
        me->report_attendance(false);
        me->keep_attending();
    });
}

void home::withdraw() {
    if (!attendance_period_ || std::exchange(withdrawn_, true)) return;
    if (!whole_report_ && !presence_.anybody_here() && !presence_.unreported()) return;
    store::attendance_report nobody;
    nobody.room = room_.id;
    nobody.whole = true;
    store_.report_attendance(std::move(nobody), loop_, [](const outcome<store::attendance>&) {});
}

}  // namespace hearth::rooms
