// Reads and checks the crisis directory. A wrong number is worse than none, so anything odd stops the server at start.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "texts/catalogue.hpp"
#include "texts/crisis.hpp"
#include "texts/toml_file.hpp"

namespace hearth::texts {
namespace {

constexpr std::array<std::string_view, 4> channel_kinds{"call", "text", "chat", "web"};
constexpr std::array<std::string_view, 8> known_needs{"crisis", "emergency", "drugs",  "eating",
                                                      "youth",  "violence",  "poison", "police"};
constexpr std::string_view index_file = "directory.toml";

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string digits(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) out += c;
    return out;
}

struct reader {
    std::vector<std::string> problems;
    std::set<std::string> closed;  // digits only

    void complain(const node& at, std::string_view what) { problems.push_back(fmt::format("{}: {}", at.where, what)); }

    std::vector<std::string> words(const node& in, std::string_view name) {
        std::vector<std::string> out;
        const auto* list = in.find(name);
        if (!list || list->items.empty()) complain(in, fmt::format("{} is missing or empty", name));
        if (list)
            for (const auto& item : list->items) out.push_back(item.value);
        return out;
    }

    local_text texts(const node& in, std::string_view name) {
        local_text out;
        const auto* found = in.find(name);
        if (!found) return out;
        for (const auto& [locale, text] : found->members) out.emplace(locale, text.value);
        for (const auto locale : locales)
            if (out[std::string(locale)].empty()) complain(*found, fmt::format("{} is missing in {}", name, locale));
        return out;
    }

    std::optional<std::chrono::sys_days> date(const node& in, std::string_view name) {
        const auto text = in.text(name);
        if (text.empty()) return std::nullopt;
        int y = 0;
        unsigned m = 0, d = 0;
        const bool read =
            std::sscanf(text.c_str(), "%4d-%2u-%2u", &y, &m, &d) == 3;  // NOLINT: three numbers, checked below
        const std::chrono::year_month_day day{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
        if (!read || !day.ok()) complain(in, fmt::format("{} is no date", name));
        return day.ok() ? std::optional{std::chrono::sys_days{day}} : std::nullopt;
    }

    channel one_channel(const node& from) {
        channel out{from.text("kind"), from.text("value")};
        if (!is_one_of(channel_kinds, out.kind)) complain(from, "a channel's kind is call, text, chat or web");
        if (out.value.empty()) complain(from, "a channel needs a value");
        const bool dialled = out.kind == "call" || out.kind == "text";
        if (dialled && digits(out.value).size() < 2) complain(from, "a number has two digits at least");
        if (out.kind == "web" && !out.value.starts_with("https://"))
            complain(from, "a web address starts with https://");
        if (dialled && closed.contains(digits(out.value))) complain(from, "this number is closed");
        return out;
    }

    resource one_line(const node& from, const std::string& country) {
        resource out;
        out.name = from.text("name");
        out.country = country;
        if (out.name.empty()) complain(from, "a line needs a name");
        out.languages = words(from, "languages");
        out.needs = words(from, "needs");
        for (const auto& need : out.needs)
            if (!is_one_of(known_needs, need)) complain(from, fmt::format("unknown need \"{}\"", need));
        const auto seen = from.text("seen_in");
        if (seen != "source" && seen != "general knowledge")
            complain(from, "seen_in is \"source\" or \"general knowledge\"");
        out.seen_in_source = seen == "source";
        out.source = from.text("source");
        out.verified_on = date(from, "verified_on");
        if (out.verified_on && !out.seen_in_source) complain(from, "what was verified was seen in a source");
        out.hours = texts(from, "hours");
        out.note = texts(from, "note");
        const auto* channels = from.find("channels");
        if (!channels || channels->items.empty()) complain(from, "a line needs a channel");
        if (channels)
            for (const auto& item : channels->items) out.channels.push_back(one_channel(item));
        return out;
    }

    country_lines one_country(const node& from) {
        country_lines out;
        out.code = from.text("country");
        if (out.code.empty()) complain(from, "country is missing");
        out.name = texts(from, "name");
        if (out.name.empty()) complain(from, "name is missing");
        std::set<std::string> names;
        if (const auto* lines = from.find("line"))
            for (const auto& line : lines->items) {
                out.lines.push_back(one_line(line, out.code));
                if (!names.insert(out.lines.back().name).second) complain(line, "two lines of one name");
            }
        if (out.lines.empty()) complain(from, "no lines");
        return out;
    }

    std::map<std::string, std::vector<std::string>, std::less<>> lists(const node& in, std::string_view name) {
        std::map<std::string, std::vector<std::string>, std::less<>> out;
        if (const auto* table = in.find(name))
            for (const auto& [key, list] : table->members) out.emplace(key, words(*table, key));
        if (out.empty()) complain(in, fmt::format("[{}] is missing", name));
        return out;
    }
};

}  // namespace

crisis_directory crisis_directory::load(const std::filesystem::path& folder, const std::filesystem::path& own) {
    crisis_directory out;
    reader in;
    const auto index = load_toml(folder / index_file);
    out.likely_ = in.lists(index, "likely");
    out.needs_ = in.lists(index, "needs");
    if (const auto* closed = index.find("closed"))
        for (const auto& entry : closed->items) in.closed.insert(digits(entry.text("value")));

    auto files = toml_files(folder);
    if (!own.empty() && std::filesystem::exists(own)) {
        const auto theirs = toml_files(own);
        files.insert(files.end(), theirs.begin(), theirs.end());  // later ones replace
    }
    for (const auto& file : files) {
        if (file.filename() == index_file) continue;
        auto country = in.one_country(load_toml(file));
        const auto code = country.code;
        out.countries_.insert_or_assign(code, std::move(country));
    }

    if (!out.find("INTL")) in.complain(index, "there are no international lines");
    for (const auto& [locale, codes] : out.likely_)
        for (const auto& code : codes)
            if (!out.find(code)) in.complain(index, fmt::format("no lines for {}", code));
    for (const auto& [category, needs] : out.needs_)
        for (const auto& need : needs)
            if (!is_one_of(known_needs, need))
                in.complain(index, fmt::format("{}: unknown need \"{}\"", category, need));
    if (!in.problems.empty()) throw data_error(std::move(in.problems));
    return out;
}

}  // namespace hearth::texts
