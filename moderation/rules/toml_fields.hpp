// How the readers of packs and claims take fields out of a TOML file: what does not fit becomes "file:line: reason".
#pragma once

#include <fmt/core.h>
#include <toml++/toml.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/rules/pack.hpp"

namespace hearth::moderation {

class toml_fields {
protected:
    explicit toml_fields(std::vector<std::string>& problems) : problems_(problems) {}

    void complain(std::uint32_t line, std::string_view reason) {
        problems_.push_back(fmt::format("{}:{}: {}", file_, line, reason));
    }
    static std::uint32_t line_of(const toml::node& node) {
        return static_cast<std::uint32_t>(node.source().begin.line);
    }

    std::optional<toml::table> parse(const std::string& content) {
        try {
            return toml::parse(content, file_);
        } catch (const toml::parse_error& error) {
            complain(static_cast<std::uint32_t>(error.source().begin.line), error.description());
            return std::nullopt;
        }
    }

    void known_keys(const toml::table& table, std::initializer_list<std::string_view> known) {
        for (const auto& [key, value] : table) {
            if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
                complain(static_cast<std::uint32_t>(key.source().begin.line),
                         fmt::format("unknown key '{}'", key.str()));
            }
        }
    }

    std::optional<located_text> text(const toml::table& table, std::string_view key) {
        const auto* node = table.get(key);
        if (node == nullptr) return std::nullopt;
        if (const auto* value = node->as_string()) return located_text{value->get(), line_of(*node)};
        complain(line_of(*node), fmt::format("'{}' is not a string", key));
        return std::nullopt;
    }

    std::vector<located_text> texts(const toml::table& table, std::string_view key) {
        std::vector<located_text> all;
        const auto* node = table.get(key);
        if (node == nullptr) return all;
        const auto* list = node->as_array();
        if (list == nullptr) {
            complain(line_of(*node), fmt::format("'{}' is not a list of strings", key));
            return all;
        }
        for (const auto& one : *list) {
            if (const auto* value = one.as_string())
                all.push_back({value->get(), line_of(one)});
            else
                complain(line_of(one), fmt::format("'{}' holds something that is not a string", key));
        }
        return all;
    }

    bool flag(const toml::table& table, std::string_view key) {
        const auto* node = table.get(key);
        if (node == nullptr) return false;
        if (const auto* value = node->as_boolean()) return value->get();
        complain(line_of(*node), fmt::format("'{}' is not true or false", key));
        return false;
    }

    /// Named lists of `table[key]` over `shared`: a file's own list stands before the shared one.
    word_lists words(const toml::table& table, std::string_view key, const word_lists& shared) {
        auto all = shared;
        const auto* node = table.get(key);
        if (node == nullptr) return all;
        const auto* lists = node->as_table();
        if (lists == nullptr) {
            complain(line_of(*node), fmt::format("'{}' is not a table", key));
            return all;
        }
        for (const auto& [name, value] : *lists) {
            std::vector<std::string> items;
            for (auto& item : texts(*lists, name.str())) items.push_back(std::move(item.text));
            all.lists[std::string(name.str())] = std::move(items);
        }
        return all;
    }

    rule_voice voice(const toml::table& table) {
        const auto stated = text(table, "voice");
        if (!stated) return rule_voice::any;
        for (const auto one : {rule_voice::any, rule_voice::self, rule_voice::you, rule_voice::other})
            if (stated->text == to_string(one)) return one;
        complain(stated->line, fmt::format("voice '{}' is none of self, you, other, any", stated->text));
        return rule_voice::any;
    }

    /// What a rule matches and is proved by; at least one pattern, two examples and two twins.
    void matching(const toml::table& table, rule_definition& rule) {
        rule.voice = voice(table);
        rule.weak = flag(table, "weak");
        rule.patterns = texts(table, "patterns");
        rule.unless = texts(table, "unless");
        rule.requires_any = texts(table, "requires");
        rule.examples = texts(table, "examples");
        rule.twins = texts(table, "twins");
        if (auto note = text(table, "note")) rule.note = std::move(note->text);
        if (rule.patterns.empty()) complain(rule.line, fmt::format("{}: no patterns", rule.id));
        if (rule.examples.size() < 2) complain(rule.line, fmt::format("{}: fewer than two examples", rule.id));
        if (rule.twins.size() < 2) complain(rule.line, fmt::format("{}: fewer than two twins", rule.id));
    }

    std::string file_;

private:
    std::vector<std::string>& problems_;
};

}  // namespace hearth::moderation
