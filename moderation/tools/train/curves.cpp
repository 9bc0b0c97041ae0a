#include "moderation/tools/train/curves.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace hearth::moderation::training {
namespace {

constexpr double margin = 0.02;  // above the last line that must not be reached
constexpr double never = 2;

// The smallest value that at most `share` of the values reach.
double reached_by(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end(), std::greater<>());
    const auto allowed = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return allowed >= values.size() ? 0 : std::nextafter(values[allowed], never);
}

category_index likeliest_of(const held_out& probabilities, std::size_t line) {
    model_scores scores{};
    for (std::size_t o = 0; o < model_outputs; ++o) scores[o] = static_cast<float>(probabilities[o][line]);
    return likeliest(scores);
}

// The file holds floats; three digits are all that a curve of some thousand lines can tell.
float rounded_up(double value) { return static_cast<float>(std::ceil(value * 1000) / 1000); }

}  // namespace

model_thresholds choose_thresholds(const std::vector<labelled_line>& corpus, const held_out& probabilities,
                                   const std::vector<std::string>& languages, const std::vector<double>& grave_ordinary,
                                   const tolerance& allowed) {
    model_thresholds result{};
    const auto values = [&](std::size_t output, const std::function<bool(const labelled_line&)>& of) {
        std::vector<double> some;
        for (std::size_t i = 0; i < corpus.size(); ++i) {
            if (corpus[i].calibrates && of(corpus[i])) some.push_back(probabilities[output][i]);
        }
        return some;
    };
    const auto ordinary = [](const labelled_line& l) { return l.kind == line_kind::ordinary; };
    const auto twin = [](const labelled_line& l) { return l.kind == line_kind::twin; };
    const auto benign = [](const labelled_line& l) { return l.benign(); };
    const auto care = [](const labelled_line& l) { return l.kind == line_kind::care; };
    for (std::size_t output = 0; output < model_outputs; ++output) {
        auto& one = result[output];
        one.flag = rounded_up(std::max(reached_by(values(output, ordinary), allowed.one.ordinary),
                                       reached_by(values(output, twin), allowed.one.twins)));
        one.hold = rounded_up(std::max({reached_by(values(output, benign), allowed.held_benign) + margin,
                                        reached_by(values(output, care), 0) + margin, 0.5}));
        if (output < taxonomy.size() && taxonomy[output].page) {
            one.flag = rounded_up(std::max(reached_by(values(output, ordinary), allowed.paged.ordinary),
                                           reached_by(values(output, twin), allowed.paged.twins)));
        }
        if (output == output_harm) {
            one.flag = rounded_up(std::max(reached_by(values(output, ordinary), allowed.leaning.ordinary),
                                           reached_by(values(output, twin), allowed.leaning.twins)));
            one.hold = rounded_up(std::max({reached_by(values(output, ordinary), allowed.borne_out.ordinary),
                                            reached_by(values(output, twin), allowed.borne_out.twins),
                                            reached_by(values(output, care), allowed.borne_out.ordinary)}));
        }
    }
    // Figures only matter in rooms where they may harm; ordinary lines may be said in those, too.
    constexpr auto figure = category("eating.numbers");
    result[figure].flag = rounded_up(std::max(
        reached_by(values(figure, ordinary), allowed.one.ordinary),
        reached_by(values(figure, [](const labelled_line& l) { return l.benign() && l.room_topic == "eating"; }),
                   allowed.one.twins)));
    for (std::size_t n = 0; n < languages.size() && n < most_languages; ++n) {
        // One curve each for lines that look grave and for others; a line is on the other's as if it said nothing.
        const auto among = [&](line_kind kind, bool grave) {
            std::vector<double> some;
            for (std::size_t i = 0; i < corpus.size(); ++i) {
                if (!corpus[i].calibrates || corpus[i].kind != kind || corpus[i].language != languages[n]) continue;
                some.push_back(shown_on_less(likeliest_of(probabilities, i)) == grave ? probabilities[output_any][i]
                                                                                      : 0);
            }
            return some;
        };
        const auto at = [&](bool grave, const flagged_share& share) {
            return static_cast<float>(rounded_up(std::max(reached_by(among(line_kind::ordinary, grave), share.ordinary),
                                                          reached_by(among(line_kind::twin, grave), share.twins))));
        };
        result.any_by_language[n] = {at(true, {grave_ordinary[n], allowed.grave.twins}), at(false, allowed.other)};
    }
    return result;
}

}  // namespace hearth::moderation::training
