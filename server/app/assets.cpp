#include "app/assets.hpp"

#include <cstdlib>
#include <vector>

#include "core/startup_error.hpp"

namespace hearth::app {

namespace fs = std::filesystem;

fs::path cache_folder(const fs::path& data) {
    std::error_code error;
    if (fs::is_directory(data, error)) return data / "cache";
    const auto of = [](const char* name) {
        const char* value = std::getenv(name);
        return fs::path(value != nullptr ? value : "");
    };
    if (const auto given = of("XDG_CACHE_HOME"); given.is_absolute()) return given / "hearth";
    if (const auto home = of("HOME"); home.is_absolute()) return home / ".cache/hearth";
    return {};
}

assets find_assets(const fs::path& given, const fs::path& pages) {
    std::error_code error;
    const auto program = fs::read_symlink("/proc/self/exe", error).parent_path();
    const auto places = given.empty() ? std::vector<fs::path>{program / "share/hearth", program / "../share/hearth"}
                                      : std::vector<fs::path>{given};
    for (const auto& place : places) {
        if (!fs::is_directory(place / "packs", error)) continue;
        assets found{place / "packs",   place / "claims", place / "model/hearth.model",
                     place / "locales", place / "crisis", pages};
        for (const auto& folder : {found.claims, found.locales, found.crisis})
            if (!fs::is_directory(folder, error)) throw startup_error("--assets: " + folder.string() + " is missing");
        if (!fs::is_regular_file(found.model, error))
            throw startup_error("--assets: " + found.model.string() + " is missing");
        if (pages.empty())
            for (const auto& web : {place / "web", program / "../web"})
                if (found.pages.empty() && fs::exists(web / "index.html", error)) found.pages = web;
        return found;
    }
    throw startup_error("--assets: no packs in " + places.front().string() +
                        "; name the folder that holds packs, claims, model, locales and crisis");
}

}  // namespace hearth::app
