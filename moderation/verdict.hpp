// What moderation says of one message. Plain values: the server stores them, people read them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::moderation {

/// The first action, from mildest to strictest.
enum class disposition : std::uint8_t { publish, publish_and_flag, hold, block };

/// Care: its author needs something. Harm: others may need shelter from it. They never mix (MODERATION invariants).
enum class lane : std::uint8_t { care, harm };

/// How many categories the taxonomy has (policy/taxonomy.hpp); its ids never change, so neither does their order.
inline constexpr std::size_t taxonomy_size = 21;

/// Per category, 0 to 1: how far a message leans that way, also where nothing was decided. Feeds the room's drift.
using leaning_scores = std::array<float, taxonomy_size>;

/// One finding. `begin`/`end` are UTF-8 byte offsets into the original text, half open.
struct signal {
    std::string category;  ///< taxonomy id
    std::string rule;      ///< rule id, or "engine.…" for what the engine itself found
    std::string voice;     ///< who/when/stance in words, e.g. "self/now/disclosing"
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// A word that no rule, cue or idea knows, one slip from a term (or it with letters doubled), where a rule of severity 3 or 4
/// would speak if it were that term: many a plain word is a letter away from another, and says nothing. No finding by
/// itself; what many such say, the radar hears (radar/radar.hpp).
struct near_miss {
    std::string word;       ///< folded
    std::string term;       ///< as rules name it
    std::string category;   ///< of that rule
    std::size_t begin = 0;  ///< of the word in the original, as in `signal`
    std::size_t end = 0;
};

/// The whole judgement of one message.
struct verdict {
    disposition action = disposition::publish;
    std::optional<std::string> category;   ///< taxonomy id of the leading finding; empty when there is none
    std::optional<moderation::lane> lane;  ///< lane of the leading finding
    bool author_needs_care = false;        ///< a care finding is present, whichever one leads
    int severity = 0;                      ///< 0 (nothing) to 4
    double score = 0;                      ///< 0 to 1: how sure
    bool notice = false;                   ///< the author is told why, kindly
    bool page = false;                     ///< a person on duty is called at once
    std::vector<signal> signals;
    leaning_scores leanings{};
    std::vector<near_miss> near_misses;  ///< at most eight
    std::string pack_version;            ///< content hash of the packs that judged
};

/// What the judge knows of the room a message is for.
struct context {
    std::string_view room_topic = "general";  ///< addiction, eating, mood, trauma, illness, general
    std::vector<std::string> languages;       ///< the room's; they break ties only
    bool author_is_professional = false;      ///< verified by an admin: may speak with clinical authority
    /// The message this one answers: "same", "do it", "how?" mean what it means.
    std::string_view before;
    bool before_unread = false;  ///< there is one, and it could not be read: a person has to look
    /// Its author's last few lines, oldest first, a line each. A short message that says nothing alone is read together
    /// with them; what comes of that is shown to a person, never withheld, and its spans are those in the message.
    std::string_view own_before;
};

[[nodiscard]] std::string_view to_string(disposition value) noexcept;
[[nodiscard]] std::string_view to_string(lane value) noexcept;

}  // namespace hearth::moderation
