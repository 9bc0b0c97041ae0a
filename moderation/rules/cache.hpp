// Compiled packs on disk, so that a start takes a fraction of a second instead of seconds. A cache file is only ever an
// image of packs with the same content: any doubt about it means compiling again.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "moderation/rules/ruleset.hpp"

namespace hearth::moderation {

/// The compiled packs of this version, or null: there is no file, or it is damaged, of another build or another machine.
[[nodiscard]] std::shared_ptr<ruleset> read_cache(const std::filesystem::path& folder, const std::string& version);

/// Writes beside and renames, so that no reader meets half a file; removes files of other versions. What goes wrong is left
/// so: the next start compiles again.
void write_cache(const std::filesystem::path& folder, ruleset& rules);

}  // namespace hearth::moderation
