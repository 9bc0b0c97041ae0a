// The commands beside `serve`: they open the data, do one thing and say what they did. A running server sees it at once.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "app/options.hpp"

namespace hearth::app {

/// "90", "15m", "12h", "7d", "4w": seconds. Throws startup_error naming `option`.
[[nodiscard]] std::chrono::seconds parse_duration(const std::string& text, const std::string& option);

// Each returns the exit status: 0 done, 1 refused, with one line that says why.
int add_room(const room_options& what);
int add_user(const user_options& what);
int add_invite(const invite_options& what);
int erase_user(const storage& where, const std::string& name);
int verify_audit(const storage& where);
int backup(const storage& where, const std::filesystem::path& file);
int restore(const storage& where, const std::filesystem::path& file);
/// `from`: sqlite:DIR; `to`: an empty Redis (docs/OPERATIONS.md). 1: what arrived is not what was sent.
int migrate(const std::string& from, const std::string& to);
int evaluate(const std::filesystem::path& assets, const std::filesystem::path& data,
             const std::vector<std::filesystem::path>& inputs, bool json, std::size_t worst);
int moderate(const std::filesystem::path& assets, const std::filesystem::path& data, const std::string& topic,
             const std::vector<std::string>& languages);
int lint_packs(const pack_options& what);  ///< 1: something is wrong in them
int show_packs(const pack_options& what);  ///< 1: nothing is called so
int diff_packs(const pack_options& what);  ///< 1: they differ
int try_packs(const pack_options& what);

}  // namespace hearth::app
