// The judge: one immutable set of compiled rules shared by all threads, one light judge per thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/claims.hpp"
#include "moderation/verdict.hpp"

namespace hearth::moderation {

class ruleset;   // packs compiled together; immutable, shared between threads
class variants;  // text/variants.hpp

/// Thrown by load_rules: what is wrong in a pack, one "file:line: reason" per entry of `problems`.
struct pack_error {
    std::vector<std::string> problems;
};

/// What a judge knows is read from here.
struct knowledge_files {
    std::filesystem::path packs;     ///< `<language>/*.toml`
    std::filesystem::path model;     ///< the trained classifier; empty: the rules judge alone
    std::filesystem::path cache;     ///< folder for compiled packs; empty: they are compiled at every start
    std::filesystem::path claims{};  ///< `*.toml`, what is often said and not true; empty: no claims
};

/// Reads and compiles. Throws pack_error; never returns half a set.
[[nodiscard]] std::shared_ptr<const ruleset> load_rules(const knowledge_files& from);

/// Content hash of the packs in the set, the version that verdicts carry.
[[nodiscard]] std::string_view version_of(const ruleset& rules) noexcept;
/// The claims it recognises; they live as long as the set.
[[nodiscard]] const claim_book& claims_of(const ruleset& rules) noexcept;

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

    /// From now on these spellings are read as their terms, instead of those given before.
    void read_as(std::shared_ptr<const variants> accepted);
    [[nodiscard]] std::shared_ptr<const variants> read_as() const;

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace hearth::moderation
