// The judge: one immutable set of compiled rules shared by all threads, one light judge per thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/verdict.hpp"

namespace hearth::moderation {

class ruleset;  // packs compiled together; immutable, shared between threads

/// Thrown by load_rules: what is wrong in a pack, one "file:line: reason" per entry of `problems`.
struct pack_error {
    std::vector<std::string> problems;
};

/// Reads and compiles every pack under `folder` (`<language>/*.toml`), and the trained classifier's file; without one the
/// rules judge alone. Throws pack_error; never returns half a set.
[[nodiscard]] std::shared_ptr<const ruleset> load_rules(const std::filesystem::path& folder,
                                                        const std::filesystem::path& model_file = {});

/// Content hash of the packs in the set, the version that verdicts carry.
[[nodiscard]] std::string_view version_of(const ruleset& rules) noexcept;

/// Judges messages. Holds scratch memory, so one per thread; cheap to make from a shared ruleset.
class judge {
public:
    explicit judge(std::shared_ptr<const ruleset> rules);
    judge(judge&&) noexcept;
    judge& operator=(judge&&) noexcept;
    ~judge();

    /// Never throws and never says "clean" of what it could not read: invalid UTF-8, text past its bounds or a failing
    /// stage yield publish_and_flag with an "engine.…" signal that says why. Linear in the text's length.
    [[nodiscard]] verdict operator()(std::string_view text, const context& where = {});

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace hearth::moderation
