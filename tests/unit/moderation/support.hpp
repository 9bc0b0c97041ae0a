// Rules to test with: the real packs, loaded once, or small ones written for one test.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "moderation/engine.hpp"
#include "moderation/rules/ruleset.hpp"

namespace hearth::moderation::testing {

inline std::shared_ptr<const ruleset> real_rules() {
    static const auto rules = load_rules({std::filesystem::path(HEARTH_SOURCE_DIR) / "moderation/packs",
                                          {},
                                          {},
                                          std::filesystem::path(HEARTH_SOURCE_DIR) / "moderation/claims"});
    return rules;
}

inline judge& real_judge() {
    static judge one(real_rules());
    return one;
}

/// What members meet: the rules, the trained classifier and the claims.
inline judge& whole_judge() {
    static judge one(load_rules({std::filesystem::path(HEARTH_SOURCE_DIR) / "moderation/packs",
                                 std::filesystem::path(HEARTH_SOURCE_DIR) / "moderation/model/hearth.model",
                                 {},
                                 std::filesystem::path(HEARTH_SOURCE_DIR) / "moderation/claims"}));
    return one;
}

/// A pack folder of its own, gone with the test.
class pack_folder {
public:
    pack_folder()
        : path_(std::filesystem::temp_directory_path() /
                ("hearth-packs-" + std::to_string(::getpid()) + "-" + std::to_string(next()))) {
        std::filesystem::create_directories(path_);
    }
    ~pack_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    pack_folder(const pack_folder&) = delete;
    pack_folder& operator=(const pack_folder&) = delete;

    pack_folder& put(const std::string& file, const std::string& content) {
        const auto target = path_ / file;
        std::filesystem::create_directories(target.parent_path());
        std::ofstream(target, std::ios::binary) << content;
        return *this;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    static int next() {
        static int count = 0;
        return count++;
    }
    std::filesystem::path path_;
};

/// A pack of one rule in English with the given lines after its id.
inline std::string one_rule(const std::string& category, const std::string& lines) {
    return "language = \"en\"\ncategory = \"" + category + "\"\n[[rule]]\nid = \"en." + category + ".test\"\n" + lines +
           "\nexamples = [\"one\", \"two\"]\ntwins = [\"three\", \"four\"]\n";
}

/// The problems that load_rules reports; empty when it loads.
inline std::vector<std::string> problems_of(const pack_folder& folder) {
    try {
        static_cast<void>(load_rules({folder.path(), {}, {}}));
        return {};
    } catch (const pack_error& error) { return error.problems; }
}

inline bool is_utf8_boundary(std::string_view text, std::size_t at) {
    return at == text.size() || (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80);
}

}  // namespace hearth::moderation::testing
