#include "texts/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "texts/toml_file.hpp"

namespace hearth::texts {
namespace {

constexpr std::array<std::string_view, 51> keys{
    "errors.agreement_required",
    "errors.bad_request",
    "errors.bad_request_field",
    "errors.banned",
    "errors.conflict",
    "errors.forbidden",
    "errors.muted",
    "errors.not_a_member",
    "errors.not_found",
    "errors.rate_limited",
    "errors.rate_limited_plain",
    "errors.too_long",
    "errors.too_long_plain",
    "errors.try_later",
    "errors.unauthenticated",
    "errors.unauthenticated_link",
    "errors.unauthenticated_password",
    "errors.unknown_command",
    "errors.unknown_room",
    "outcomes.banned",
    "outcomes.banned_until",
    "outcomes.kept",
    "outcomes.muted",
    "outcomes.muted_until",
    "outcomes.released",
    "outcomes.removed",
    "outcomes.resources",
    "outcomes.warned",
    "rules.peer_support",
    "rules.therapy_group",
    "situations.blocked",
    "situations.care",
    "situations.care_too",
    "situations.flagged",
    "situations.held",
    "situations.nudge",
    "titles.agreement_required",
    "titles.bad_request",
    "titles.banned",
    "titles.conflict",
    "titles.forbidden",
    "titles.muted",
    "titles.not_a_member",
    "titles.not_found",
    "titles.rate_limited",
    "titles.too_long",
    "titles.try_later",
    "titles.unauthenticated",
    "titles.unknown_command",
    "titles.unknown_room",
    "why.unknown",
};

constexpr std::array<std::string_view, 5> situations{"care", "flagged", "held", "blocked", "nudge"};
constexpr std::array<std::string_view, 7> rulings{"released", "kept",   "removed",  "warned",
                                                  "muted",    "banned", "resources"};

std::string key_of(std::string_view section, std::string_view key) { return fmt::format("{}.{}", section, key); }

/// "{field} of {limit}" → {"{field}", "{limit}"}
std::set<std::string> placeholders(std::string_view text) {
    std::set<std::string> found;
    for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
        const auto close = text.find('}', open);
        found.emplace(text.substr(open, close == text.npos ? close : close - open + 1));
    }
    return found;
}

std::string filled(std::string_view text, std::string_view placeholder, std::string_view value) {
    std::string out(text);
    if (const auto at = out.find(placeholder); at != out.npos) out.replace(at, placeholder.size(), value);
    return out;
}

/// "2026-01-31 09:05 UTC": the same in every language; pages show the reader's own time beside it.
std::string moment(time_point at) {
    auto text = to_rfc3339(at).substr(0, 16);
    text[10] = ' ';
    return text + " UTC";
}

void flatten(const node& file, std::map<std::string, std::string, std::less<>>& into,
             std::vector<std::string>& problems) {
    for (const auto& [section, table] : file.members) {
        if (section == "language") continue;
        if (table.is != node::kind::table)
            problems.push_back(fmt::format("{}: {} is no section", table.where, section));
        for (const auto& [key, text] : table.members) {
            if (text.is != node::kind::value || text.value.empty())
                problems.push_back(fmt::format("{}: {} is empty or no text", text.where, key));
            into.emplace(key_of(section, key), text.value);
        }
    }
}

void compare(std::string_view locale, const std::map<std::string, std::string, std::less<>>& mine,
             const std::map<std::string, std::string, std::less<>>& reference, std::vector<std::string>& problems) {
    const auto fixed = fixed_keys();
    const auto is_known = [&](const std::string& key) {
        return std::find(fixed.begin(), fixed.end(), key) != fixed.end() || key.starts_with("why.");
    };
    for (const auto& key : fixed)
        if (!mine.contains(key)) problems.push_back(fmt::format("{}.toml: {} is missing", locale, key));
    for (const auto& [key, text] : mine) {
        const auto other = reference.find(key);
        if (!is_known(key))
            problems.push_back(fmt::format("{}.toml: nothing uses {}", locale, key));
        else if (other == reference.end())
            problems.push_back(fmt::format("{}.toml: {} is not in {}.toml", locale, key, locales[0]));
        else if (placeholders(other->second) != placeholders(text))
            problems.push_back(
                fmt::format("{}.toml: {} has other placeholders than in {}.toml", locale, key, locales[0]));
    }
    for (const auto& [key, text] : reference)
        if (key.starts_with("why.") && !mine.contains(key))
            problems.push_back(fmt::format("{}.toml: {} is missing", locale, key));
}

}  // namespace

