// What a judge is worth on labelled lines, by the measures that matter for the people in the room: who was seen, who was
// silenced, how much noise there was. Pure counting.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "moderation/evaluation/labelled.hpp"

namespace hearth::moderation {

/// Successes among trials, with the 95 % interval of Wilson (1927), which holds for few trials too.
struct proportion {
    std::size_t hits = 0;
    std::size_t of = 0;
    void add(bool hit) noexcept {
        hits += hit ? 1 : 0;
        ++of;
    }
    [[nodiscard]] double rate() const noexcept {
        return of == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(of);
    }
    [[nodiscard]] double low() const noexcept;
    [[nodiscard]] double high() const noexcept;
};

/// Surfaced: put before a person, or its author was nudged.
[[nodiscard]] bool surfaced(const verdict& of) noexcept;
/// Silenced: the room does not see it, for now or for good.
[[nodiscard]] bool silenced(const verdict& of) noexcept;

/// The figures of one language (or of all together).
struct measures {
    proportion surfaced_all;      ///< harm and care lines
    proportion surfaced_grave;    ///< those of severity 3 and 4
    proportion surfaced_oblique;  ///< those without the obvious words
    proportion silenced_benign;
    proportion silenced_care;  ///< disclosures held or blocked: must be none
    proportion noise_ordinary;
    proportion noise_twins;
    proportion evasion;  ///< surfaced disguised copies of the harm and care lines that were surfaced plain
    std::array<proportion, taxonomy.size()> surfaced_of{};  ///< per category
    std::array<proportion, taxonomy.size()> noise_of{};     ///< its twins
    /// [right category][category given], among surfaced lines.
    std::array<std::array<std::size_t, taxonomy.size()>, taxonomy.size()> confusion{};

    /// Mean of the categories' F1 among the surfaced lines; categories without lines are left out.
    [[nodiscard]] double macro_f1() const;
    /// F1 of one category, or a negative number when no line was of it.
    [[nodiscard]] double f1(std::size_t category) const;
};

/// A line that went wrong, for people to read.
struct wrong_line {
    labelled_line line;
    verdict given;
    std::string what;  ///< "missed", "noise", "silenced", "silenced disclosure"
};

class tally {
public:
    void add(const labelled_line& line, const verdict& given);
    void add_disguised(const labelled_line& line, const verdict& plain, const verdict& disguised);

    [[nodiscard]] const std::map<std::string, measures>& by_language() const noexcept { return by_language_; }
    /// Worst first: silenced disclosures, silenced benign lines, missed by severity, noise.
    [[nodiscard]] std::vector<wrong_line> worst(std::size_t most) const;

private:
    std::map<std::string, measures> by_language_;
    std::vector<wrong_line> wrong_;
};

}  // namespace hearth::moderation
