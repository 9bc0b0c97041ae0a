#include "moderation/text/key_set.hpp"

#include <utility>

namespace hearth::moderation {

void key_set::add(std::uint64_t key) {
    if (contains(key)) return;
    // Three of four stay empty: most questions are about what is not here, and end at the first empty one.
    if ((count_ + 1) * 4 > slots_.size()) {
        auto old = std::exchange(slots_, std::vector<std::uint64_t>(slots_.size() * 2));
        count_ = 0;
        for (const auto one : old) {
            if (one != 0) add(one);
        }
    }
    auto at = key & mask();
    while (slots_[at] != 0) at = (at + 1) & mask();
    slots_[at] = key;
    ++count_;
}

}  // namespace hearth::moderation
