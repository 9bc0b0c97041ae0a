#include "moderation/rules/ruleset.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

#include "moderation/rules/cache.hpp"
#include "moderation/signals/anchors.hpp"
#include "moderation/signals/pattern.hpp"

namespace hearth::moderation {
namespace {

list_lookup lookup(const pack_set& packs, std::size_t lists) {
    return [&packs, lists](std::string_view name) -> const std::vector<std::string>* {
        const auto& all = packs.lists[lists].lists;
        const auto found = all.find(name);
        return found == all.end() ? nullptr : &found->second;
    };
}

// One word alone, in one of the pattern's spellings.
void single_words(const pattern_node& node, std::vector<std::string>& out) {
    if (node.kind == pattern_node::type::word) out.push_back(node.text);
    if (node.kind == pattern_node::type::choice) {
        for (const auto& child : node.children) single_words(child, out);
    }
}

void each_word(const pattern_node& node, const std::function<void(const std::string&)>& visit) {
    if (node.kind == pattern_node::type::word) visit(node.text);
    for (const auto& child : node.children) each_word(child, visit);
}

void each_prefix(const pattern_node& node, const std::function<void(const std::string&)>& visit) {
    if (node.kind == pattern_node::type::prefix) visit(node.text);
    for (const auto& child : node.children) each_prefix(child, visit);
}

// Takes the definitions one by one, with one place that turns a fault into "file:line: reason".
class compiler {
public:
    compiler(pack_set& packs, ruleset& out) : packs_(packs), out_(out) {}

    void run() {
        for (const auto& one : packs_.rules) ordinary_lines(one);
        for (const auto& one : packs_.cues) cue_pattern(one);
        for (const auto& one : packs_.rules) rule(one);
        out_.cues.seal(out_.words);
        for (const auto& one : packs_.ideas) {
            for (const auto& word : one.words) out_.ideas.add(one.name, word, out_.language(one.language));
        }
        out_.ideas.seal();
        for (word_id word = 0; word < out_.words.size(); ++word) out_.repairs.add(out_.words[word], 0);
        out_.repairs.seal();
        out_.needs.seal();
        out_.patterns_of = flat_lists<anchored_pattern>(patterns_of_);
        std::vector<std::string> literals(patterns_of_.size());
        for (const auto& [text, number] : literal_number_) literals[number] = text;
        out_.literals = std::make_unique<literal_set>(literals);
    }

private:
    void complain(const std::string& file, std::uint32_t line, std::string_view reason) {
        packs_.problems.push_back(fmt::format("{}:{}: {}", file, line, reason));
    }

    void cue_pattern(const cue_definition& one) {
        try {
            const auto root = parse_pattern(one.pattern.text, lookup(packs_, one.lists));
            if (one.kind == cue::function_word) {
                each_word(root, [&](const std::string& word) { common_[word] = true; });
            }
            out_.cues.add(one.kind, out_.language(one.language), root, out_.words);
        } catch (const pattern_fault& fault) {
            complain(one.file, one.pattern.line, fmt::format("'{}': {}", one.pattern.text, fault.reason));
        }
    }

    // Twins are lines as people write them who mean no harm.
    void ordinary_lines(const rule_definition& one) {
        const auto language = std::find(out_.languages.begin(), out_.languages.end(), one.language);
        for (const auto& line : one.twins)
            frequency_.add(line.text, static_cast<std::size_t>(language - out_.languages.begin()));
    }

    void rule(const rule_definition& one) {
        const auto number = static_cast<std::uint32_t>(out_.rules.size());
        compiled_rule made;
        made.id = one.id;
        made.category = one.category;
        made.voice = one.voice;
        made.weak = one.weak;
        made.context_topic = one.context_topic;
        made.language = out_.language(one.language);
        for (const auto& pattern : one.patterns) rule_pattern(one, pattern, number);
        guards(one, one.unless, made.unless);
        guards(one, one.requires_any, made.requires_any);
        out_.rules.push_back(std::move(made));
    }

