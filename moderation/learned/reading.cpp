#include "moderation/learned/reading.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace hearth::moderation {

namespace {

float any_flag(const model_thresholds& from, language_mask languages) noexcept {
    float highest = 0;
    for (std::size_t i = 0; i < most_languages; ++i) {
        if (((languages >> i) & 1U) != 0) highest = std::max(highest, from.any_by_language[i]);
    }
    return highest > 0 ? highest : from[output_any].flag;
}

}  // namespace

learned_reading read_scores(const model_thresholds& from, const model_scores& scores, std::string_view room_topic,
                            language_mask languages) {
    learned_reading result;
    const auto enough = any_flag(from, languages);
    for (std::size_t i = 0; i < taxonomy.size(); ++i) {
        if (i == category("eating.numbers") && room_topic != "eating") continue;
        if (scores[i] > result.probability) {
            result.probability = scores[i];
            result.category = static_cast<category_index>(i);
        }
    }
    const auto care = scores[output_care], harm = scores[output_harm];
    result.opinion.harmful = harm >= from[output_harm].hold && care < from[output_care].flag;

    // Lives may hang on some categories: one of them alone may call a person, at a threshold of its own.
    const bool grave = taxonomy[result.category].page && result.probability >= from[result.category].flag;
    result.flag = scores[output_any] >= enough || grave;
    result.opinion.harmless = !result.flag;
    if (harm >= from[output_harm].flag && care < from[output_care].flag) result.opinion.leans_to = result.category;
    result.opinion.nothing = scores[output_any] < enough / 2;
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
