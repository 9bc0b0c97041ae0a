// Claims: one file per category, each claim in every language; its patterns become rules whose id is the claim's.
#include <map>
#include <set>

#include "moderation/rules/toml_fields.hpp"

namespace hearth::moderation {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_text = 400;  // bytes: a card is read in a chat

bool is_date(std::string_view text) {
    static constexpr std::string_view shape = "dddd-dd-dd";
    return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(), [](char c, char s) {
               return s == 'd' ? c >= '0' && c <= '9' : c == s;
           });
}

class claim_reader : private toml_fields {
public:
    claim_reader(pack_set& out, fs::path folder) : toml_fields(out.problems), out_(out), folder_(std::move(folder)) {}

    void run(std::string& hashed) {
        for (const auto& path : toml_files(folder_, "sources.toml")) {
            file_ = "claims/" + path.filename().string();
            const auto content = content_of(path);
            if (!content) {
                complain(0, "cannot be read");
                continue;
            }
            add_to_version(hashed, file_, *content);
            if (const auto root = parse(*content))
                path.filename() == "sources.toml" ? read_sources(*root) : read_claims(path.stem().string(), *root);
        }
    }

private:
    std::string required(const toml::table& table, std::string_view key, std::uint32_t line, std::string_view whose) {
        const auto found = text(table, key);
        if (!found || found->text.empty())
            complain(found ? found->line : line, fmt::format("{}: '{}' is missing", whose, key));
        else if (found->text.size() > max_text)
            complain(found->line, fmt::format("{}: '{}' is longer than {} bytes", whose, key, max_text));
        return found ? found->text : std::string();
    }

    void read_sources(const toml::table& root) {
        for (const auto& [key, node] : root) {
            const auto* table = node.as_table();
            if (table == nullptr) {
                complain(line_of(node), fmt::format("'{}' is not a table", key.str()));
                continue;
            }
            known_keys(*table, {"name", "title", "url"});
            const auto line = line_of(node);
            claim_source made{required(*table, "name", line, key.str()), required(*table, "title", line, key.str()),
                              required(*table, "url", line, key.str())};
            if (!made.url.starts_with("https://"))
                complain(line, fmt::format("{}: 'url' is no https address", key.str()));
            sources_.emplace(key.str(), std::move(made));
        }
    }

    void read_claims(const std::string& name, const toml::table& root) {
        known_keys(root, {"category", "words", "claim"});
        const auto stated = text(root, "category");
        const auto category = stated ? find_category(stated->text) : std::nullopt;
        if (!category || !stated->text.starts_with("misinfo."))
            return complain(stated ? stated->line : 1, "'category' is none of misinfo.*");
        if (name != stated->text)
            complain(stated->line, fmt::format("category '{}' belongs into {}.toml", stated->text, stated->text));
        static const toml::table none;
        const auto* own = root.get_as<toml::table>("words");
        std::map<std::string, std::size_t> lists;
        for (const auto& language : out_.languages) {
            lists[language] = out_.lists.size();
            out_.lists.push_back(words(own ? *own : none, language, out_.shared[language]));
        }
        const auto* claims = root.get_as<toml::array>("claim");
        if (claims == nullptr) return complain(1, "no [[claim]]");
        for (const auto& node : *claims) {
            if (const auto* table = node.as_table())
                read_claim(*table, *category, lists);
            else
                complain(line_of(node), "'claim' is not a list of tables");
        }
    }

    void read_claim(const toml::table& table, category_index category, std::map<std::string, std::size_t>& lists) {
        claim made;
        made.category = taxonomy[category].id;
        const auto id = text(table, "id");
        if (!id) return complain(line_of(table), "a claim without 'id'");
        made.id = id->text;
        if (!made.id.starts_with("claim.") || std::count(made.id.begin(), made.id.end(), '.') != 2)
            complain(id->line, fmt::format("id '{}' does not have the form claim.topic.name", made.id));
        if (out_.claims.find(made.id) != nullptr) complain(id->line, fmt::format("id '{}' is used twice", made.id));
        read_review(table, id->line, made);
        known_keys(table, {"id", "sources", "reviewed_by", "reviewed_on", "text"});
        const auto* languages = table.get_as<toml::table>("text");
        for (const auto& language : out_.languages) {
            const auto* words = languages ? languages->get_as<toml::table>(language) : nullptr;
            if (words != nullptr)
                read_language(*words, language, category, lists[language], made);
            else
                complain(id->line, fmt::format("{}: nothing in language '{}'", made.id, language));
        }
        out_.claims.add(std::move(made));
    }

    void read_review(const toml::table& table, std::uint32_t line, claim& made) {
        for (const auto& key : texts(table, "sources")) {
            const auto found = sources_.find(key.text);
            if (found == sources_.end())
                complain(key.line, fmt::format("{}: no source '{}' in sources.toml", made.id, key.text));
            else
                made.sources.push_back(found->second);
        }
        if (made.sources.empty()) complain(line, fmt::format("{}: no sources", made.id));
        const auto by = text(table, "reviewed_by");
        const auto on = text(table, "reviewed_on");
        if (!by || !on) complain(line, fmt::format("{}: 'reviewed_by' or 'reviewed_on' is missing", made.id));
        if (by) made.reviewed_by = by->text;
        if (on) made.reviewed_on = on->text;
        if (made.reviewed_by.empty() != made.reviewed_on.empty())
            complain(line, fmt::format("{}: a review has a name and a date, or neither", made.id));
        if (!made.reviewed_on.empty() && !is_date(made.reviewed_on))
            complain(line, fmt::format("{}: '{}' is no date", made.id, made.reviewed_on));
    }

    void read_language(const toml::table& table, const std::string& language, category_index category,
                       std::size_t lists, claim& into) {
        known_keys(table, {"claim", "correction", "what_to_do", "patterns", "voice", "unless", "requires", "weak",
                           "examples", "twins", "note"});
        const auto line = line_of(table);
        const auto whose = into.id + " in " + language;
        into.texts[language] = {required(table, "claim", line, whose), required(table, "correction", line, whose),
                                required(table, "what_to_do", line, whose)};
        rule_definition rule;
        rule.id = into.id;
        rule.category = category;
        rule.language = language;
        rule.file = file_;
        rule.line = line;
        rule.lists = lists;
        matching(table, rule);
        out_.rules.push_back(std::move(rule));
    }

    pack_set& out_;
    fs::path folder_;
    std::map<std::string, claim_source, std::less<>> sources_;
};

}  // namespace

void read_claims(const fs::path& folder, pack_set& out, std::string& hashed) {
    try {
        claim_reader(out, folder).run(hashed);
    } catch (const fs::filesystem_error& failure) {
        out.problems.push_back(fmt::format("claims:0: cannot be read: {}", failure.code().message()));
    }
}

}  // namespace hearth::moderation
