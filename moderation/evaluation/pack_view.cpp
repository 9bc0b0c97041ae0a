#include "moderation/evaluation/pack_view.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace hearth::moderation {
namespace {

using field = pack_entry::field;
using named_fields = std::map<std::string, std::vector<std::string>>;

std::vector<std::string> plain(const std::vector<located_text>& texts) {
    std::vector<std::string> out;
    for (const auto& one : texts) out.push_back(one.text);
    return out;
}

// The word lists that a pattern names, and those that they name.
void collect_lists(const word_lists& all, const std::vector<std::string>& patterns, named_fields& out) {
    for (const auto& pattern : patterns) {
        for (auto open = pattern.find('{'); open != std::string::npos; open = pattern.find('{', open + 1)) {
            const auto close = pattern.find('}', open);
            if (close == std::string::npos) break;
            const auto list = all.lists.find(std::string_view(pattern).substr(open + 1, close - open - 1));
            if (list == all.lists.end()) continue;
            const auto [at, fresh] = out.try_emplace(pattern.substr(open, close - open + 1), list->second);
            if (fresh) collect_lists(all, at->second, out);
        }
    }
}

void add(pack_entry& to, std::string name, std::vector<std::string> values) {
    std::erase(values, std::string());
    if (!values.empty()) to.fields.emplace_back(std::move(name), std::move(values));
}

void add(pack_entry& to, named_fields fields) {
    for (auto& [name, values] : fields) add(to, name, std::move(values));
}

void add_card(pack_entry& to, const claim& card, const std::string& language) {
    const auto& text = text_for(card, language);
    add(to, "claim", {text.claim});
    add(to, "correction", {text.correction});
    add(to, "what_to_do", {text.what_to_do});
    std::vector<std::string> sources;
    for (const auto& one : card.sources) sources.push_back(fmt::format("{}: {} <{}>", one.name, one.title, one.url));
    add(to, "sources", std::move(sources));
    add(to, "reviewed_by", {card.reviewed_by});
    add(to, "reviewed_on", {card.reviewed_on});
}

pack_entry described(const rule_definition& rule, const pack_set& packs) {
    pack_entry made{rule.id, rule.language, rule.file, rule.line, {}};
    add(made, "category", {std::string(taxonomy[rule.category].id)});
    if (const auto* card = packs.claims.find(rule.id)) add_card(made, *card, rule.language);
    add(made, "voice", {std::string(to_string(rule.voice))});
    if (rule.weak) add(made, "weak", {"true"});
    add(made, "context_topic", {rule.context_topic});
    named_fields lists;
    for (const auto& [name, texts] : {std::pair{"patterns", &rule.patterns}, std::pair{"unless", &rule.unless},
                                      std::pair{"requires", &rule.requires_any}}) {
        auto patterns = plain(*texts);
        collect_lists(packs.lists[rule.lists], patterns, lists);
        add(made, name, std::move(patterns));
    }
    add(made, std::move(lists));
    add(made, "examples", plain(rule.examples));
    add(made, "twins", plain(rule.twins));
    add(made, "note", {rule.note});
    add(made, "sources", rule.sources);
    return made;
}

void describe_voice(const pack_set& packs, std::vector<pack_entry>& out) {
    for (const auto& language : packs.languages) {
        pack_entry made{"voice", language, language + "/voice.toml", 0, {}};
        named_fields keys, lists;
        for (const auto& one : packs.cues) {
            if (one.language != language) continue;
            const auto& key = cue_keys[static_cast<std::size_t>(one.kind)];
            keys[key.table.empty() ? std::string(key.key) : fmt::format("{}.{}", key.table, key.key)].push_back(
                one.pattern.text);
            collect_lists(packs.lists[one.lists], {one.pattern.text}, lists);
        }
        add(made, std::move(keys));
        add(made, std::move(lists));
        if (!made.fields.empty()) out.push_back(std::move(made));
    }
}

void describe_ideas(const pack_set& packs, std::vector<pack_entry>& out) {
    for (const auto& language : packs.languages) {
        pack_entry made{"ideas", language, language + "/ideas.toml", 0, {}};
        for (const auto& one : packs.ideas) {
            if (one.language == language) add(made, one.name, one.words);
        }
        if (!made.fields.empty()) out.push_back(std::move(made));
    }
}

std::vector<std::string> missing_from(const std::vector<std::string>& these, const std::vector<std::string>& others) {
    const std::multiset<std::string> a(these.begin(), these.end()), b(others.begin(), others.end());
    std::vector<std::string> out;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

void compare(const std::string& name, const std::vector<std::string>& was, const std::vector<std::string>& is,
             std::vector<std::string>& out) {
    if (was == is) return;
    const auto gone = missing_from(was, is), fresh = missing_from(is, was);
    if (was.size() == 1 && is.size() == 1) {
        out.push_back(fmt::format("{}: {} -> {}", name, was.front(), is.front()));
        return;
    }
    if (gone.empty() && fresh.empty()) out.push_back(name + ": in another order");
    for (const auto& one : gone) out.push_back(fmt::format("{} - {}", name, one));
    for (const auto& one : fresh) out.push_back(fmt::format("{} + {}", name, one));
}

std::vector<std::string> compare(const pack_entry& was, const pack_entry& is) {
    static const std::vector<std::string> nothing;
    const auto values = [](const pack_entry& of, const std::string& name) -> const std::vector<std::string>& {
        const auto at =
            std::find_if(of.fields.begin(), of.fields.end(), [&](const field& one) { return one.first == name; });
        return at == of.fields.end() ? nothing : at->second;
    };
    std::vector<std::string> out;
    for (const auto& [name, before] : was.fields) compare(name, before, values(is, name), out);
    for (const auto& [name, after] : is.fields) {
        if (values(was, name).empty()) compare(name, nothing, after, out);
    }
    return out;
}

}  // namespace

std::vector<pack_entry> describe(const pack_set& packs) {
    std::vector<pack_entry> out;
    for (const auto& rule : packs.rules) out.push_back(described(rule, packs));
    describe_voice(packs, out);
    describe_ideas(packs, out);
    return out;
}

std::vector<pack_change> difference(const pack_set& from, const pack_set& to) {
    using key = std::pair<std::string, std::string>;
    using kind = pack_change::kind;
    std::map<key, pack_entry> before;
    for (auto& one : describe(from)) before.try_emplace(key{one.id, one.language}, std::move(one));
    std::vector<pack_change> out;
    for (auto& one : describe(to)) {
        const auto was = before.extract(key{one.id, one.language});
        if (was.empty()) {
            out.push_back({kind::added, std::move(one), {}});
        } else if (auto details = compare(was.mapped(), one); !details.empty()) {
            out.push_back({kind::changed, std::move(one), std::move(details)});
        }
    }
    for (auto& [id, one] : before) out.push_back({kind::removed, std::move(one), {}});
    return out;
}

}  // namespace hearth::moderation
