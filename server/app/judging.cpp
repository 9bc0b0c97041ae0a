// `hearth moderate` and `hearth evaluate`: the judge alone, for lines from a file.
#include <fmt/core.h>
#include <unistd.h>

#include <functional>
#include <iostream>

#include "app/assets.hpp"
#include "app/commands.hpp"
#include "core/startup_error.hpp"
#include "moderation/command.hpp"
#include "moderation/engine.hpp"
#include "moderation/evaluation/evaluate.hpp"

namespace hearth::app {

namespace {

int with_judge(const std::filesystem::path& folder, const std::filesystem::path& data,
               const std::function<int(moderation::judge&)>& use) {
    const auto found = find_assets(folder, {});
    try {
        moderation::judge judge(moderation::load_rules({found.packs, found.model, cache_folder(data), found.claims}));
        std::ios::sync_with_stdio(false);
        return use(judge);
    } catch (const moderation::pack_error& e) {
        for (const auto& problem : e.problems) fmt::print(stderr, "hearth: {}\n", problem);
        return 2;
    }
}

}  // namespace

int moderate(const std::filesystem::path& folder, const std::filesystem::path& data, const std::string& topic,
             const std::vector<std::string>& languages) {
    return with_judge(folder, data, [&](moderation::judge& judge) {
        return moderation::run_moderate(std::cin, std::cout, std::cerr, judge, {topic, languages});
    });
}

int evaluate(const std::filesystem::path& folder, const std::filesystem::path& data,
             const std::vector<std::filesystem::path>& inputs, bool json, std::size_t worst) {
    return with_judge(folder, data, [&](moderation::judge& judge) {
        const bool watched = ::isatty(STDERR_FILENO) == 1;
        return moderation::run_evaluate(std::cout, std::cerr, judge, {inputs, json, worst, watched});
    });
}

}  // namespace hearth::app
