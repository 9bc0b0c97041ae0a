// Who is present through which process (library/attendance.lua).
#include "store/redis/redis_store.hpp"
#include "store/redis/rows.hpp"

namespace hearth::store::redis {
namespace {

person read_present(row from) {
    person out;
    out.id.value = from.text();
    out.name = from.text();
    out.role = parse_role(from.text()).value_or(role::member);
    return out;
}

attendance read_attendance(row from) {
    attendance out;
    out.whole_wanted = from.flag();
    if (out.whole_wanted) return out;
    out.version = from.text();
    out.same = from.flag();
    out.processes = static_cast<std::size_t>(from.integer());
    out.others = static_cast<std::size_t>(from.integer());
    out.named = read_all(from.next(), read_present);
    return out;
}

}  // namespace

void redis_store::report_attendance(attendance_report what, completions& to, callback<attendance> done) {
    auto asked = noting("attend", room_key(what.room));
    asked.add(what.room).add(client_.process()).add(attendance_lives_.count()).add(what.most_named);
    asked.add(what.whole).add(what.known);
    asked.add(what.came.size());
    for (const auto& who : what.came) asked.add(who.id).add(who.name).add(to_string(who.role));
    asked.add(what.went.size());
    for (const auto& id : what.went) asked.add(id);
    ask(asked, to, std::move(done), [](const reply& from) { return read_answer(from, read_attendance); });
}

}  // namespace hearth::store::redis
