#include <fmt/core.h>
#include <openssl/evp.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "moderation/rules/pack.hpp"

namespace hearth::moderation {
namespace {

namespace fs = std::filesystem;

// The shared words first: every other file may name them.
std::vector<fs::path> files_of(const fs::path& language) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(language)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
        return std::pair(a.filename() != "words.toml", a.filename()) <
               std::pair(b.filename() != "words.toml", b.filename());
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

std::vector<fs::path> languages_of(const fs::path& packs, std::error_code& error) {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(packs, error)) {
        if (entry.is_directory()) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

// Reads one language's folder into the set; every complaint names its file and line.
class language_reader {
public:
    language_reader(pack_set& out, fs::path folder, std::string language)
        : out_(out), folder_(std::move(folder)), language_(std::move(language)) {}

    void run(std::string& hashed) {
        for (const auto& file : files_of(folder_)) {
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
    void complain(std::uint32_t line, std::string_view reason) {
        out_.problems.push_back(fmt::format("{}:{}: {}", file_, line, reason));
    }
    static std::uint32_t line_of(const toml::node& node) {
        return static_cast<std::uint32_t>(node.source().begin.line);
    }

    void read(const std::string& name, const std::string& content) {
        toml::table root;
        try {
            root = toml::parse(content, file_);
        } catch (const toml::parse_error& error) {
            complain(static_cast<std::uint32_t>(error.source().begin.line), error.description());
            return;
        }
        const auto stated = text(root, "language");
        if (!stated)
            complain(1, "'language' is missing");
        else if (stated->text != language_)
            complain(stated->line, fmt::format("language is '{}' in a folder called '{}'", stated->text, language_));
        if (name == "words.toml") {
            known_keys(root, {"language", "words"});
            shared_ = words(root);
        } else if (name == "voice.toml") {
            read_voice(root);
        } else if (name == "ideas.toml") {
            read_ideas(root);
        } else {
            read_rules(name, root);
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

    word_lists words(const toml::table& root) {
        auto all = shared_;
        const auto* node = root.get("words");
        if (node == nullptr) return all;
        const auto* table = node->as_table();
        if (table == nullptr) {
            complain(line_of(*node), "'words' is not a table");
            return all;
        }
        for (const auto& [name, value] : *table) {
            std::vector<std::string> items;
            for (auto& item : texts(*table, name.str())) items.push_back(std::move(item.text));
            all.lists[std::string(name.str())] = std::move(items);  // a file's own list stands before the shared one
        }
        return all;
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
        out_.lists.push_back(words(root));
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
        if (const auto voice = text(table, "voice")) {
            static constexpr std::array<std::string_view, 4> names{"any", "self", "you", "other"};
            const auto found = std::find(names.begin(), names.end(), voice->text);
            if (found == names.end())
                complain(voice->line, fmt::format("voice '{}' is none of self, you, other, any", voice->text));
            else
                rule.voice = static_cast<rule_voice>(found - names.begin());
        }
        rule.weak = flag(table, "weak");
        if (const auto topic = text(table, "context_topic")) {
            static constexpr std::array<std::string_view, 6> topics{"addiction", "eating",  "mood",
                                                                    "trauma",    "illness", "general"};
            if (std::find(topics.begin(), topics.end(), topic->text) == topics.end()) {
                complain(topic->line, fmt::format("context_topic '{}' is no room topic", topic->text));
            }
            rule.context_topic = topic->text;
        }
        rule.patterns = texts(table, "patterns");
        rule.unless = texts(table, "unless");
        rule.requires_any = texts(table, "requires");
        rule.examples = texts(table, "examples");
        rule.twins = texts(table, "twins");
        text(table, "note");
        texts(table, "sources");
        if (rule.patterns.empty()) complain(rule.line, fmt::format("{}: no patterns", rule.id));
        if (rule.examples.size() < 2) complain(rule.line, fmt::format("{}: fewer than two examples", rule.id));
        if (rule.twins.size() < 2) complain(rule.line, fmt::format("{}: fewer than two twins", rule.id));
        out_.rules.push_back(std::move(rule));
    }

    pack_set& out_;
    fs::path folder_;
    std::string language_;
    std::string file_;
    word_lists shared_;
    std::set<std::string> ids_;
};

}  // namespace

std::string content_hash(const std::string& content) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned length = 0;
    if (EVP_Digest(content.data(), content.size(), bytes.data(), &length, EVP_sha256(), nullptr) != 1) return {};
    std::string hex;
    for (unsigned i = 0; i < std::min(length, 16U); ++i) hex += fmt::format("{:02x}", bytes[i]);
    return hex;
}

std::string version_of_packs(const fs::path& folder) {
    std::error_code error;
    std::string hashed;
    try {
        for (const auto& language : languages_of(folder, error)) {
            for (const auto& file : files_of(language)) {
                const auto content = content_of(file);
                if (!content) return {};
                add_to_version(hashed, language.filename().string() + "/" + file.filename().string(), *content);
            }
        }
    } catch (const fs::filesystem_error&) { return {}; }
    return error ? std::string() : content_hash(hashed);
}

pack_set read_packs(const fs::path& folder) {
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
    if (out.rules.empty() && out.problems.empty())
        out.problems.push_back(fmt::format("{}:0: no packs", folder.string()));
    out.version = content_hash(hashed);
    if (out.version.empty()) out.problems.emplace_back("content hash cannot be computed");
    return out;
}

}  // namespace hearth::moderation
