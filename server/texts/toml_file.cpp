#include "texts/toml_file.hpp"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>
#include <sstream>

namespace hearth::texts {
namespace {

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) {
        if (!out.empty()) out += '\n';
        out += line;
    }
    return out;
}

node convert(const toml::node& from, const std::string& file) {
    node out;
    out.where = fmt::format("{}:{}", file, from.source().begin.line);
    if (const auto* table = from.as_table()) {
        out.is = node::kind::table;
        for (const auto& [key, child] : *table) out.members.emplace(std::string(key.str()), convert(child, file));
    } else if (const auto* array = from.as_array()) {
        out.is = node::kind::array;
        for (const auto& child : *array) out.items.push_back(convert(child, file));
    } else if (const auto* text = from.as_string()) {
        out.value = text->get();
    } else {
        std::ostringstream printed;
        from.visit([&](const auto& leaf) {
            if constexpr (toml::is_value<decltype(leaf)>) printed << leaf.get();
        });
        out.value = printed.str();
    }
    return out;
}

}  // namespace

data_error::data_error(std::vector<std::string> list) : std::runtime_error(joined(list)), problems(std::move(list)) {}

const node* node::find(std::string_view name) const {
    const auto found = members.find(name);
    return found == members.end() ? nullptr : &found->second;
}

std::string node::text(std::string_view name) const {
    const auto* found = find(name);
    return found && found->is == kind::value ? found->value : "";
}

node load_toml(const std::filesystem::path& file) {
    const auto name = file.filename().string();
    try {
        return convert(toml::parse_file(file.string()), name);
    } catch (const toml::parse_error& e) {
        throw data_error({fmt::format("{}:{}: {}", name, e.source().begin.line, e.description())});
    }
}

std::vector<std::filesystem::path> toml_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    if (error || files.empty()) throw data_error({fmt::format("{}: no .toml files", folder.filename().string())});
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace hearth::texts
