#include "remote/answer.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>

#include "protocol/json_text.hpp"
#include "review/taxonomy.hpp"

namespace hearth::remote {
namespace {

namespace json = boost::json;

// The nearest of our categories. What has none ("violence/graphic" tells of others' deeds) is left to the rules.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> nearest{{
    {"self-harm", "selfharm.disclosure"},
    {"self-harm/intent", "suicide.active"},
    {"self-harm/instructions", "selfharm.method"},
    {"harassment", "harassment"},
    {"harassment/threatening", "harassment"},
    {"hate", "harassment"},
    {"hate/threatening", "harassment"},
    {"violence", "harassment"},
    {"sexual", "sexual.grooming"},
    {"sexual/minors", "sexual.grooming"},
    {"illicit", "drugs.sourcing"},
}};

std::string_view ours(std::string_view theirs) {
    if (review::find_category(theirs)) return theirs;
    const auto* found =
        std::find_if(nearest.begin(), nearest.end(), [&](const auto& one) { return one.first == theirs; });
    return found == nearest.end() ? std::string_view() : found->second;
}

}  // namespace

outcome<std::vector<remote_finding>> read_answer(std::string_view text, double threshold) {
    json::error_code fault;
    const auto root = json::parse(json::string_view(text.data(), text.size()), fault);
    if (fault || !root.is_object()) return failure{errc::bad_request, "answer", "is no JSON object"};
    const auto* results = root.get_object().if_contains("results");
    if (results == nullptr || !results->is_array() || results->get_array().empty() ||
        !results->get_array().front().is_object())
        return failure{errc::bad_request, "results", "is missing"};
    const auto* scores = results->get_array().front().get_object().if_contains("category_scores");
    if (scores == nullptr || !scores->is_object()) return failure{errc::bad_request, "category_scores", "is missing"};
    std::vector<remote_finding> found;
    for (const auto& [name, value] : scores->get_object()) {
        if (!value.is_number())
            return failure{errc::bad_request, "category_scores", "holds something that is no number"};
        const auto score = value.to_number<double>();
        const auto category = ours(std::string_view(name.data(), name.size()));
        if (category.empty() || !(score >= threshold && score <= 1)) continue;
        const auto known =
            std::find_if(found.begin(), found.end(), [&](const auto& f) { return f.category == category; });
        if (known == found.end())
            found.push_back({std::string(category), std::string(name), score});
        else if (score > known->score)
            known->said = std::string(name), known->score = score;
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
    return found;
}

std::string write_question(std::string_view model, std::string_view text) {
    std::string out = R"({"model":)";
    protocol::append_string(out, std::string(model));
    out += R"(,"input":)";
    protocol::append_string(out, std::string(text));
    out += '}';
    return out;
}

}  // namespace hearth::remote
