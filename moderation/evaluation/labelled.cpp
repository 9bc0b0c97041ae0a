#include "moderation/evaluation/labelled.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <optional>

namespace hearth::moderation {
namespace {

namespace json = boost::json;

struct bad_line {
    std::string reason;
};

std::string text_of(const json::object& from, std::string_view key, std::string_view otherwise = {}) {
    const auto* value = from.if_contains(key);
    if (value == nullptr) return std::string(otherwise);
    if (!value->is_string()) throw bad_line{fmt::format("\"{}\" is not a string", key)};
    return std::string(value->get_string());
}

category_index category_of(std::string_view id) {
    if (const auto known = find_category(id)) return *known;
    throw bad_line{fmt::format("\"{}\" is no category of the taxonomy", id)};
}

line_kind kind_of(std::string_view name) {
    if (name == "harm") return line_kind::harm;
    if (name == "care") return line_kind::care;
    if (name == "twin") return line_kind::twin;
    if (name == "ordinary") return line_kind::ordinary;
    throw bad_line{fmt::format("\"kind\" is \"{}\", none of harm, care, twin, ordinary", name)};
}

labelled_line line_of(const json::object& from) {
    labelled_line line;
    line.text = text_of(from, "text");
    if (line.text.empty()) throw bad_line{"\"text\" is missing or empty"};
    line.id = text_of(from, "id");
    line.language = text_of(from, "lang");
    if (line.language.empty()) throw bad_line{"\"lang\" is missing"};
    line.kind = kind_of(text_of(from, "kind"));
    line.before = text_of(from, "before");
    line.room_topic = text_of(from, "room_topic", "general");
    if (const auto category = text_of(from, "category"); !category.empty())
        line.categories.push_back(category_of(category));
    if (const auto* also = from.if_contains("also")) {
        if (!also->is_array()) throw bad_line{"\"also\" is not a list"};
        for (const auto& one : also->get_array()) {
            if (!one.is_string()) throw bad_line{"\"also\" holds something that is no string"};
            line.categories.push_back(category_of(one.get_string()));
        }
    }
    if (const auto* oblique = from.if_contains("oblique")) {
        if (!oblique->is_bool()) throw bad_line{"\"oblique\" is neither true nor false"};
        line.oblique = oblique->get_bool();
    }
    if (line.categories.empty() && line.kind != line_kind::ordinary) throw bad_line{"\"category\" is missing"};
    return line;
}

}  // namespace

context context_of(const labelled_line& line) {
    context where;
    where.room_topic = line.room_topic;
    where.languages = {line.language};
    where.before = line.before;
    return where;
}

std::vector<labelled_line> read_labelled(const std::filesystem::path& file, std::vector<std::string>& problems) {
    std::vector<labelled_line> all;
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        problems.push_back(fmt::format("{}: cannot be read", file.string()));
        return all;
    }
    std::size_t number = 0;
    for (std::string text; std::getline(in, text);) {
        ++number;
        if (text.empty()) continue;
        const auto place = fmt::format("{}:{}", file.filename().string(), number);
        try {
            json::error_code problem;
            const auto value = json::parse(text, problem);
            if (problem) throw bad_line{"is not JSON: " + problem.message()};
            if (!value.is_object()) throw bad_line{"is not a JSON object"};
            all.push_back(line_of(value.get_object()));
            all.back().place = place;
        } catch (const bad_line& fault) { problems.push_back(fmt::format("{}: {}", place, fault.reason)); }
    }
    return all;
}

std::vector<labelled_line> read_corpus(const std::filesystem::path& folder, const std::string& part,
                                       std::vector<std::string>& problems) {
    std::vector<std::filesystem::path> languages;
    std::error_code fault;
    for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
        if (entry.is_directory()) languages.push_back(entry.path() / part);
    }
    if (fault) problems.push_back(fmt::format("{}: {}", folder.string(), fault.message()));
    std::sort(languages.begin(), languages.end());
    std::vector<labelled_line> all;
    for (const auto& language : languages) {
        auto lines = read_labelled_folder(language, problems);
        std::move(lines.begin(), lines.end(), std::back_inserter(all));
    }
    for (auto& line : all) {
        line.shown_to_rules = part == "train";
        line.calibrates = part == "calibration";
    }
    return all;
}

std::vector<labelled_line> read_labelled_folder(const std::filesystem::path& folder,
                                                std::vector<std::string>& problems) {
    std::vector<std::filesystem::path> files;
    std::error_code fault;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, fault)) {
        if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
    }
    if (fault) problems.push_back(fmt::format("{}: {}", folder.string(), fault.message()));
    std::sort(files.begin(), files.end());
    std::vector<labelled_line> all;
    for (const auto& file : files) {
        auto lines = read_labelled(file, problems);
        std::move(lines.begin(), lines.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace hearth::moderation
