#include "moderation/text/lexicon.hpp"

namespace hearth::moderation {

word_id lexicon::add(std::string_view word) {
    if (const auto known = find(word); known != no_word) return known;
    if ((words_.size() + 1) * 2 > slots_.size()) {
        slots_.assign(slots_.size() * 2, no_word);
        for (word_id id = 0; id < words_.size(); ++id) {
            auto slot = hash(words_[id]) & mask();
            while (slots_[slot] != no_word) slot = (slot + 1) & mask();
            slots_[slot] = id;
        }
    }
    auto slot = hash(word) & mask();
    while (slots_[slot] != no_word) slot = (slot + 1) & mask();
    const auto id = static_cast<word_id>(words_.size());
    words_.emplace_back(word);
    slots_[slot] = id;
    return id;
}

}  // namespace hearth::moderation
