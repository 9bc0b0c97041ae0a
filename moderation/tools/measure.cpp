// How long a judgement takes: per message of a file of lines, and for texts made to be slow.
// hearth-moderation-measure [MODERATION_FOLDER [LINES [SLOW_TEXT]]]
#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "moderation/engine.hpp"
#include "moderation/rules/ruleset.hpp"
#include "moderation/tools/nasty.hpp"

namespace {

namespace hm = hearth::moderation;

// Processor time: what else the machine does is not the judge's fault.
double now_micros() { return static_cast<double>(std::clock()) * 1e6 / CLOCKS_PER_SEC; }

double best_of(hm::judge& judge, const std::string& text, const hm::context& where, int rounds) {
    double best = 1e12;
    for (int i = 0; i < rounds; ++i) {
        const auto start = now_micros();
        const auto verdict = judge(text, where);
        best = std::min(best, (now_micros() - start));
        if (verdict.pack_version.empty()) fmt::print("failed\n");
    }
    return best;
}

}  // namespace

int main(int count, char** values) {
    const std::filesystem::path folder = count > 1 ? values[1] : "moderation";
    const auto started = now_micros();
    std::shared_ptr<const hm::ruleset> rules;
    try {
        rules = hm::load_rules({folder / "packs", folder / "model/hearth.model", {}, folder / "claims"});
    } catch (const hm::pack_error& e) {
        fmt::print("{} problems, the first: {}\n", e.problems.size(), e.problems.front());
        return 1;
    }
    fmt::print("loading without a cache: {:.0f} ms\n", (now_micros() - started) / 1000);
    hm::judge judge(rules);
    hm::context where;
    where.room_topic = "eating";
    if (count > 2) {
        std::ifstream in(values[2]);
        std::vector<std::string> lines;
        double bytes = 0;
        for (std::string line; std::getline(in, line);) {
            if (line.empty()) continue;
            bytes += static_cast<double>(line.size());
            lines.push_back(std::move(line));
        }
        // Each among the others: judged again and again, a line is in the caches and costs far less.
        constexpr int rounds = 20;
        std::vector<double> times(lines.size());
        for (int round = 0; round < rounds; ++round) {
            for (std::size_t i = 0; i < lines.size(); ++i) {
                const auto start = now_micros();
                if (judge(lines[i], where).severity > 4) return 1;
                times[i] += (now_micros() - start) / rounds * 100 / static_cast<double>(lines[i].size());
            }
        }
        std::sort(times.begin(), times.end());
        if (!times.empty()) {
            fmt::print("{} lines of {:.0f} bytes: per 100 bytes median {:.2f} us, 90% {:.2f} us, most {:.2f} us\n",
                       times.size(), bytes / static_cast<double>(times.size()), times[times.size() / 2],
                       times[times.size() * 9 / 10], times.back());
        }
    }
    for (const auto& one : hm::nasty_texts(4'000)) {
        if (count > 3 && one.name != values[3]) continue;
        fmt::print("{:<28} {:>7} bytes {:>9.0f} us\n", one.name, one.text.size(), best_of(judge, one.text, where, 5));
    }
}
