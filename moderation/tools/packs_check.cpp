// Checks the packs: that they load, that every example is surfaced by its rule, that no twin is.
#include <fmt/core.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/pipeline.hpp"

namespace {

namespace hm = hearth::moderation;

struct settings {
    std::filesystem::path packs = "moderation/packs";
    std::filesystem::path claims = "moderation/claims";
    std::string language;
    std::string text;
    std::string topic = "general";
    bool trying = false;
    bool quiet = false;
};

std::string brief(const hm::verdict& verdict) {
    return fmt::format("{} {} severity {} score {:.2f}{}{}", hm::to_string(verdict.action),
                       verdict.category.value_or("nothing"), verdict.severity, verdict.score,
                       verdict.notice ? " notice" : "", verdict.page ? " page" : "");
}

void try_text(hm::pipeline& stages, const settings& chosen) {
    hm::context where;
    where.room_topic = chosen.topic;
    const auto verdict = stages.run(chosen.text, where);
    fmt::print("{}\n", brief(verdict));
    if (!stages.repaired_text().empty()) fmt::print("  read as:{}\n", stages.repaired_text());
    std::set<std::string_view> shown;
    for (const auto& one : verdict.signals) {
        fmt::print("  {}  {}  '{}'\n", one.rule, one.voice, chosen.text.substr(one.begin, one.end - one.begin));
        shown.insert(one.rule);
    }
    for (const auto& one : stages.findings()) {
        if (shown.contains(one.rule)) continue;
        fmt::print("  nothing left of {}  {}  '{}'{}\n", one.rule, to_string(one.voice),
                   chosen.text.substr(one.begin, one.end - one.begin), one.voice.idiom ? " (idiom)" : "");
    }
}

// Runs one pack set's examples and twins; one line per problem.
class checker {
public:
    checker(const hm::pack_set& packs, hm::pipeline& stages) : stages_(stages) {
        for (const auto& rule : packs.rules) {
            for (const auto& one : rule.examples) examples_of_.emplace(one.text, rule.id);
        }
    }

    void check(const hm::rule_definition& rule) {
        ++rules;
        for (const auto& one : rule.examples) example(rule, one);
        for (const auto& one : rule.twins) twin(rule, one);
    }

    int rules = 0, examples = 0, twins = 0, problems = 0;

private:
    hm::verdict judge(const hm::rule_definition& rule, const std::string& text) {
        hm::context where;
        if (!rule.context_topic.empty()) where.room_topic = rule.context_topic;
        if (hm::taxonomy[rule.category].id == "eating.numbers") where.room_topic = "eating";
        where.languages = {rule.language};
        return stages_.run(text, where);
    }

    void problem(const hm::rule_definition& rule, const hm::located_text& at, std::string_view reason,
                 const hm::verdict& verdict) {
        ++problems;
        std::string signals;
        for (const auto& one : verdict.signals) signals += fmt::format(" {}[{}]", one.rule, one.voice);
        fmt::print("{}:{}: {}: {}: \"{}\" -> {};{}\n", rule.file, at.line, rule.id, reason, at.text, brief(verdict),
                   signals);
    }

    void example(const hm::rule_definition& rule, const hm::located_text& one) {
        ++examples;
        const auto verdict = judge(rule, one.text);
        const auto* mine = find(verdict, rule.id);
        if (mine == nullptr) {
            std::string why = "example is not matched";
            for (const auto& found : stages_.findings()) {
                if (found.rule == rule.id)
                    why = fmt::format("example is matched, but its voice leaves nothing ({}{})", to_string(found.voice),
                                      found.voice.idiom ? ", idiom" : "");
            }
            problem(rule, one, why, verdict);
        } else if (verdict.action == hm::disposition::publish && !verdict.notice) {
            problem(rule, one, "example is not surfaced", verdict);
        } else if (hm::taxonomy[rule.category].lane == hm::lane::care &&
                   verdict.action != hm::disposition::publish_and_flag) {
            problem(rule, one, "example of a care category is not published and flagged", verdict);
        }
        if (hm::taxonomy[rule.category].lane == hm::lane::care) sheltered(rule, one);
    }

    // A disclosure is heard in every room.
    void sheltered(const hm::rule_definition& rule, const hm::located_text& one) {
        for (const std::string_view topic : {"addiction", "eating", "mood", "trauma", "illness"}) {
            hm::context where;
            where.room_topic = topic;
            const auto verdict = stages_.run(one.text, where);
            if (verdict.action >= hm::disposition::hold)
                problem(rule, one, fmt::format("disclosure is withheld in a room on {}", topic), verdict);
        }
    }

    void twin(const hm::rule_definition& rule, const hm::located_text& one) {
        ++twins;
        const auto verdict = judge(rule, one.text);
        if (const auto* mine = find(verdict, rule.id)) {
            bool lowered = false;
            for (const auto& found : stages_.findings())
                lowered = lowered || (found.rule == rule.id && hm::weigh(found, false).lowered);
            if (!lowered) {
                problem(rule, one,
                        fmt::format("twin is matched at '{}'", one.text.substr(mine->begin, mine->end - mine->begin)),
                        verdict);
                return;
            }
        }
        // Harmful in another way only if some other rule has it as its example.
        if (verdict.action >= hm::disposition::hold && !examples_of_.contains(one.text)) {
            problem(rule, one, fmt::format("twin is withheld ({})", hm::to_string(verdict.action)), verdict);
        }
    }

    static const hm::signal* find(const hm::verdict& verdict, std::string_view rule) {
        for (const auto& one : verdict.signals) {
            if (one.rule == rule) return &one;
        }
        return nullptr;
    }

    hm::pipeline& stages_;
    std::multimap<std::string, std::string> examples_of_;
};

int run(const settings& chosen) {
    auto packs = hm::read_packs(chosen.packs, chosen.claims);
    const auto rules = std::make_shared<hm::ruleset>(packs);
    int problems = 0;
    for (const auto& one : packs.problems) {
        if (!chosen.language.empty() && !one.starts_with(chosen.language + "/") && !one.starts_with("claims/"))
            continue;
        ++problems;
        if (!chosen.trying) fmt::print("{}\n", one);
    }
    hm::pipeline stages(rules);
    if (chosen.trying) {
        try_text(stages, chosen);
        return 0;
    }
    checker all(packs, stages);
    for (const auto& rule : packs.rules) {
        if (chosen.language.empty() || rule.language == chosen.language) all.check(rule);
    }
    problems += all.problems;
    fmt::print(
        "{} rules, {} claims, {} patterns, {} literals, {} words in all packs; checked {} rules, {} examples, {} "
        "twins: {} "
        "problems\n",
        rules->rules.size(), rules->claims.size(), rules->patterns.size(), rules->patterns_of.size(),
        rules->words.size(), all.rules, all.examples, all.twins, problems);
    return problems == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** values) {
    settings chosen;
    const std::vector<std::string> arguments(values + 1, values + count);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& name = arguments[i];
        const bool more = i + 1 < arguments.size();
        if (name == "--packs" && more)
            chosen.packs = arguments[++i];
        else if (name == "--claims" && more)
            chosen.claims = arguments[++i];
        else if (name == "--language" && more)
            chosen.language = arguments[++i];
        else if (name == "--topic" && more)
            chosen.topic = arguments[++i];
        else if (name == "--try" && more)
            chosen.text = arguments[++i], chosen.trying = true;
        else {
            fmt::print(
                stderr,
                "hearth-packs-check [--packs FOLDER] [--claims FOLDER] [--language L] [--try TEXT [--topic T]]\n");
            return 2;
        }
    }
    return run(chosen);
}