    void rule_pattern(const rule_definition& rule, const located_text& pattern, std::uint32_t number) {
        try {
            const auto root = parse_pattern(pattern.text, lookup(packs_, rule.lists));
            if (widest_stretch(root, max_stretch) > max_stretch) {
                throw pattern_fault{fmt::format(
                    "a stretch between gaps has more than {} spellings; split it or use a gap", max_stretch)};
            }
            std::vector<std::string> singles;
            single_words(root, singles);
            for (const auto& word : singles) {
                if (word.size() <= 1 || common_.contains(word)) {
                    throw pattern_fault{fmt::format("'{}' alone is a common word", word)};
                }
            }
            const auto anchors = anchors_of(root, frequency_);
            if (anchors.empty())
                throw pattern_fault{"it may match without any word of its own (only numbers, gaps, options)"};
            const auto index = static_cast<std::uint32_t>(out_.patterns.size());
            out_.patterns.emplace_back(root, out_.words);
            const auto needed = needs(root, anchors);
            for (const auto& one : anchors) {
                const auto [at, fresh] =
                    literal_number_.try_emplace(one.literal, static_cast<std::uint32_t>(patterns_of_.size()));
                if (fresh) patterns_of_.emplace_back();
                patterns_of_[at->second].push_back({index, number, needed, static_cast<std::uint8_t>(one.nearest),
                                                    static_cast<std::uint8_t>(one.farthest)});
            }
            each_word(root, [&](const std::string& word) {
                if (!common_.contains(word))
                    out_.repairs.add(word, taxonomy[rule.category].severity, out_.language(rule.language));
            });
            each_prefix(root, [&](const std::string& prefix) {
                out_.repairs.add_prefix(prefix, taxonomy[rule.category].severity);
            });
        } catch (const pattern_fault& fault) {
            complain(rule.file, pattern.line, fmt::format("{}: '{}': {}", rule.id, pattern.text, fault.reason));
        }
    }

    need_numbers needs(const pattern_node& root, const std::vector<anchor>& found) {
        need_numbers result{};
        std::size_t count = 0;
        for (const auto& one : needs_of(root, found, frequency_)) result[count++] = out_.needs.add(one, out_.words);
        return result;
    }

    void guards(const rule_definition& rule, const std::vector<located_text>& texts,
                std::vector<compiled_guard>& into) {
        for (const auto& text : texts) {
            try {
                const auto root = parse_pattern(text.text, lookup(packs_, rule.lists));
                into.push_back({program(root, out_.words), needs(root, {})});
            } catch (const pattern_fault& fault) {
                complain(rule.file, text.line, fmt::format("{}: '{}': {}", rule.id, text.text, fault.reason));
            }
        }
    }

    pack_set& packs_;
    ruleset& out_;
    std::unordered_map<std::string, bool> common_;
    word_frequency frequency_;
    std::unordered_map<std::string, std::uint32_t> literal_number_;
    std::vector<std::vector<anchored_pattern>> patterns_of_;
};

}  // namespace

ruleset::ruleset(pack_set& packs) : claims(packs.claims), languages(packs.languages), version(packs.version) {
    if (languages.size() > 8) {
        packs.problems.emplace_back("packs: more than eight languages");
        languages.resize(8);
    }
    compiler(packs, *this).run();
}

language_mask ruleset::language(std::string_view name) const noexcept {
    const auto found = std::find(languages.begin(), languages.end(), name);
    return found == languages.end() ? language_mask{0} : static_cast<language_mask>(1U << (found - languages.begin()));
}

std::shared_ptr<const ruleset> load_rules(const knowledge_files& from) {
    std::shared_ptr<ruleset> rules;
    if (!from.cache.empty()) rules = read_cache(from.cache, version_of_packs(from.packs, from.claims));
    std::vector<std::string> problems;
    if (!rules) {
        auto packs = read_packs(from.packs, from.claims);
        rules = std::make_shared<ruleset>(packs);
        problems = std::move(packs.problems);
        if (problems.empty() && !from.cache.empty()) write_cache(from.cache, *rules);
    }
    try {
        if (!from.model.empty()) rules->learned = model::open(from.model);
    } catch (const std::runtime_error& fault) { problems.emplace_back(fault.what()); }
    if (!problems.empty()) throw pack_error{std::move(problems)};
    return rules;
}

std::string_view version_of(const ruleset& rules) noexcept { return rules.version; }

const claim_book& claims_of(const ruleset& rules) noexcept { return rules.claims; }

}  // namespace hearth::moderation
