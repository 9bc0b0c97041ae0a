// Voice before words: who speaks of whom, when, and with what stance, around one match.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "moderation/rules/pack.hpp"
#include "moderation/signals/program.hpp"
#include "moderation/text/tokens.hpp"
#include "moderation/voice/cue_table.hpp"

namespace hearth::moderation {

enum class person : std::uint8_t { none, self, you, everyone, other };
enum class frame : std::uint8_t { open, past, now, planned };

/// What the words around a match say of it.
struct voice_reading {
    person who = person::none;
    frame when = frame::open;
    bool idiom = false;           ///< the match is part of a fixed phrase that means something else
    int negated = 0;              ///< 0 no, 1 from afar, 2 right before the match
    bool recovering = false;      ///< in the same sentence
    bool recovered_near = false;  ///< in the next or previous one
    bool reported = false;        ///< a cue says that somebody else says it
    bool quoted = false;          ///< between quotation marks
    bool names_reader = false;    ///< the match itself says "you"
    bool tells_of_self = false;   ///< the sentence also speaks of its author, outside the match
    bool refusing = false;
    bool warning = false;
    bool question = false;
    bool asks = false;  ///< a cue, not only a question mark, says that it wants to know
    bool asking_help = false;
    bool concern = false;
    bool encouraging = false;
    bool instructing = false;
    bool selling = false;
};

/// Where a match stands, for reading its voice.
struct voice_place {
    const token_list& words;
    const std::vector<cue_hit>& cues;  ///< all of the message, ascending
    language_mask languages;           ///< cues of these count: the rule's language and the message's
};

[[nodiscard]] voice_reading read_voice(const voice_place& place, const word_span& match, rule_voice expects);

/// "who/when/stance", as verdicts and people see it: "self/now/disclosing", "other/open/concern".
[[nodiscard]] std::string to_string(const voice_reading& voice);

}  // namespace hearth::moderation
