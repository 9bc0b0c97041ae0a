// Where the data files and pages are that belong to the program.
#pragma once

#include <filesystem>

namespace hearth::app {

struct assets {
    std::filesystem::path packs, claims, model, locales, crisis, pages;
};

/// Where compiled rule packs are kept between starts: in the data folder if there is one, else with the user's caches
/// ($XDG_CACHE_HOME, ~/.cache); empty when there is neither.
[[nodiscard]] std::filesystem::path cache_folder(const std::filesystem::path& data);

/// Looks in `given`, else beside the program (share/hearth) and where it is installed (../share/hearth); pages also in
/// ../web, where a build puts them. Throws startup_error when packs, claims, model, locales or crisis lines are nowhere.
[[nodiscard]] assets find_assets(const std::filesystem::path& given, const std::filesystem::path& pages);

}  // namespace hearth::app
