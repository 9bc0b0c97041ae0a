#include "moderation/evaluation/evaluate.hpp"

#include <fmt/core.h>

#include <chrono>
#include <ostream>

#include "moderation/evaluation/disguise.hpp"
#include "moderation/evaluation/report.hpp"

namespace hearth::moderation {

int run_evaluate(std::ostream& out, std::ostream& err, judge& judges, const evaluate_options& options) {
    std::vector<std::string> problems;
    std::vector<labelled_line> lines;
    for (const auto& input : options.inputs) {
        auto some = std::filesystem::is_directory(input) ? read_labelled_folder(input, problems)
                                                         : read_labelled(input, problems);
        std::move(some.begin(), some.end(), std::back_inserter(lines));
    }
    for (const auto& one : problems) err << "evaluate: " << one << '\n';
    if (lines.empty()) {
        err << "evaluate: there is no line to judge\n";
        return 2;
    }
    tally all;
    auto told = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& line = lines[i];
        const auto where = context_of(line);
        const auto given = judges(line.text, where);
        all.add(line, given);
        if (!line.benign() && surfaced(given)) all.add_disguised(line, given, judges(disguise(line.text, i), where));
        if (const auto now = std::chrono::steady_clock::now();
            options.progress && now - told > std::chrono::seconds(1)) {
            err << fmt::format("\revaluate: {} of {} lines", i + 1, lines.size()) << std::flush;
            told = now;
        }
    }
    if (options.progress) err << fmt::format("\revaluate: {} lines\n", lines.size());
    out << (options.json ? report_json(all, options.worst) + "\n" : report_text(all, options.worst));
    out.flush();
    return problems.empty() ? 0 : 1;
}

}  // namespace hearth::moderation
