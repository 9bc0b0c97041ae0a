#include "moderation/learned/reading.hpp"

#include <array>
#include <string>

namespace hearth::moderation {

learned_reading read_scores(const model_thresholds& from, const model_scores& scores, std::string_view room_topic) {
    learned_reading result;
    for (std::size_t i = 0; i < taxonomy.size(); ++i) {
        if (i == category("eating.numbers") && room_topic != "eating") continue;
        if (scores[i] > result.probability) {
            result.probability = scores[i];
            result.category = static_cast<category_index>(i);
        }
    }
    const auto care = scores[output_care], harm = scores[output_harm];
    result.opinion.harmful = harm >= from[output_harm].hold && harm > care;
    result.opinion.harmless = scores[output_any] < from[output_any].flag;
    result.flag = scores[output_any] >= from[output_any].flag;
    const auto& info = taxonomy[result.category];
    if (info.lane == lane::care) {
        result.sure = result.flag && result.probability >= from[result.category].flag;
    } else {
        result.sure = result.flag && result.opinion.harmful && info.action >= disposition::hold &&
                      result.probability >= from[result.category].hold && care < from[output_care].flag;
    }
    return result;
}

std::string_view model_rule(category_index category) noexcept {
    static const auto names = [] {
        std::array<std::string, taxonomy.size()> all;
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = "model." + std::string(taxonomy[i].id);
        return all;
    }();
    return names[category];
}

}  // namespace hearth::moderation
