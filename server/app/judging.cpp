// `hearth moderate`: the judge alone, for lines from a file.
#include <fmt/core.h>

#include <iostream>

#include "app/assets.hpp"
#include "app/commands.hpp"
#include "core/startup_error.hpp"
#include "moderation/command.hpp"
#include "moderation/engine.hpp"

namespace hearth::app {

int moderate(const std::filesystem::path& folder, const std::string& topic, const std::vector<std::string>& languages) {
    const auto found = find_assets(folder, {});
    try {
        moderation::judge judge(moderation::load_rules(found.packs, found.claims));
        std::ios::sync_with_stdio(false);
        return moderation::run_moderate(std::cin, std::cout, std::cerr, judge, {topic, languages});
    } catch (const moderation::pack_error& e) {
        for (const auto& problem : e.problems) fmt::print(stderr, "hearth: {}\n", problem);
        return 2;
    }
}

}  // namespace hearth::app
