// What a pack says, before it is compiled: plain data with the file and line it came from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/claims.hpp"
#include "moderation/policy/taxonomy.hpp"
#include "moderation/voice/cues.hpp"

namespace hearth::moderation {

/// Whose act or state a rule's words name.
enum class rule_voice : std::uint8_t { any, self, you, other };
/// As a pack spells it.
[[nodiscard]] std::string_view to_string(rule_voice value) noexcept;

struct located_text {
    std::string text;
    std::uint32_t line = 0;
};

struct word_lists {
    std::map<std::string, std::vector<std::string>, std::less<>> lists;
};

struct rule_definition {
    std::string id;
    category_index category = 0;
    std::string language;
    std::string file;
    std::uint32_t line = 0;
    rule_voice voice = rule_voice::any;
    bool weak = false;
    std::string context_topic;  ///< empty: every room
    std::vector<located_text> patterns, unless, requires_any, examples, twins;
    std::string note;                  ///< why the rule is as it is; for its readers
    std::vector<std::string> sources;  ///< where the fact behind it is from; a claim has its own
    std::size_t lists = 0;             ///< index into pack_set::lists, where its {names} are
};

struct cue_definition {
    cue kind;
    std::string language;
    std::string file;
    located_text pattern;
    std::size_t lists = 0;
};

/// One idea of `ideas.toml` in one language: what the classifier reads words as.
struct idea_definition {
    std::string name;
    std::string language;
    std::vector<std::string> words;
};

struct pack_set {
    std::vector<std::string> languages;
    std::vector<rule_definition> rules;
    std::vector<cue_definition> cues;
    std::vector<idea_definition> ideas;
    std::vector<word_lists> lists;             ///< one per file: its own and its language's words.toml
    std::map<std::string, word_lists> shared;  ///< per language: its words.toml
    claim_book claims;
    std::string version;                ///< hash of every file's name and bytes
    std::vector<std::string> problems;  ///< "file:line: reason", in file order
};

/// SHA-256 of the bytes, its first half as 32 hex digits: the version of packs and models. Empty when it cannot be had.
[[nodiscard]] std::string content_hash(const std::string& bytes);

/// The version that `read_packs` gives, without reading what the files say; empty when they cannot be read.
[[nodiscard]] std::string version_of_packs(const std::filesystem::path& packs,
                                           const std::filesystem::path& claims = {});

/// Reads every `<language>/*.toml` under `packs`, and the claims, unless that folder is empty. All that is wrong is in
/// `problems`; nothing is thrown but for memory.
[[nodiscard]] pack_set read_packs(const std::filesystem::path& packs, const std::filesystem::path& claims = {});

/// The claims' part of it: what they say, and one rule per claim and language.
void read_claims(const std::filesystem::path& folder, pack_set& out, std::string& hashed);

/// A folder's TOML files by name, with `first` before the others, which may name what it holds.
[[nodiscard]] std::vector<std::filesystem::path> toml_files(const std::filesystem::path& folder,
                                                            std::string_view first);
[[nodiscard]] std::optional<std::string> content_of(const std::filesystem::path& file);
/// How a file enters the version.
void add_to_version(std::string& hashed, const std::string& name, const std::string& content);

}  // namespace hearth::moderation
