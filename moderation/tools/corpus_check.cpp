// Holds the corpus to its promises: enough lines of every kind, half of them without the obvious words, nothing said twice,
// and no line of the evaluation part among those that are trained on.
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "moderation/evaluation/labelled.hpp"
#include "moderation/evaluation/near_duplicates.hpp"

namespace {

namespace hm = hearth::moderation;

constexpr std::size_t enough_lines = 80;      // per category and language, of harm or care; as many twins
constexpr std::size_t enough_ordinary = 800;  // per language
constexpr double alike = 0.5;
constexpr std::ptrdiff_t few_words = 4;

struct counts {
    std::size_t meant = 0, oblique = 0, twins = 0;
};

int complain(const std::string& what) {
    fmt::print("{}\n", what);
    return 1;
}

int check_counts(const std::vector<hm::labelled_line>& lines) {
    std::map<std::string, std::map<std::string_view, counts>> by_language;
    std::map<std::string, std::size_t> ordinary;
    for (const auto& line : lines) {
        if (line.kind == hm::line_kind::ordinary) {
            ++ordinary[line.language];
            continue;
        }
        auto& one = by_language[line.language][hm::taxonomy[line.categories.front()].id];
        if (line.benign())
            ++one.twins;
        else
            ++one.meant, one.oblique += line.oblique ? 1 : 0;
    }
    int problems = 0;
    for (const auto& [language, categories] : by_language) {
        if (ordinary[language] < enough_ordinary)
            problems += complain(
                fmt::format("{}: {} ordinary lines, {} are asked for", language, ordinary[language], enough_ordinary));
        for (const auto& info : hm::taxonomy) {
            const auto found = categories.find(info.id);
            const auto have = found == categories.end() ? counts{} : found->second;
            if (have.meant < enough_lines || have.twins < enough_lines) {
                problems += complain(fmt::format("{} {}: {} lines and {} twins, {} of each are asked for", language,
                                                 info.id, have.meant, have.twins, enough_lines));
            }
            if (have.oblique * 2 < have.meant)
                problems +=
                    complain(fmt::format("{} {}: {} of {} lines do without the obvious words, half is asked for",
                                         language, info.id, have.oblique, have.meant));
        }
    }
    return problems;
}

int check_duplicates(const std::vector<hm::labelled_line>& lines) {
    std::vector<std::string> texts;
    for (const auto& line : lines) texts.push_back(line.before.empty() ? line.text : line.before + " " + line.text);
    int problems = 0;
    for (const auto& pair : hm::find_near_duplicates(texts, alike)) {
        const auto& a = lines[pair.first];
        const auto& b = lines[pair.second];
        if (a.language != b.language) continue;
        if (a.benign() != b.benign()) continue;                                       // a pair, to be told apart
        if (std::count(b.text.begin(), b.text.end(), ' ') + 1 < few_words) continue;  // "amin" may be said anywhere
        problems +=
            complain(fmt::format("{} and {} say the same ({:.2f}): {} | {}", a.id, b.id, pair.alike, a.text, b.text));
    }
    return problems;
}

int check_ids(const std::vector<hm::labelled_line>& lines) {
    std::map<std::string, std::string> seen;
    int problems = 0;
    for (const auto& line : lines) {
        const auto [at, fresh] = seen.emplace(line.id, line.place);
        if (!fresh) problems += complain(fmt::format("{}: id '{}' is also at {}", line.place, line.id, at->second));
    }
    return problems;
}

}  // namespace

int main(int count, char** values) {
    if (count < 2) {
        fmt::print(stderr, "hearth-corpus-check FOLDER…\n");
        return 2;
    }
    std::vector<std::string> faults;
    std::vector<hm::labelled_line> lines;
    for (int i = 1; i < count; ++i) {
        auto some = hm::read_labelled_folder(values[i], faults);
        std::move(some.begin(), some.end(), std::back_inserter(lines));
    }
    for (const auto& one : faults) fmt::print("{}\n", one);
    const int problems =
        static_cast<int>(faults.size()) + check_counts(lines) + check_duplicates(lines) + check_ids(lines);
    fmt::print("{} lines: {} problems\n", lines.size(), problems);
    return problems == 0 && !lines.empty() ? 0 : 1;
}
