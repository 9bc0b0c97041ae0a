#include "store/case_erasure.hpp"

#include "store/store.hpp"

namespace hearth::store {

void erase_from_case(review_case& from, const user_id& id) {
    const auto forget = [&](person& who) {
        if (who.id != id) return false;
        who.name = erased_name;
        return true;
    };
    if (forget(from.message.from)) {
        from.message.text.clear();
        from.findings.clear();  // they point into the text
    }
    for (auto& quoted : from.before)
        if (forget(quoted.from)) quoted.text.clear();
    for (auto& card : from.cards) forget(card.by);
    if (from.drift) {
        forget(from.drift->about);
        for (auto& quoted : from.drift->evidence)
            if (forget(quoted.from)) quoted.text.clear();
    }
    for (auto& report : from.reports)
        if (report.by == id) report.note.clear();
    for (auto& decision : from.decisions) forget(decision.by);
    if (from.lease) forget(from.lease->holder);
}

}  // namespace hearth::store
