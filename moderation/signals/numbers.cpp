#include "moderation/signals/numbers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace hearth::moderation {
namespace {

using names = std::string_view;

constexpr std::array<names, 20> units{"kg",   "kgs",     "kilo",     "kilos", "kilogram", "kilograms", "lb",
                                      "lbs",  "pound",   "pounds",   "stone", "kcal",     "kcals",     "cal",
                                      "cals", "calorie", "calories", "kkal",  "kalori",   "livres"};
// "cw 45", "bmi 16", "imc de 15", "bb 38", "size 0"
constexpr std::array<names, 17> labels{"bmi", "imc", "imt", "cw",   "gw",     "sw",     "hw",    "lw",    "ugw",
                                       "bb",  "gw1", "gw2", "size", "taille", "ukuran", "berat", "weight"};
constexpr std::array<names, 12> linking{"of",  "is",  "at",   "de",      "a",        "est",
                                        "was", "now", "cuma", "tinggal", "sekarang", "badan"};
constexpr std::array<names, 11> hours{"h",      "hr",  "hrs", "hour", "hours", "heure",
                                      "heures", "jam", "day", "days", "jours"};
constexpr std::array<names, 11> fasting{"fast",   "fasting", "fasted",  "fasts",  "jeune", "jeuner",
                                        "jeunes", "puasa",   "ngefast", "starve", "omad"};
constexpr std::array<names, 9> other_sizes{"shoe",   "shoes",    "boots",  "pas", "group",
                                           "groupe", "kelompok", "sepatu", "mg"};

template <std::size_t n>
bool one_of(const std::array<names, n>& all, names one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

class figure_finder {
public:
    figure_finder(const folded& text, const token_list& words) : text_(text), words_(words.tokens) {}

    std::vector<figure> run() {
        for (std::uint32_t i = 0; i < words_.size() && found_.size() < 32; ++i) {
            if (!words_[i].number) continue;
            if (stuck(i) || unit_after(i) || label_before(i) || fast_around(i)) continue;
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] names word(std::uint32_t i) const { return i < words_.size() ? spelling(text_, words_[i]) : names(); }

    bool put(std::uint32_t first, std::uint32_t last) {
        if (!found_.empty() && found_.back().last > first)
            found_.back().last = last;
        else
            found_.push_back({first, last});
        return true;
    }

    // "45kg", "600kcal", "36hfast" is not a word anyone types
    bool stuck(std::uint32_t i) {
        const auto all = word(i);
        const auto unit = std::find_if(all.begin(), all.end(), [](char c) { return c < '0' || c > '9'; });
        return one_of(units, all.substr(static_cast<std::size_t>(unit - all.begin()))) && put(i, i + 1);
    }

    bool unit_after(std::uint32_t i) {
        auto next = i + 1;
        while (next < words_.size() && next < i + 3 && words_[next].number) ++next;  // "52,5 kg"
        return next < words_.size() && one_of(units, word(next)) && put(i, next + 1);
    }

    bool label_before(std::uint32_t i) {
        if (i == 0 || word(i).front() < '0' || word(i).front() > '9') return false;
        auto before = i - 1;
        if (before > 0 && one_of(linking, word(before))) --before;
        if (!one_of(labels, word(before)) || words_[before].sentence != words_[i].sentence) return false;
        const auto label = word(before);
        const bool clothes = label == "size" || label == "taille" || label == "ukuran";
        if (clothes && (one_of(other_sizes, word(i + 1)) || (before > 0 && one_of(other_sizes, word(before - 1)))))
            return false;
        return put(before, i + 1);
    }

    // Hours or days beside a word for fasting, within four words.
    bool fast_around(std::uint32_t i) {
        const auto all = word(i);
        const auto letters = std::find_if(all.begin(), all.end(), [](char c) { return c < '0' || c > '9'; });
        const auto unit = all.substr(static_cast<std::size_t>(letters - all.begin()));
        const bool own = !unit.empty() && letters != all.begin() && one_of(hours, unit);
        if (!own && !one_of(hours, word(i + 1))) return false;
        const auto from = i >= 4 ? i - 4 : 0;
        const auto until = std::min<std::uint32_t>(i + 6, static_cast<std::uint32_t>(words_.size()));
        for (auto at = from; at < until; ++at) {
            if (words_[at].sentence == words_[i].sentence && one_of(fasting, word(at))) {
                return put(std::min(at, i), std::max(at + 1, own ? i + 1 : i + 2));
            }
        }
        return false;
    }

    const folded& text_;
    const std::vector<token>& words_;
    std::vector<figure> found_;
};

}  // namespace

std::vector<figure> find_diet_figures(const folded& text, const token_list& words) {
    return figure_finder(text, words).run();
}

}  // namespace hearth::moderation
