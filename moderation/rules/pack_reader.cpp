#include <openssl/evp.h>

#include <fstream>
#include <set>
#include <sstream>

#include "moderation/rules/toml_fields.hpp"

namespace hearth::moderation {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> languages_of(const fs::path& packs, std::error_code& error) {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(packs, error)) {
        if (entry.is_directory()) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

// Reads one language's folder into the set; every complaint names its file and line.
class language_reader : private toml_fields {
public:
    language_reader(pack_set& out, fs::path folder, std::string language)
        : toml_fields(out.problems), out_(out), folder_(std::move(folder)), language_(std::move(language)) {}

    void run(std::string& hashed) {
        for (const auto& file : toml_files(folder_, "words.toml")) {
            file_ = language_ + "/" + file.filename().string();
            const auto content = content_of(file);
            if (!content) {
                complain(0, "cannot be read");
                continue;
            }
            add_to_version(hashed, file_, *content);
            read(file.filename().string(), *content);
        }
    }

private:
    void read(const std::string& name, const std::string& content) {
        const auto parsed = parse(content);
        if (!parsed) return;
        const auto& root = *parsed;
        const auto stated = text(root, "language");
        if (!stated)
            complain(1, "'language' is missing");
        else if (stated->text != language_)
            complain(stated->line, fmt::format("language is '{}' in a folder called '{}'", stated->text, language_));
        if (name == "words.toml") {
            known_keys(root, {"language", "words"});
            shared_ = words(root, "words", {});
            out_.shared[language_] = shared_;
        } else if (name == "voice.toml") {
            read_voice(root);
        } else if (name == "ideas.toml") {
            read_ideas(root);
        } else {
            read_rules(name, root);
        }
    }

    void read_ideas(const toml::table& root) {
        known_keys(root, {"language", "ideas"});
        const auto* table = root.get_as<toml::table>("ideas");
        if (table == nullptr) {
            complain(1, "no [ideas]");
            return;
        }
        for (const auto& [name, value] : *table) {
            idea_definition one{std::string(name.str()), language_, {}};
            for (auto& word : texts(*table, name.str())) one.words.push_back(std::move(word.text));
            if (one.words.empty()) complain(line_of(value), fmt::format("idea '{}' has no words", name.str()));
            out_.ideas.push_back(std::move(one));
        }
    }

    void read_voice(const toml::table& root) {
        known_keys(root, {"language", "function_words", "number_words", "clause_words", "idioms", "who", "when",
                          "stance", "contact", "echo"});
        out_.lists.push_back(shared_);
        const auto take = [&](const toml::table& table, const cue_key& one) {
            for (auto& pattern : texts(table, one.key)) {
                out_.cues.push_back({one.kind, language_, file_, std::move(pattern), out_.lists.size() - 1});
            }
        };
        for (const auto& one : cue_keys) {
            if (one.table.empty()) {
                take(root, one);
            } else if (const auto* table = root.get_as<toml::table>(one.table)) {
                take(*table, one);
            }
        }
        for (const std::string_view name : {"who", "when", "stance", "contact", "echo"}) {
            const auto* table = root.get_as<toml::table>(name);
            if (table == nullptr) continue;
            for (const auto& [key, value] : *table) {
                const auto text = key.str();
                const bool known = std::any_of(cue_keys.begin(), cue_keys.end(), [&, text](const cue_key& one) {
                    return one.table == name && one.key == text;
                });
                if (!known)
                    complain(static_cast<std::uint32_t>(key.source().begin.line),
                             fmt::format("unknown key '{}' in [{}]", text, name));
            }
        }
    }

    void read_rules(const std::string& name, const toml::table& root) {
        known_keys(root, {"language", "category", "words", "rule"});
        const auto stated = text(root, "category");
        if (!stated) {
            complain(1, "'category' is missing");
            return;
        }
        const auto category = find_category(stated->text);
        if (!category) {
            complain(stated->line, fmt::format("'{}' is no category of the taxonomy", stated->text));
            return;
        }
        if (name != stated->text + ".toml")
            complain(stated->line, fmt::format("category '{}' belongs into {}.toml", stated->text, stated->text));
        out_.lists.push_back(words(root, "words", shared_));
        const auto* rules = root.get_as<toml::array>("rule");
        if (rules == nullptr) {
            complain(1, "no [[rule]]");
            return;
        }
        for (const auto& node : *rules) {
            if (const auto* table = node.as_table())
                read_rule(*table, *category, stated->text);
            else
                complain(line_of(node), "'rule' is not a list of tables");
        }
    }

