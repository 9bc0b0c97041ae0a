// How large a pattern is, so that the loader can refuse one that grew past its bounds.
#include <algorithm>

#include "moderation/signals/pattern.hpp"

namespace hearth::moderation {
namespace {

using type = pattern_node::type;

std::size_t spellings_of(const pattern_node& node, std::size_t limit, std::size_t& widest) {
    std::size_t count = 1;
    switch (node.kind) {
        case type::choice:
            count = 0;
            for (const auto& child : node.children)
                count = std::min(limit + 1, count + spellings_of(child, limit, widest));
            break;
        case type::sequence:
            for (const auto& child : node.children) {
                if (child.kind == type::gap) {
                    widest = std::max(widest, count);
                    count = 1;
                } else {
                    count = std::min(limit + 1, count * spellings_of(child, limit, widest));
                }
            }
            break;
        default: break;
    }
    widest = std::max(widest, count);
    return count;
}

}  // namespace

std::size_t widest_stretch(const pattern_node& root, std::size_t limit) {
    std::size_t widest = 0;
    spellings_of(root, limit, widest);
    return widest;
}

}  // namespace hearth::moderation
