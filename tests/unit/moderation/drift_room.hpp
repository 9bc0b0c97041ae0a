// A room that is spoken into, for the drift's tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "moderation/drift/drift.hpp"
#include "moderation/policy/taxonomy.hpp"

namespace hearth::moderation::testing {

using namespace std::chrono_literals;

inline const moment start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + 9h};

/// A room that is spoken into; every line has the next seq.
struct room {
    drift watch;
    moment now = start;
    std::uint64_t seq = 0;

    explicit room(drift_settings how = {}) : watch(how) {}

    std::vector<slide> say(std::string_view author, std::string_view category, float leaning,
                           std::vector<std::string> addressed = {}, bool disclosure = false) {
        drift_line line;
        line.seq = ++seq;
        line.author = author;
        line.addressed = std::move(addressed);
        line.disclosure = disclosure;
        if (!category.empty()) line.leanings[find_category(category).value()] = leaning;
        return watch.hear(line, now);
    }
    std::vector<slide> chat(std::string_view author) { return say(author, "", 0); }
};

}  // namespace hearth::moderation::testing
