// Lines that people can turn to, chosen by what they need and where they probably are.
//
// The directory is data (server/crisis/*.toml), reviewed and dated; an operator's own files replace a country's.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"

namespace hearth::texts {

/// Text in several languages, or in none: {"en": …, "fr": …} or {"": the same for all}.
using local_text = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] std::string_view in_locale(const local_text& text, std::string_view locale);

struct channel {
    std::string kind;   ///< call, text, chat, web
    std::string value;  ///< what a person dials, texts or opens
};

struct resource {
    std::string name, country;
    std::vector<std::string> languages;
    std::vector<std::string> needs;  ///< crisis, emergency, drugs, eating, youth, violence, poison, police
    std::vector<channel> channels;
    local_text hours, note;
    bool seen_in_source = false;  ///< else general knowledge, to be checked by the operator
    std::string source;           ///< where, if published
    std::optional<std::chrono::sys_days> verified_on;
};

struct country_lines {
    std::string code;  ///< ISO 3166, or "INTL"
    local_text name;
    std::vector<resource> lines;
};

/// A line that an operator should check, and why.
struct crisis_warning {
    std::string country, name;
    enum class why : std::uint8_t { never_verified, stale } reason = why::never_verified;
};

class crisis_directory {
public:
    static constexpr std::chrono::days trusted_for{90};

    /// Throws data_error naming every problem. `own`: an operator's folder whose files replace the country's of ours.
    [[nodiscard]] static crisis_directory load(const std::filesystem::path& folder,
                                               const std::filesystem::path& own = {});

    /// Lines for the author of a message of this category, the most fitting first: two at least, eight at most. Without a
    /// country, those of the countries where the locale's readers most likely are, and an international one.
    [[nodiscard]] std::vector<const resource*> resources_for(std::string_view category, std::string_view locale,
                                                             std::string_view country = {}) const;
    /// Whether a message of this category is answered with lines unasked.
    [[nodiscard]] bool offers_help(std::string_view category) const { return needs_.contains(category); }

    /// Every country, the locale's likeliest first, then the international lines, then the others by name.
    [[nodiscard]] std::vector<const country_lines*> countries(std::string_view locale) const;

    [[nodiscard]] std::vector<crisis_warning> warnings(time_point now) const;

private:
    using word_lists = std::map<std::string, std::vector<std::string>, std::less<>>;
    [[nodiscard]] const country_lines* find(std::string_view code) const;

    std::map<std::string, country_lines, std::less<>> countries_;
    word_lists likely_;  ///< locale → country codes
    word_lists needs_;   ///< category → needs
};

/// RESOURCE of docs/PROTOCOL.md; hours and note in the locale.
void append_resource(std::string& out, const resource& line, std::string_view locale);

/// [{"code","name","resources":[RESOURCE…]}…]
void append_directory(std::string& out, const crisis_directory& directory, std::string_view locale);

}  // namespace hearth::texts
