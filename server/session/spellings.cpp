#include "session/spellings.hpp"

namespace hearth::session {

spellings::spellings(const std::vector<variant_decision>& decided, std::uint64_t salt, time_point now, teller tell)
    : radar_(now, salt), tell_(std::move(tell)) {
    for (const auto& one : decided) note(one);
    if (!accepted_.empty()) this->tell();
}

void spellings::hear(const std::vector<moderation::near_miss>& misses, const user_id& author, bool clean,
                     time_point now) {
    const std::lock_guard guard(lock_);
    for (const auto& one : misses) radar_.hear({one.word, one.term, one.category, author.value, clean}, now);
}

std::vector<moderation::suggestion> spellings::suggestions(time_point now) {
    const std::lock_guard guard(lock_);
    return radar_.suggestions(now);
}

void spellings::decided(const variant_decision& what) {
    const std::lock_guard guard(lock_);
    note(what);
    tell();
}

void spellings::note(const variant_decision& what) {
    radar_.decided(what.word);
    if (what.accepted)
        accepted_.insert_or_assign(what.word, what.term);
    else
        accepted_.erase(what.word);
}

void spellings::tell() const {
    auto table = std::make_shared<moderation::variants>();
    for (const auto& [word, term] : accepted_) table->add(word, term);
    tell_(std::move(table));
}

}  // namespace hearth::session
