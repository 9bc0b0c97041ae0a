#include "moderation/verdict.hpp"

namespace hearth::moderation {

std::string_view to_string(disposition value) noexcept {
    switch (value) {
        case disposition::publish: return "publish";
        case disposition::publish_and_flag: return "publish_and_flag";
        case disposition::hold: return "hold";
        case disposition::block: return "block";
    }
    return "publish_and_flag";
}

std::string_view to_string(lane value) noexcept { return value == lane::care ? "care" : "harm"; }

}  // namespace hearth::moderation
