// A TOML file as a plain tree, so that one source file knows the TOML library and every problem names its line.
#pragma once

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace hearth::texts {

/// What is wrong in data files, one "file:line: reason" per entry; what() joins them.
struct data_error : std::runtime_error {
    explicit data_error(std::vector<std::string> list);
    std::vector<std::string> problems;
};

/// A table, an array or a value. Values of any kind are text here: "2026-01-31", "true", "12".
struct node {
    enum class kind : unsigned char { value, array, table } is = kind::value;
    std::string where;  ///< "fr.toml:12"
    std::string value;
    std::vector<node> items;
    std::map<std::string, node, std::less<>> members;

    /// The member, or nullptr.
    [[nodiscard]] const node* find(std::string_view name) const;
    /// The member's text, or "".
    [[nodiscard]] std::string text(std::string_view name) const;
};

/// Throws data_error when the file cannot be read or is no TOML.
[[nodiscard]] node load_toml(const std::filesystem::path& file);

/// The .toml files of a folder by name; throws data_error when there is none.
[[nodiscard]] std::vector<std::filesystem::path> toml_files(const std::filesystem::path& folder);

}  // namespace hearth::texts
