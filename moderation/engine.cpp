#include "moderation/engine.hpp"

#include <exception>

#include "moderation/pipeline.hpp"

namespace hearth::moderation {

struct judge::state {
    explicit state(std::shared_ptr<const ruleset> rules) : stages(std::move(rules)) {}
    pipeline stages;
};

judge::judge(std::shared_ptr<const ruleset> rules) : state_(std::make_unique<state>(std::move(rules))) {}
judge::judge(judge&&) noexcept = default;
judge& judge::operator=(judge&&) noexcept = default;
judge::~judge() = default;

void judge::read_as(std::shared_ptr<const variants> accepted) { state_->stages.read_as(std::move(accepted)); }

std::shared_ptr<const variants> judge::read_as() const { return state_->stages.accepted(); }

verdict judge::operator()(std::string_view text, const context& where) {
    try {
        return state_->stages.run(text, where);
    } catch (const std::exception&) {
        verdict result;
        raise_for_a_person(result, "engine.failed", 0, text.size());
        return result;
    }
}

}  // namespace hearth::moderation
