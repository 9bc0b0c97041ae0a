// The data that ships, and copies of it to spoil.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "support/temporary_folder.hpp"
#include "texts/catalogue.hpp"
#include "texts/crisis.hpp"
#include "texts/notice.hpp"
#include "texts/toml_file.hpp"

namespace data {

namespace fs = std::filesystem;
inline const fs::path locales = fs::path(HEARTH_SOURCE_DIR) / "server/locales";
inline const fs::path crisis = fs::path(HEARTH_SOURCE_DIR) / "server/crisis";

/// A copy of a folder in which one text is replaced by another; gone with the object.
class spoiled {
public:
    explicit spoiled(const fs::path& original) { fs::copy(original, folder(), fs::copy_options::recursive); }

    void replace(const std::string& file, const std::string& from, const std::string& to) const {
        std::stringstream all;
        all << std::ifstream(folder() / file).rdbuf();
        auto text = all.str();
        const auto at = text.find(from);
        REQUIRE(at != text.npos);
        text.replace(at, from.size(), to);
        std::ofstream(folder() / file) << text;
    }
    const fs::path& folder() const { return folder_.path(); }

private:
    support::temporary_folder folder_;
};

template <class Load>
std::string problems(Load load) {
    try {
        load();
    } catch (const hearth::texts::data_error& e) { return e.what(); }
    return "";
}

}  // namespace data