std::span<const std::string_view> fixed_keys() noexcept { return keys; }

catalogue catalogue::load(const std::filesystem::path& folder) {
    catalogue out;
    std::vector<std::string> problems;
    for (const auto locale : locales) {
        try {
            const auto file = load_toml(folder / fmt::format("{}.toml", locale));
            if (file.text("language") != locale)
                problems.push_back(fmt::format("{}.toml: language is not \"{}\"", locale, locale));
            flatten(file, out.by_locale_[std::string(locale)], problems);
        } catch (const data_error& e) { problems.insert(problems.end(), e.problems.begin(), e.problems.end()); }
    }
    if (problems.empty())
        for (const auto& [locale, texts] : out.by_locale_)
            compare(locale, texts, out.by_locale_.find(locales[0])->second, problems);
    if (!problems.empty()) throw data_error(std::move(problems));
    return out;
}

std::string_view catalogue::get(std::string_view locale, std::string_view section, std::string_view key) const {
    auto language = by_locale_.find(locale);
    if (language == by_locale_.end()) language = by_locale_.find(locales[0]);
    return language->second.at(key_of(section, key));  // load() proved that every key is there
}

std::string_view catalogue::why(std::string_view locale, std::string_view category) const {
    const bool known = by_locale_.find(locales[0])->second.contains(key_of("why", category));
    return get(locale, "why", known ? category : "unknown");
}

std::string catalogue::sentence(std::string_view locale, const failure& what) const {
    const auto code = to_string(what.code);
    switch (what.code) {
        case errc::bad_request:
            if (what.field.empty()) break;
            return filled(get(locale, "errors", "bad_request_field"), "{field}", what.field);
        case errc::too_long:
            if (what.limit == 0) return std::string(get(locale, "errors", "too_long_plain"));
            return filled(get(locale, "errors", code), "{limit}", std::to_string(what.limit));
        case errc::rate_limited: {
            if (!what.retry_after) return std::string(get(locale, "errors", "rate_limited_plain"));
            const auto seconds =
                std::max<std::int64_t>(2, std::chrono::ceil<std::chrono::seconds>(*what.retry_after).count());
            return filled(get(locale, "errors", code), "{seconds}", std::to_string(seconds));
        }
        case errc::unauthenticated:
            if (what.field != "link" && what.field != "password") break;
            return std::string(get(locale, "errors", fmt::format("{}_{}", code, what.field)));
        default: break;
    }
    return std::string(get(locale, "errors", code));
}

std::string_view catalogue::title(std::string_view locale, errc code) const {
    return get(locale, "titles", to_string(code));
}

std::string catalogue::explain(std::string_view locale, situation where, std::string_view category,
                               bool care_too) const {
    auto text = fmt::format("{} {}", why(locale, category),
                            get(locale, "situations", situations.at(static_cast<std::size_t>(where))));
    if (care_too && where != situation::care) text += fmt::format(" {}", get(locale, "situations", "care_too"));
    return text;
}

std::string catalogue::decided(std::string_view locale, ruling what, std::string_view category,
                               std::optional<time_point> until) const {
    auto key = std::string(rulings.at(static_cast<std::size_t>(what)));
    if (what != ruling::muted && what != ruling::banned) until.reset();
    if (until) key += "_until";
    std::string text(get(locale, "outcomes", key));
    if (until) text = filled(text, "{until}", moment(*until));
    const bool with_reason = what == ruling::kept || what == ruling::removed;
    if (with_reason && !category.empty()) text += fmt::format(" {}", why(locale, category));
    return text;
}

std::string_view catalogue::default_rules(std::string_view locale, room_kind kind) const {
    return get(locale, "rules", to_string(kind));
}

std::vector<std::string_view> catalogue::categories() const {
    std::vector<std::string_view> out;
    for (const auto& [key, text] : by_locale_.find(locales[0])->second)
        if (key.starts_with("why.") && key != "why.unknown") out.push_back(std::string_view(key).substr(4));
    return out;
}

}  // namespace hearth::texts
