#include "moderation/evaluation/pack_check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "moderation/pipeline.hpp"

namespace hearth::moderation {
namespace {

std::string brief(const verdict& found) {
    return fmt::format("{} {} severity {} score {:.2f}{}{}", to_string(found.action),
                       found.category.value_or("nothing"), found.severity, found.score, found.notice ? " notice" : "",
                       found.page ? " page" : "");
}

const signal* find(const verdict& found, std::string_view rule) {
    const auto at = std::find_if(found.signals.begin(), found.signals.end(),
                                 [rule](const signal& one) { return one.rule == rule; });
    return at == found.signals.end() ? nullptr : &*at;
}

// Runs one pack set's examples and twins; one line per problem.
class checker {
public:
    checker(const pack_set& packs, std::shared_ptr<const ruleset> compiled) : stages_(std::move(compiled)) {
        for (const auto& rule : packs.rules) {
            for (const auto& one : rule.examples) examples_.insert(one.text);
        }
    }

    void check(const rule_definition& rule) {
        ++done.rules;
        for (const auto& one : rule.examples) example(rule, one);
        for (const auto& one : rule.twins) twin(rule, one);
    }

    pack_check done;

private:
    verdict judge(const rule_definition& rule, std::string_view text) {
        context where;
        if (!rule.context_topic.empty()) where.room_topic = rule.context_topic;
        if (taxonomy[rule.category].id == "eating.numbers") where.room_topic = "eating";
        where.languages = {rule.language};
        return stages_.run(text, where);
    }

    void problem(const rule_definition& rule, const located_text& at, std::string_view reason, const verdict& found) {
        std::string signals;
        for (const auto& one : found.signals) signals += fmt::format(" {}[{}]", one.rule, one.voice);
        done.problems.push_back(fmt::format("{}:{}: {}: {}: \"{}\" -> {};{}", rule.file, at.line, rule.id, reason,
                                            at.text, brief(found), signals));
    }

    void example(const rule_definition& rule, const located_text& one) {
        ++done.examples;
        const auto given = judge(rule, one.text);
        const auto* mine = find(given, rule.id);
        if (mine == nullptr) {
            std::string why = "example is not matched";
            for (const auto& found : stages_.findings()) {
                if (found.rule == rule.id)
                    why = fmt::format("example is matched, but its voice leaves nothing ({}{})", to_string(found.voice),
                                      found.voice.idiom ? ", idiom" : "");
            }
            problem(rule, one, why, given);
        } else if (given.action == disposition::publish && !given.notice) {
            problem(rule, one, "example is not surfaced", given);
        } else if (taxonomy[rule.category].lane == lane::care && given.action != disposition::publish_and_flag) {
            problem(rule, one, "example of a care category is not published and flagged", given);
        }
        if (taxonomy[rule.category].lane == lane::care) sheltered(rule, one);
    }

    // A disclosure is heard in every room.
    void sheltered(const rule_definition& rule, const located_text& one) {
        for (const std::string_view topic : {"addiction", "eating", "mood", "trauma", "illness"}) {
            context where;
            where.room_topic = topic;
            const auto given = stages_.run(one.text, where);
            if (given.action >= disposition::hold)
                problem(rule, one, fmt::format("disclosure is withheld in a room on {}", topic), given);
        }
    }

    void twin(const rule_definition& rule, const located_text& one) {
        ++done.twins;
        const auto given = judge(rule, one.text);
        if (const auto* mine = find(given, rule.id)) {
            bool lowered = false;
            for (const auto& found : stages_.findings())
                lowered = lowered || (found.rule == rule.id && weigh(found, false).lowered);
            if (!lowered) {
                problem(rule, one,
                        fmt::format("twin is matched at '{}'", one.text.substr(mine->begin, mine->end - mine->begin)),
                        given);
                return;
            }
        }
        // Harmful in another way only if some other rule has it as its example.
        if (given.action >= disposition::hold && !examples_.contains(one.text)) {
            problem(rule, one, fmt::format("twin is withheld ({})", to_string(given.action)), given);
        }
    }

    pipeline stages_;
    std::set<std::string_view> examples_;
};

}  // namespace

pack_check check_packs(const pack_set& packs, std::shared_ptr<const ruleset> compiled, std::string_view language,
                       const std::function<void(std::size_t, std::size_t)>& progress) {
    std::vector<const rule_definition*> chosen;
    for (const auto& rule : packs.rules) {
        if (language.empty() || rule.language == language) chosen.push_back(&rule);
    }
    checker all(packs, std::move(compiled));
    for (const auto* rule : chosen) {
        all.check(*rule);
        if (progress) progress(all.done.rules, chosen.size());
    }
    return std::move(all.done);
}

std::string explain_text(std::shared_ptr<const ruleset> rules, std::string_view text, std::string_view topic) {
    pipeline stages(std::move(rules));
    context where;
    where.room_topic = topic;
    const auto given = stages.run(text, where);
    auto out = brief(given) + "\n";
    const auto into = std::back_inserter(out);
    if (!stages.repaired_text().empty()) fmt::format_to(into, "  read as:{}\n", stages.repaired_text());
    for (const auto& one : given.signals)
        fmt::format_to(into, "  {}  {}  '{}'\n", one.rule, one.voice, text.substr(one.begin, one.end - one.begin));
    for (const auto& one : stages.findings()) {
        if (find(given, one.rule) != nullptr) continue;
        fmt::format_to(into, "  nothing left of {}  {}  '{}'{}\n", one.rule, to_string(one.voice),
                       text.substr(one.begin, one.end - one.begin), one.voice.idiom ? " (idiom)" : "");
    }
    return out;
}

}  // namespace hearth::moderation