    void read_rule(const toml::table& table, category_index category, const std::string& category_id) {
        known_keys(table, {"id", "patterns", "voice", "unless", "requires", "weak", "examples", "twins", "note",
                           "sources", "context_topic"});
        rule_definition rule;
        rule.category = category;
        rule.language = language_;
        rule.file = file_;
        rule.line = line_of(table);
        rule.lists = out_.lists.size() - 1;
        const auto id = text(table, "id");
        if (!id) {
            complain(rule.line, "a rule without 'id'");
            return;
        }
        rule.id = id->text;
        rule.line = id->line;
        const auto start = language_ + "." + category_id + ".";
        if (!rule.id.starts_with(start) || rule.id.size() == start.size()) {
            complain(rule.line, fmt::format("id '{}' does not have the form {}name", rule.id, start));
        }
        if (!ids_.insert(rule.id).second) complain(rule.line, fmt::format("id '{}' is used twice", rule.id));
        if (const auto topic = text(table, "context_topic")) {
            static constexpr std::array<std::string_view, 6> topics{"addiction", "eating",  "mood",
                                                                    "trauma",    "illness", "general"};
            if (std::find(topics.begin(), topics.end(), topic->text) == topics.end()) {
                complain(topic->line, fmt::format("context_topic '{}' is no room topic", topic->text));
            }
            rule.context_topic = topic->text;
        }
        for (auto& one : texts(table, "sources")) rule.sources.push_back(std::move(one.text));
        matching(table, rule);
        out_.rules.push_back(std::move(rule));
    }

    pack_set& out_;
    fs::path folder_;
    std::string language_;
    word_lists shared_;
    std::set<std::string> ids_;
};

}  // namespace

std::string_view to_string(rule_voice value) noexcept {
    static constexpr std::array<std::string_view, 4> names{"any", "self", "you", "other"};
    return names[static_cast<std::size_t>(value)];
}

std::string content_hash(const std::string& content) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned length = 0;
    if (EVP_Digest(content.data(), content.size(), bytes.data(), &length, EVP_sha256(), nullptr) != 1) return {};
    std::string hex;
    for (unsigned i = 0; i < std::min(length, 16U); ++i) hex += fmt::format("{:02x}", bytes[i]);
    return hex;
}

std::vector<fs::path> toml_files(const fs::path& folder, std::string_view first) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end(), [first](const fs::path& a, const fs::path& b) {
        return std::pair(a.filename() != first, a.filename()) < std::pair(b.filename() != first, b.filename());
    });
    return files;
}

std::optional<std::string> content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    if (!in) return std::nullopt;
    return bytes.str();
}

void add_to_version(std::string& hashed, const std::string& name, const std::string& content) {
    hashed += fmt::format("{}\n{}\n", name, content.size()) + content;
}

std::string version_of_packs(const fs::path& packs, const fs::path& claims) {
    std::error_code error;
    std::string hashed;
    const auto add = [&](const fs::path& folder, const std::string& name, std::string_view first) {
        for (const auto& file : toml_files(folder, first)) {
            const auto content = content_of(file);
            if (!content) return false;
            add_to_version(hashed, name + "/" + file.filename().string(), *content);
        }
        return true;
    };
    try {
        for (const auto& language : languages_of(packs, error))
            if (!add(language, language.filename().string(), "words.toml")) return {};
        if (!claims.empty() && !add(claims, "claims", "sources.toml")) return {};
    } catch (const fs::filesystem_error&) { return {}; }
    return error ? std::string() : content_hash(hashed);
}

pack_set read_packs(const fs::path& folder, const fs::path& claims) {
    pack_set out;
    std::error_code error;
    const auto folders = languages_of(folder, error);
    if (error) {
        out.problems.push_back(fmt::format("{}:0: cannot be read: {}", folder.string(), error.message()));
        return out;
    }
    std::string hashed;
    for (const auto& path : folders) {
        const auto language = path.filename().string();
        out.languages.push_back(language);
        try {
            language_reader(out, path, language).run(hashed);
        } catch (const fs::filesystem_error& failure) {
            out.problems.push_back(fmt::format("{}:0: cannot be read: {}", language, failure.code().message()));
        }
    }
    if (!claims.empty()) read_claims(claims, out, hashed);
    if (out.rules.empty() && out.problems.empty())
        out.problems.push_back(fmt::format("{}:0: no packs", folder.string()));
    out.version = content_hash(hashed);
    if (out.version.empty()) out.problems.emplace_back("content hash cannot be computed");
    return out;
}

}  // namespace hearth::moderation
