#include "moderation/learned/reading.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace hearth::moderation {

namespace {

float any_flag(const model_thresholds& from, language_mask languages, category_index likeliest) noexcept {
    float highest = 0;
    for (std::size_t i = 0; i < most_languages; ++i) {
        if (((languages >> i) & 1U) != 0) highest = std::max(highest, from.any_by_language[i].for_category(likeliest));
    }
    return highest > 0 ? highest : from[output_any].flag;
}

}  // namespace

learned_reading read_scores(const model_thresholds& from, const model_scores& scores, std::string_view room_topic,
                            language_mask languages) {
    learned_reading result;
    result.category = likeliest(scores);
    result.probability = scores[result.category];
    const auto enough = any_flag(from, languages, result.category);
    const auto care = scores[output_care], harm = scores[output_harm];
    // What reads most like a cry is one, whatever else it reads like.
    const bool cry = care >= from[output_care].flag || (taxonomy[result.category].care && care > harm);
    result.opinion.harmful = harm >= from[output_harm].hold && !cry;

    // Lives may hang on some categories: one of them alone may call a person, at a threshold of its own.
    const bool grave = taxonomy[result.category].page && result.probability >= from[result.category].flag;
    result.flag = scores[output_any] >= enough || grave;
    result.opinion.harmless = !result.flag;
    if (harm >= from[output_harm].flag && care < from[output_care].flag) result.opinion.leans_to = result.category;
    result.opinion.nothing = scores[output_any] < enough / 2;
    result.opinion.surely_nothing = scores[output_any] < enough / 4;
    const auto& info = taxonomy[result.category];
    if (info.lane == lane::care) {
        result.sure = result.flag && result.probability >= from[result.category].flag;
    } else {
        result.sure = result.flag && result.opinion.harmful && info.action >= disposition::hold &&
                      result.probability >= from[result.category].hold && care < from[output_care].flag;
    }
    // Nobody is asked to look at a figure, so it has a threshold of its own, and what asks for a person goes first.
    constexpr auto figure = category("eating.numbers");
    const auto said = room_topic == "eating" ? scores[figure] : 0;
    result.opinion.no_figure = said < from[figure].flag / 4;
    if (!result.flag && said > 0 && said >= from[figure].flag) {
        result.flag = true;
        result.category = figure;
        result.probability = said;
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
