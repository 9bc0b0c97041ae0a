// `hearth packs`: the rules as their writers meet them, without a server and without data.
#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "app/assets.hpp"
#include "app/commands.hpp"
#include "app/progress.hpp"
#include "core/startup_error.hpp"
#include "moderation/evaluation/pack_check.hpp"
#include "moderation/evaluation/pack_view.hpp"

namespace hearth::app {
namespace {

namespace fs = std::filesystem;
namespace hm = moderation;

hm::pack_set read(const fs::path& given, std::string_view option = "--packs") {
    std::error_code error;
    if (given.empty()) {
        const auto found = find_assets({}, {});
        return hm::read_packs(found.packs, found.claims);
    }
    if (!fs::is_directory(given, error))
        throw startup_error(fmt::format("{}: {} is no folder", option, given.string()));
    const bool both = fs::is_directory(given / "packs", error);
    // A last slash is no name: "packs/" stands beside "claims", too.
    const auto packs = both ? given / "packs" : (fs::absolute(given) / "").lexically_normal().parent_path();
    const auto claims = packs.parent_path() / "claims";
    return hm::read_packs(packs, fs::is_directory(claims, error) ? claims : fs::path());
}

/// A view of packs in which something is wrong may lack what is wrong.
void warn(const hm::pack_set& packs, std::string_view which = "the packs") {
    if (packs.problems.empty()) return;
    fmt::print(stderr, "hearth: {} problem(s) in {}, the first: {}\n", packs.problems.size(), which,
               packs.problems.front());
}

std::string place(const hm::pack_entry& one) {
    return one.line == 0 ? one.file : fmt::format("{}:{}", one.file, one.line);
}

void print_entry(const hm::pack_entry& one) {
    fmt::print("{} ({})  {}\n", one.id, one.language, place(one));
    for (const auto& [name, values] : one.fields) {
        if (values.size() == 1) {
            fmt::print("  {}: {}\n", name, values.front());
            continue;
        }
        fmt::print("  {}:\n", name);
        for (const auto& value : values) fmt::print("    {}\n", value);
    }
}

void print_category(const hm::pack_set& packs, hm::category_index which) {
    const auto& category = hm::taxonomy[which];
    fmt::print("{}: {}, severity {}, {}{}{}\n", category.id, to_string(category.lane), category.severity,
               to_string(category.action), category.notice ? ", notice" : "", category.page ? ", page" : "");
    for (const auto& language : packs.languages) {
        std::size_t rules = 0, patterns = 0, examples = 0, twins = 0;
        for (const auto& rule : packs.rules) {
            if (rule.category != which || rule.language != language) continue;
            ++rules;
            patterns += rule.patterns.size();
            examples += rule.examples.size();
            twins += rule.twins.size();
        }
        fmt::print("  {}: {} rules, {} patterns, {} examples, {} twins\n", language, rules, patterns, examples, twins);
    }
    for (const auto& rule : packs.rules) {
        if (rule.category == which)
            fmt::print("{} ({})  {}:{}  {}{}  {} patterns, {} examples, {} twins\n", rule.id, rule.language, rule.file,
                       rule.line, to_string(rule.voice), rule.weak ? ", weak" : "", rule.patterns.size(),
                       rule.examples.size(), rule.twins.size());
    }
}

int not_found(const std::vector<hm::pack_entry>& all, const std::string& name) {
    fmt::print(stderr, "hearth: no rule, claim or category is called \"{}\"\n", name);
    std::set<std::string_view> like;
    for (const auto& one : all)
        if (one.id.find(name) != std::string::npos && like.size() < 10) like.insert(one.id);
    for (const auto id : like) fmt::print(stderr, "  there is {}\n", id);
    return 1;
}

std::string summary(std::string_view name, const hm::pack_set& packs) {
    return fmt::format("{} {}: {} rules, {} claims\n", name, packs.version, packs.rules.size(), packs.claims.size());
}

}  // namespace

int lint_packs(const pack_options& what) {
    auto packs = read(what.packs);
    const auto& languages = packs.languages;
    if (!what.language.empty() && std::find(languages.begin(), languages.end(), what.language) == languages.end())
        throw startup_error("--language: there are no packs in \"" + what.language + "\"");
    const auto rules = std::make_shared<const hm::ruleset>(packs);
    const auto checked = hm::check_packs(packs, rules, what.language, progress_line("packs", "rules"));
    const auto of_another_language = [&](const std::string& problem) {
        return !what.language.empty() && std::any_of(languages.begin(), languages.end(), [&](const auto& language) {
            return language != what.language && problem.starts_with(language + "/");
        });
    };
    std::size_t problems = checked.problems.size();
    for (const auto& one : packs.problems) {
        if (of_another_language(one)) continue;
        ++problems;
        fmt::print("{}\n", one);
    }
    for (const auto& one : checked.problems) fmt::print("{}\n", one);
    fmt::print(
        "packs {}: {} rules, {} claims, {} patterns, {} literals, {} words; checked {} rules, {} examples, {} twins: "
        "{} problems\n",
        packs.version, rules->rules.size(), rules->claims.size(), rules->patterns.size(), rules->patterns_of.size(),
        rules->words.size(), checked.rules, checked.examples, checked.twins, problems);
    return problems == 0 ? 0 : 1;
}

int show_packs(const pack_options& what) {
    const auto packs = read(what.packs);
    warn(packs);
    const auto category = hm::find_category(what.name);
    const auto all = hm::describe(packs);
    const auto named = [&](const hm::pack_entry& one) { return one.id == what.name; };
    if (!category && std::none_of(all.begin(), all.end(), named)) return not_found(all, what.name);
    fmt::print("packs {}\n", packs.version);
    if (category) print_category(packs, *category);
    for (const auto& one : all)
        if (named(one)) print_entry(one);
    return 0;
}

int diff_packs(const pack_options& what) {
    const auto ours = read(what.packs), others = read(what.other, "FOLDER");
    warn(ours);
    warn(others, "FOLDER");
    using kind = hm::pack_change::kind;
    const auto changes = hm::difference(ours, others);
    fmt::print("- {}+ {}", summary("packs", ours), summary("packs", others));
    std::map<kind, std::size_t> count;
    for (const auto& one : changes) {
        ++count[one.what];
        const char sign = one.what == kind::added ? '+' : one.what == kind::removed ? '-' : '~';
        fmt::print("{} {} ({})  {}\n", sign, one.entry.id, one.entry.language, place(one.entry));
        for (const auto& detail : one.details) fmt::print("    {}\n", detail);
    }
    fmt::print("{} added, {} removed, {} changed\n", count[kind::added], count[kind::removed], count[kind::changed]);
    return changes.empty() ? 0 : 1;
}

int try_packs(const pack_options& what) {
    auto packs = read(what.packs);
    const auto rules = std::make_shared<const hm::ruleset>(packs);
    warn(packs);
    fmt::print("{}", hm::explain_text(rules, what.text, what.topic));
    return 0;
}

}  // namespace hearth::app
