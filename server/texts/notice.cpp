#include "texts/notice.hpp"

#include "protocol/json_text.hpp"

namespace hearth::texts {
namespace {

std::string encode(const notice_subject& about, std::string_view explanation, const std::vector<const resource*>& lines,
                   std::string_view locale, bool can_edit) {
    std::string out = R"({"category":)";
    protocol::append_string(out, about.category);
    out += about.care_lane ? R"(,"lane":"care","explanation":)" : R"(,"lane":"harm","explanation":)";
    protocol::append_string(out, explanation);
    out += R"(,"resources":[)";
    for (const auto& line : lines) {
        if (&line != lines.data()) out += ',';
        append_resource(out, *line, locale);
    }
    out += can_edit ? R"(],"can_edit":true})" : R"(],"can_edit":false})";
    return out;
}

}  // namespace

std::string notice_json(const catalogue& words, const crisis_directory& lines, std::string_view locale, situation where,
                        const notice_subject& about, bool can_edit) {
    std::vector<const resource*> help;
    const bool caring = about.care_lane || about.needs_care;
    if (where != situation::nudge && (caring || lines.offers_help(about.category)))
        help = lines.resources_for(about.category, locale);
    return encode(about, words.explain(locale, where, about.category, caring && !help.empty()), help, locale, can_edit);
}

std::string decision_notice_json(const catalogue& words, const crisis_directory& lines, std::string_view locale,
                                 ruling what, const notice_subject& about, std::optional<time_point> until) {
    std::vector<const resource*> help;
    const bool caring = about.care_lane || about.needs_care;
    const bool heavy = what != ruling::released && what != ruling::kept;
    if (what == ruling::resources || (heavy && caring)) help = lines.resources_for(about.category, locale);
    return encode(about, words.decided(locale, what, about.category, until), help, locale, false);
}

}  // namespace hearth::texts
