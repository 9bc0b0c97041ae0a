#include "moderation/voice/echo.hpp"

#include <algorithm>

namespace hearth::moderation {
namespace {

bool suicidal(category_index which) noexcept {
    return which == category("suicide.passive") || which == category("suicide.active") ||
           which == category("suicide.emergency") || which == category("selfharm.disclosure");
}

// The gravest thing that the message before really says: what its voice lowered is not taken over.
const finding* gravest(const std::vector<finding>& before) {
    const finding* found = nullptr;
    for (const auto& one : before) {
        const auto by = weigh(one, false);
        if (by.dropped || by.lowered || one.nudge) continue;
        if (found == nullptr || taxonomy[one.category].severity > taxonomy[found->category].severity) found = &one;
    }
    return found;
}

}  // namespace

echo read_echo(const token_list& words, const std::vector<cue_hit>& cues, language_mask languages) {
    if (words.tokens.empty() || words.tokens.size() > longest_echo) return echo::none;
    const auto has = [&](cue kind) {
        return std::any_of(cues.begin(), cues.end(),
                           [&](const cue_hit& one) { return one.kind == kind && (one.language & languages) != 0; });
    };
    if (has(cue::negation) || has(cue::refusing) || has(cue::warning) || has(cue::concern)) return echo::none;
    if (has(cue::echo_push)) return echo::push;
    if (has(cue::echo_ask)) return echo::ask;
    return has(cue::echo_agree) ? echo::agree : echo::none;
}

std::optional<finding> echoed(echo how, const std::vector<finding>& before) {
    const auto* said = how == echo::none ? nullptr : gravest(before);
    if (said == nullptr) return std::nullopt;
    finding result;
    result.category = said->category;
    const bool care = taxonomy[said->category].lane == lane::care;
    switch (how) {
        case echo::agree:
            // To feel the same is a disclosure of one's own; to join in harm is for a person to look at.
            if (said->category == category("overdose.emergency")) return std::nullopt;
            result.rule = "engine.echo.agree";
            result.weak = true;
            result.voice.who = person::self;
            break;
        case echo::push:
            if (!suicidal(said->category) && care) return std::nullopt;
            if (suicidal(said->category)) result.category = category("selfharm.incitement");
            result.rule = "engine.echo.push";
            result.weak = !suicidal(said->category);
            result.voice.who = person::you;
            result.voice.encouraging = true;
            break;
        case echo::ask:
            if (said->category == category("suicide.emergency")) result.category = category("selfharm.method");
            if (result.category != category("selfharm.method") && result.category != category("drugs.sourcing"))
                return std::nullopt;
            result.rule = "engine.echo.ask";
            result.weak = true;
            result.voice.who = person::self;
            break;
        case echo::none: return std::nullopt;
    }
    return result;
}

}  // namespace hearth::moderation
