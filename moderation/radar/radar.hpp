// A filter is slipped past by spelling: one person writes a term a letter off, others take it up. This hears the words that
// all but are a known term (verdict::near_misses) and suggests those that several people write, for a person to decide.
//
// It keeps words and numbers, never a line; of an author a hash with a salt of this run, to tell people apart. Counts halve
// in a day, so that what nobody writes any more is forgotten by itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "moderation/moment.hpp"
#include "moderation/verdict.hpp"

namespace hearth::moderation {

struct radar_settings {
    std::chrono::milliseconds half_life = std::chrono::hours(24);
    std::chrono::milliseconds usual_half_life = std::chrono::hours(24 * 14);  ///< of what counts as usual
    double least_count = 3;                                                   ///< of a suggestion, faded
    std::size_t least_authors = 2;
    std::chrono::milliseconds author_counts_for = std::chrono::hours(24 * 7);
    double rising = 1.5;                                               ///< times the usual rate …
    std::chrono::milliseconds settled_after = std::chrono::hours(48);  ///< … which is known once it has heard this long
    std::size_t everyday_authors = 6;  ///< so many, in lines with nothing else to them, not rising: an everyday word
    double everyday_clean = 0.9;       ///< part of the lines
    std::size_t most_words = 2'000;
};

/// One near-miss as it was heard. `clean`: nothing at all was found in its line.
struct sighting {
    std::string_view word, term, category, author;
    bool clean = false;
};

/// A spelling to look at, with its evidence.
struct suggestion {
    std::string word;
    std::string term;      ///< what it resembles, as heard last
    std::string category;  ///< of the rule that would have spoken
    double count = 0;      ///< faded
    std::size_t authors = 0;
    bool rising = false;
    moment first_seen{}, last_seen{};
};

class radar {
public:
    static constexpr std::size_t max_authors = 16;     ///< told apart per word; there may be more
    static constexpr std::size_t max_word_bytes = 40;  ///< longer ones are nothing that people spell

    explicit radar(moment began, std::uint64_t salt = 0, radar_settings how = {})
        : how_(how), began_(began), salt_(salt) {}

    void hear(const sighting& what, moment now);
    /// A person has decided on it: it is not counted and not suggested any more.
    void decided(const std::string& word);

    /// Rising ones first, then by count. Also lets go of what has faded.
    [[nodiscard]] std::vector<suggestion> suggestions(moment now);
    [[nodiscard]] std::size_t remembered() const noexcept { return words_.size(); }

private:
    struct author_seen {
        std::uint64_t hash = 0;
        moment at{};
    };
    struct entry {
        std::string term, category;
        double count = 0, usual = 0, clean = 0;  // as of last_seen; `clean` fades with `count`
        moment first_seen{}, last_seen{};
        std::vector<author_seen> authors;
    };
    [[nodiscard]] bool rising(const entry& one, moment now) const;
    [[nodiscard]] std::size_t authors_of(const entry& one, moment now) const;
    void make_room(moment now);

    radar_settings how_;
    moment began_;
    std::uint64_t salt_;
    std::unordered_map<std::string, entry> words_;
    std::unordered_set<std::string> decided_;
};

}  // namespace hearth::moderation
