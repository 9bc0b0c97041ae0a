#include "texts/crisis.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "protocol/json_text.hpp"

namespace hearth::texts {
namespace {

using protocol::append_string;

constexpr std::string_view international = "INTL";
constexpr std::size_t most_lines = 8;

bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Lines of `country` for one need, those in the reader's language first.
std::vector<const resource*> lines_for(const country_lines& country, std::string_view need, std::string_view locale) {
    std::vector<const resource*> out;
    for (const auto& line : country.lines)
        if (has(line.needs, need)) out.push_back(&line);
    std::stable_partition(out.begin(), out.end(), [&](const auto* line) { return has(line->languages, locale); });
    return out;
}

void add(std::vector<const resource*>& to, const std::vector<const resource*>& lines, std::size_t most) {
    for (const auto* line : lines) {
        if (most == 0) return;
        if (std::find(to.begin(), to.end(), line) != to.end()) continue;
        to.push_back(line);
        --most;
    }
}

void append_list(std::string& out, std::string_view key, const std::vector<std::string>& words) {
    out += fmt::format(R"(,"{}":[)", key);
    for (const auto& word : words) {
        if (&word != words.data()) out += ',';
        append_string(out, word);
    }
    out += ']';
}

void append_member(std::string& out, std::string_view key, std::string_view value) {
    if (value.empty()) return;
    out += fmt::format(R"(,"{}":)", key);
    append_string(out, value);
}

}  // namespace

std::string_view in_locale(const local_text& text, std::string_view locale) {
    for (const auto key : {locale, std::string_view("en"), std::string_view()})
        if (const auto found = text.find(key); found != text.end()) return found->second;
    return {};
}

const country_lines* crisis_directory::find(std::string_view code) const {
    const auto found = countries_.find(code);
    return found == countries_.end() ? nullptr : &found->second;
}

std::vector<const resource*> crisis_directory::resources_for(std::string_view category, std::string_view locale,
                                                             std::string_view country) const {
    std::vector<std::string> needs{"crisis"};
    if (const auto found = needs_.find(category); found != needs_.end()) needs = found->second;
    std::vector<const country_lines*> near;
    if (const auto* known = find(country)) {
        near = {known};
    } else if (const auto likely = likely_.find(locale); likely != likely_.end()) {
        for (const auto& code : likely->second) near.push_back(find(code));
    }

    std::vector<const resource*> out;
    if (needs.front() == "emergency") {  // whoever answers within minutes comes before everyone else
        needs.erase(needs.begin());
        for (const auto* c : near) add(out, lines_for(*c, "emergency", locale), 1);
    }
    // The first country gets its best lines for every need; the others one each, for the need that comes first.
    for (const auto* c : near) {
        for (const auto& need : needs) {
            const auto lines = lines_for(*c, need, locale);
            add(out, lines, c == near.front() ? (need == needs.front() ? 2 : 1) : 1);
            if (c != near.front() && !lines.empty()) break;
        }
        if (c == near.front())
            for (const auto& need : needs) add(out, lines_for(*find(international), need, locale), 1);
    }
    if (near.empty()) add(out, lines_for(*find(international), "crisis", locale), 2);
    if (out.size() > most_lines) out.resize(most_lines);
    return out;
}

std::vector<const country_lines*> crisis_directory::countries(std::string_view locale) const {
    std::vector<const country_lines*> out;
    const auto add_once = [&](const country_lines* c) {
        if (std::find(out.begin(), out.end(), c) == out.end()) out.push_back(c);
    };
    if (const auto likely = likely_.find(locale); likely != likely_.end())
        for (const auto& code : likely->second) add_once(find(code));
    add_once(find(international));
    std::vector<const country_lines*> others;
    for (const auto& [code, c] : countries_) others.push_back(&c);
    std::sort(others.begin(), others.end(),
              [&](const auto* a, const auto* b) { return in_locale(a->name, locale) < in_locale(b->name, locale); });
    for (const auto* c : others) add_once(c);
    return out;
}

std::vector<crisis_warning> crisis_directory::warnings(time_point now) const {
    std::vector<crisis_warning> out;
    for (const auto& [code, country] : countries_) {
        for (const auto& line : country.lines) {
            if (!line.verified_on)
                out.push_back({code, line.name, crisis_warning::why::never_verified});
            else if (now - *line.verified_on > trusted_for)
                out.push_back({code, line.name, crisis_warning::why::stale});
        }
    }
    return out;
}

void append_resource(std::string& out, const resource& line, std::string_view locale) {
    out += R"({"name":)";
    append_string(out, line.name);
    append_member(out, "country", line.country);
    append_list(out, "languages", line.languages);
    out += R"(,"channels":[)";
    for (const auto& c : line.channels) {
        if (&c != line.channels.data()) out += ',';
        out += R"({"kind":)";
        append_string(out, c.kind);
        append_member(out, "value", c.value);
        out += '}';
    }
    out += ']';
    append_member(out, "hours", in_locale(line.hours, locale));
    append_member(out, "note", in_locale(line.note, locale));
    if (line.verified_on) append_member(out, "verified_on", to_rfc3339(*line.verified_on).substr(0, 10));
    out += '}';
}

void append_directory(std::string& out, const crisis_directory& directory, std::string_view locale) {
    out += '[';
    bool first = true;
    for (const auto* country : directory.countries(locale)) {
        if (!first) out += ',';
        first = false;
        out += R"({"code":)";
        append_string(out, country->code);
        append_member(out, "name", in_locale(country->name, locale));
        out += R"(,"resources":[)";
        for (const auto& line : country->lines) {
            if (&line != country->lines.data()) out += ',';
            append_resource(out, line, locale);
        }
        out += "]}";
    }
    out += ']';
}

}  // namespace hearth::texts
