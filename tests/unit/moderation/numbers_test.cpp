#include <catch2/catch.hpp>

#include "moderation/signals/numbers.hpp"

namespace hearth::moderation {
namespace {

std::string found(std::string_view original) {
    const lexicon words;
    const auto text = fold(original);
    token_list list;
    tokenize_into(text, words, list);
    std::string all;
    for (const auto& one : find_diet_figures(text, list)) {
        const auto from = list.tokens[one.first].begin;
        all += "[" + text.text.substr(from, list.tokens[one.last - 1].end - from) + "]";
    }
    return all;
}

}  // namespace

TEST_CASE("figures of weight, food and fasting are found in three languages") {
    struct row {
        const char* text;
        const char* expected;
    };
    const row rows[] = {
        {"I ate 300 calories", "[300 calories]"},
        {"cw: 45", "[cw 45]"},
        {"45kg today", "[45kg]"},
        {"BMI of 15", "[bmi of 15]"},
        {"j'ai mangé 300 kcal", "[300 kcal]"},
        {"IMC de 15", "[imc de 15]"},
        {"52,5 kilos", "[52 5 kilos]"},
        {"cuma 300 kalori", "[300 kalori]"},
        {"bb 38", "[bb 38]"},
        {"puasa air 36 jam", "[puasa air 36 jam]"},
        {"a 48 hour fast", "[48 hour fast]"},
        {"je jeûne depuis 40 heures", "[jeune depuis 40 heures]"},
        {"size 0 again", "[size 0]"},
        {"120 lbs", "[120 lbs]"},
    };
    for (const auto& row : rows) {
        INFO(row.text);
        CHECK(found(row.text) == row.expected);
    }
}

TEST_CASE("other figures are left alone") {
    for (const auto* text : {"90 days clean today", "20 mg as prescribed", "meeting at 18:30", "day 40",
                             "I am 25 years old", "10000 steps", "90 jours d'abstinence", "rendez-vous à 18 h 30",
                             "90 hari bersih", "jam 18.30 ya", "size 8 shoes", "see you in 2 hours"}) {
        INFO(text);
        CHECK(found(text) == "");
    }
}

}  // namespace hearth::moderation
