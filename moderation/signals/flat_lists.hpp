// Many short lists in one piece of memory. A message looks into dozens of them; a block of its own for each would be two
// trips to memory a list, and most messages come when others have used the caches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hearth::moderation {

template <class T>
class flat_lists {
public:
    flat_lists() : starts_{0} {}
    explicit flat_lists(const std::vector<std::vector<T>>& lists) : flat_lists() {
        starts_.reserve(lists.size() + 1);
        for (const auto& one : lists) {
            items_.insert(items_.end(), one.begin(), one.end());
            starts_.push_back(static_cast<std::uint32_t>(items_.size()));
        }
    }

    /// The list of this number; empty when there is none.
    [[nodiscard]] std::span<const T> operator[](std::size_t list) const noexcept {
        if (list >= size()) return {};
        return {items_.data() + starts_[list], items_.data() + starts_[list + 1]};
    }
    [[nodiscard]] std::size_t size() const noexcept { return starts_.size() - 1; }

    /// Reads ahead where the list begins, and then what it holds first.
    void fetch_start(std::size_t list) const noexcept { __builtin_prefetch(starts_.data() + list); }
    void fetch_items(std::size_t list) const noexcept { __builtin_prefetch(items_.data() + starts_[list]); }

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(starts_, items_);
    }

private:
    std::vector<std::uint32_t> starts_;  // per list, and the end of the last
    std::vector<T> items_;
};

}  // namespace hearth::moderation
