#include "moderation/evaluation/report.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <iterator>
#include <utility>

namespace hearth::moderation {
namespace {

namespace json = boost::json;

struct figure_row {
    std::string_view name;
    proportion measures::*value;
};

constexpr std::array rows{
    figure_row{"surfaced", &measures::surfaced_all},
    figure_row{"surfaced, severity 3-4", &measures::surfaced_grave},
    figure_row{"surfaced, no obvious word", &measures::surfaced_oblique},
    figure_row{"disclosures silenced", &measures::silenced_care},
    figure_row{"benign silenced", &measures::silenced_benign},
    figure_row{"noise, ordinary lines", &measures::noise_ordinary},
    figure_row{"noise, twins", &measures::noise_twins},
    figure_row{"surfaced in disguise too", &measures::evasion},
};

std::string shown(const proportion& p) {
    if (p.of == 0) return "-";
    return fmt::format("{:.1f} % ({}/{}; {:.1f}-{:.1f})", 100 * p.rate(), p.hits, p.of, 100 * p.low(), 100 * p.high());
}

void figures(std::string& out, const tally& of) {
    auto to = std::back_inserter(out);
    fmt::format_to(to, "{:<28}", "rate (hits/of; 95 % Wilson)");
    for (const auto& [language, all] : of.by_language()) fmt::format_to(to, "  {:<32}", language);
    out += '\n';
    for (const auto& row : rows) {
        fmt::format_to(to, "{:<28}", row.name);
        for (const auto& [language, all] : of.by_language()) fmt::format_to(to, "  {:<32}", shown(all.*row.value));
        out += '\n';
    }
    fmt::format_to(to, "{:<28}", "category, macro F1");
    for (const auto& [language, all] : of.by_language())
        fmt::format_to(to, "  {:<32}", fmt::format("{:.3f}", all.macro_f1()));
    out += '\n';
}

void categories(std::string& out, const std::string& language, const measures& all) {
    auto to = std::back_inserter(out);
    fmt::format_to(to, "\n{}: by category\n{:<22}{:<32}{:<32}{}\n", language, "", "surfaced", "twins flagged", "F1");
    for (std::size_t i = 0; i < taxonomy.size(); ++i) {
        if (all.surfaced_of[i].of + all.noise_of[i].of == 0) continue;
        const auto f1 = all.f1(i);
        fmt::format_to(to, "{:<22}{:<32}{:<32}{}\n", taxonomy[i].id, shown(all.surfaced_of[i]), shown(all.noise_of[i]),
                       f1 < 0 ? "-" : fmt::format("{:.2f}", f1));
    }
    fmt::format_to(to, "\n{}: taken for another category (meant -> given: lines)\n", language);
    for (std::size_t meant = 0; meant < taxonomy.size(); ++meant) {
        for (std::size_t given = 0; given < taxonomy.size(); ++given) {
            if (meant != given && all.confusion[meant][given] > 0) {
                fmt::format_to(to, "  {} -> {}: {}\n", taxonomy[meant].id, taxonomy[given].id,
                               all.confusion[meant][given]);
            }
        }
    }
}

json::object as_json(const proportion& p) {
    return {{"rate", p.rate()}, {"hits", p.hits}, {"of", p.of}, {"interval", json::array{p.low(), p.high()}}};
}

}  // namespace

std::string report_text(const tally& of, std::size_t worst) {
    std::string out;
    figures(out, of);
    for (const auto& [language, all] : of.by_language()) categories(out, language, all);
    const auto lines = of.worst(worst);
    if (!lines.empty()) out += "\nworst lines\n";
    for (const auto& one : lines) {
        fmt::format_to(std::back_inserter(out), "  {:<20} {:<22} -> {:<22} {:<17} {}  [{}]\n", one.what,
                       one.line.categories.empty() ? "ordinary" : taxonomy[one.line.categories.front()].id,
                       one.given.category.value_or("-"), to_string(one.given.action), one.line.text, one.line.place);
    }
    return out;
}

std::string report_json(const tally& of, std::size_t worst) {
    json::object languages;
    for (const auto& [language, all] : of.by_language()) {
        json::object figures;
        for (const auto& row : rows) figures[row.name] = as_json(all.*row.value);
        figures["macro_f1"] = all.macro_f1();
        json::object by_category, confusion;
        for (std::size_t i = 0; i < taxonomy.size(); ++i) {
            if (all.surfaced_of[i].of + all.noise_of[i].of == 0) continue;
            json::object one{{"surfaced", as_json(all.surfaced_of[i])}, {"twins_flagged", as_json(all.noise_of[i])}};
            if (const auto f1 = all.f1(i); f1 >= 0) one["f1"] = f1;
            by_category[taxonomy[i].id] = std::move(one);
            json::object given;
            for (std::size_t j = 0; j < taxonomy.size(); ++j) {
                if (all.confusion[i][j] > 0) given[taxonomy[j].id] = all.confusion[i][j];
            }
            if (!given.empty()) confusion[taxonomy[i].id] = std::move(given);
        }
        figures["categories"] = std::move(by_category);
        figures["confusion"] = std::move(confusion);
        languages[language] = std::move(figures);
    }
    json::array lines;
    for (const auto& one : of.worst(worst)) {
        lines.push_back({{"what", one.what},
                         {"id", one.line.id},
                         {"place", one.line.place},
                         {"text", one.line.text},
                         {"meant", one.line.categories.empty() ? json::value(nullptr)
                                                               : json::value(taxonomy[one.line.categories.front()].id)},
                         {"given", one.given.category ? json::value(*one.given.category) : json::value(nullptr)},
                         {"disposition", to_string(one.given.action)}});
    }
    return json::serialize(json::object{{"languages", std::move(languages)}, {"worst", std::move(lines)}});
}

}  // namespace hearth::moderation
