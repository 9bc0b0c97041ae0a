// A conversation can slide although no single line would be stopped: four people comparing figures, two urging each other
// on, several turning on one. This listens to one room and says so once, with the lines that made it.
//
// Every line brings how far it leans each way (verdict::leanings). A lean fades with time and with talk, so what is spread
// over a day or over a busy evening adds up to nothing. It knows seqs and ids, no text; it forgets beyond max_lines.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/moment.hpp"
#include "moderation/verdict.hpp"

namespace hearth::moderation {

enum class drift_kind : std::uint8_t {
    numbers,        ///< comparing weights, calories, hours
    restriction,    ///< encouraging each other to eat less, to purge, to train it off
    romanticising,  ///< use as something to long for
    ganging,        ///< several people's hostile lines at one
};
inline constexpr std::size_t drift_kinds = 4;

[[nodiscard]] std::string_view to_string(drift_kind kind) noexcept;
/// The taxonomy's category that a slide of this kind belongs to.
[[nodiscard]] std::string_view category_of(drift_kind kind) noexcept;

struct drift_settings {
    std::chrono::milliseconds half_life = std::chrono::minutes(10);
    double half_lines = 30;         ///< of anybody in the room: benign talk dilutes
    float floor = 0.15F;            ///< leans below it are a classifier's noise
    double author_most = 1.6;       ///< what one person can add: a slide is more than one
    double room_threshold = 2.8;    ///< of all lines of a kind
    double pair_threshold = 2.2;    ///< of the lines between two people
    double target_threshold = 1.2;  ///< of hostile lines of several people at one
    std::size_t least_lines = 4;
    std::size_t least_lines_at_target = 3;
    double unaddressed = 0.5;  ///< of a hostile line that only follows its target's
    std::chrono::milliseconds follows_within = std::chrono::minutes(3);
    double calm = 0.4;  ///< below this part of the threshold the slide has ended …
    std::chrono::milliseconds cool_down = std::chrono::minutes(30);  ///< … and not before this has passed
    std::chrono::milliseconds again_after = std::chrono::hours(6);   ///< one that goes on and on is news again
};

/// One public line.
struct drift_line {
    std::uint64_t seq = 0;
    std::string author;
    std::vector<std::string> addressed;  ///< ids: whom it answers or names
    bool disclosure = false;             ///< its author speaks of their own pain: never counted
    leaning_scores leanings{};
};

struct slide {
    drift_kind kind{};
    std::string about;                 ///< ganging: the id of the one it is aimed at
    std::vector<std::uint64_t> lines;  ///< the newest of those that made it, ascending, at most max_evidence
};

class drift {
public:
    static constexpr std::size_t max_lines = 64;
    static constexpr std::size_t max_evidence = 8;
    static constexpr std::size_t max_targets = 16;

    explicit drift(drift_settings how = {}) : how_(how) {}

    /// Takes one line. Answers what has begun to slide with it: once per slide.
    [[nodiscard]] std::vector<slide> hear(const drift_line& line, moment now);
    /// Its author took it back.
    void forget(std::uint64_t seq);

    /// The room's level of a kind, 0 and up; `ganging` counts every target.
    [[nodiscard]] double level(drift_kind kind, moment now) const;
    [[nodiscard]] std::size_t remembered() const noexcept { return lines_.size(); }

private:
    struct leaning_line {
        std::uint64_t seq = 0;
        std::string author;
        std::vector<std::string> towards;  ///< whom it addresses, else whom it follows
        bool addressed = false;
        std::array<float, drift_kinds> weight{};
        moment at{};
        std::uint64_t number = 0;  ///< of the room's lines
    };
    struct raised {
        drift_kind kind{};
        std::string about;
        moment at{};
    };
    struct sum {
        double level = 0;
        std::size_t lines = 0, authors = 0;
        std::vector<std::uint64_t> seqs;
    };

    template <class Counts>
    [[nodiscard]] sum add_up(drift_kind kind, moment now, Counts counts) const;
    [[nodiscard]] sum all(drift_kind kind, moment now) const;
    [[nodiscard]] sum between(drift_kind kind, moment now, const std::string& a, const std::string& b) const;
    [[nodiscard]] sum at_target(moment now, const std::string& whom) const;
    [[nodiscard]] double fade(const leaning_line& line, moment now) const;
    [[nodiscard]] leaning_line weighed(const drift_line& line, moment now) const;
    void drop_faded(moment now);
    /// Slides that have ended, or gone on for very long, may be told of again.
    void let_go(moment now);
    [[nodiscard]] bool told(drift_kind kind, const std::string& about) const;
    void tell(drift_kind kind, std::string about, sum what, moment now, std::vector<slide>& out);
    void look_at_kind(drift_kind kind, const leaning_line& newest, moment now, std::vector<slide>& out);
    void look_at_targets(const leaning_line& newest, moment now, std::vector<slide>& out);

    drift_settings how_;
    std::deque<leaning_line> lines_;
    std::vector<raised> raised_;
    std::uint64_t heard_ = 0;
    std::string last_speaker_;
    moment last_at_{};
};

}  // namespace hearth::moderation
