#include "moderation/voice/voice.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace hearth::moderation {
namespace {

constexpr std::uint32_t negation_reach = 6;  // words between a negation and what it negates
constexpr std::uint32_t close_negation = 2;
constexpr std::uint32_t earshot = 40;  // cues further off say nothing of a match; bounds the work per match

bool is_person(cue kind) noexcept {
    return kind == cue::self || kind == cue::you || kind == cue::everyone || kind == cue::other;
}

person person_of(cue kind) noexcept {
    switch (kind) {
        case cue::self: return person::self;
        case cue::you: return person::you;
        case cue::everyone: return person::everyone;
        case cue::other: return person::other;
        default: return person::none;
    }
}

// One reading: the cues of the sentence sorted out by where they stand.
class reader {
public:
    reader(const voice_place& place, const word_span& match, rule_voice expects)
        : place_(place),
          match_(match),
          expects_(expects),
          index_(place.words.tokens[match.first].sentence),
          sentence_(place.words.sentences[index_]) {
        const auto next =
            index_ + 1 < place_.words.sentences.size() ? place_.words.sentences[index_ + 1].last : sentence_.last;
        const auto previous = index_ > 0 ? place_.words.sentences[index_ - 1].first : sentence_.first;
        for (const auto& one : place_.cues) {
            if ((one.language & place_.languages) == 0) continue;
            if (one.kind == cue::asking_help) result_.asking_help = true;
            if (one.first < previous || one.last > next) continue;
            if (one.last + earshot < match_.first || one.first > match_.last + earshot) continue;
            if (one.first >= sentence_.first && one.last <= sentence_.last)
                here_.push_back(&one);
            else
                near(one);
        }
    }

    voice_reading run() {
        drop_nested_people();
        find_clauses();
        for (const auto* one : here_) take(*one);
        result_.question = result_.question || sentence_.question;
        for (auto at = match_.first; at < match_.last; ++at)
            result_.quoted = result_.quoted || place_.words.tokens[at].quoted;
        result_.names_reader = match_names(cue::you) || match_names(cue::everyone);
        result_.who = who();
        return result_;
    }

private:
    void near(const cue_hit& one) {
        switch (one.kind) {
            case cue::recovering: result_.recovered_near = true; break;
            case cue::refusing: result_.refusing = true; break;
            case cue::warning: result_.warning = true; break;
            default: break;
        }
    }

    // "my sister" is somebody else although "my" is the author.
    void drop_nested_people() {
        std::erase_if(here_, [&](const cue_hit* small) {
            if (!is_person(small->kind)) return false;
            return std::any_of(here_.begin(), here_.end(), [&](const cue_hit* big) {
                return is_person(big->kind) && big->first <= small->first && big->last >= small->last &&
                       big->last - big->first > small->last - small->first;
            });
        });
    }

    void find_clauses() {
        for (const auto* one : here_) {
            if (one->kind == cue::clause_word && !covers(*one)) starts_.push_back(one->first);
        }
    }

    [[nodiscard]] std::size_t clause(std::uint32_t word) const {
        const auto words =
            static_cast<std::size_t>(std::count_if(starts_.begin(), starts_.end(), [&](auto s) { return s <= word; }));
        return place_.words.tokens[word].clause * 64U + std::min<std::size_t>(words, 63);
    }

    [[nodiscard]] bool inside(std::uint32_t word) const noexcept { return word >= match_.first && word < match_.last; }

    [[nodiscard]] bool named(std::uint32_t word) const noexcept {
        return inside(word) && ((match_.skipped >> (word - match_.first)) & 1U) == 0;
    }

    // A cue made of words that the rule itself names says nothing new. One that begins before the match and runs into it
    // does ("don't want" before "want to die"), unless only its subject stands outside ("i don't"); one that begins in it
    // and runs on does ("… my number" and "number is fake"), unless it would negate what it is part of.
    [[nodiscard]] bool covers(const cue_hit& one) const {
        std::uint32_t own = 0;
        for (auto at = one.first; at < one.last; ++at) own += named(at) ? 1 : 0;
        if (own == 0) return false;
        if (own == one.last - one.first) return true;
        if (inside(one.first)) return one.kind == cue::negation || one.last <= match_.last;
        return std::any_of(here_.begin(), here_.end(), [&](const cue_hit* who) {
            return is_person(who->kind) && who->first == one.first && (who->last == one.last || named(who->last));
        });
    }

    void take(const cue_hit& one) {
        if (one.kind == cue::idiom) {
            // One that runs on past the match gives its words another end; a small one within it ("cried, hung up") does not.
            const auto first = std::max(one.first, match_.first), last = std::min(one.last, match_.last);
            const bool most = first < last && (last - first) * 2 >= match_.last - match_.first;
            const bool runs_on = first < last && (one.last > match_.last || one.first < match_.first);
            result_.idiom = result_.idiom || most || runs_on;
            return;
        }
        if (is_person(one.kind)) {
            if (one.kind == cue::self && !inside(one.first)) result_.tells_of_self = true;
            return;
        }
        if (covers(one)) return;
        switch (one.kind) {
            case cue::negation: negation(one); break;
            case cue::past: result_.when = result_.when == frame::open ? frame::past : result_.when; break;
            case cue::now: result_.when = result_.when == frame::planned ? frame::planned : frame::now; break;
            case cue::planned: result_.when = frame::planned; break;
            case cue::recovering: result_.recovering = true; break;
            case cue::quoting: result_.reported = true; break;
            case cue::refusing: result_.refusing = true; break;
            case cue::warning: result_.warning = true; break;
            case cue::questioning: result_.question = result_.asks = true; break;
            case cue::concern: result_.concern = true; break;
            case cue::encouraging: result_.encouraging = true; break;
            case cue::instructing: result_.instructing = true; break;
            case cue::selling: result_.selling = true; break;
            default: break;
        }
    }

    void negation(const cue_hit& one) {
        const bool guarded = std::any_of(here_.begin(), here_.end(), [&](const cue_hit* guard) {
            return guard->kind == cue::not_negation && guard->first <= one.first && guard->last >= one.last;
        });
        if (guarded) return;
        if (inside(one.first)) {  // in a gap of the rule
            result_.negated = std::max(result_.negated, 2);
            return;
        }
        if (one.first >= match_.last || clause(one.first) != clause(match_.first)) return;
        const auto distance = match_.first > one.last ? match_.first - one.last : 0;
        if (distance > negation_reach) return;
        // A new subject ends its reach ("I'm not ok I want to die"), unless a whole frame reaches over it ("don't think I …").
        const auto& last_word = place_.words.tokens[one.last - 1];
        const bool whole_frame = one.last - one.first >= 2 && last_word.end - last_word.begin > 1 && distance <= 2;
        if (!whole_frame) {
            const bool restarts = std::any_of(here_.begin(), here_.end(), [&](const cue_hit* who) {
                return is_person(who->kind) && who->first >= one.last && who->first <= match_.first;
            });
            if (restarts) return;
        }
        result_.negated = std::max(result_.negated, distance <= close_negation ? 2 : 1);
    }

    [[nodiscard]] bool match_names(cue kind) const {
        return std::any_of(here_.begin(), here_.end(),
                           [&](const cue_hit* one) { return one->kind == kind && inside(one->first); });
    }

    // The person named last before the match, in its clause or else in its sentence.
    [[nodiscard]] const cue_hit* before(bool same_clause) const {
        const cue_hit* found = nullptr;
        for (const auto* one : here_) {
            if (!is_person(one->kind) || one->last > match_.first) continue;
            if (same_clause && clause(one->first) != clause(match_.first)) continue;
            found = one;
        }
        return found;
    }

    [[nodiscard]] const cue_hit* after() const {
        for (const auto* one : here_) {
            if (is_person(one->kind) && one->first >= match_.last && clause(one->first) == clause(match_.last - 1))
                return one;
        }
        return nullptr;
    }

    [[nodiscard]] person who() const {
        static constexpr std::array order{cue::self, cue::you, cue::everyone, cue::other};
        if (expects_ == rule_voice::self && match_names(cue::self)) return person::self;
        if (expects_ == rule_voice::you) {
            if (result_.names_reader) return person::you;
            for (const auto kind : {cue::self, cue::other}) {
                if (match_names(kind)) return person_of(kind);
            }
            const auto* near = before(true);
            const bool other = near != nullptr && near->kind == cue::other && match_.first - near->last <= 3;
            return other ? person::other : person::you;
        }
        for (const auto kind : order) {
            if (match_names(kind)) return person_of(kind);
        }
        if (const auto* one = before(true)) return person_of(one->kind);
        if (const auto* one = before(false)) return person_of(one->kind);
        if (expects_ == rule_voice::self) return person::self;
        if (expects_ == rule_voice::other) return person::other;
        if (const auto* one = after()) return person_of(one->kind);
        return person::none;
    }

    const voice_place& place_;
    const word_span& match_;
    rule_voice expects_;
    std::size_t index_;
    sentence sentence_;
    std::vector<const cue_hit*> here_;
    std::vector<std::uint32_t> starts_;
    voice_reading result_;
};

}  // namespace

voice_reading read_voice(const voice_place& place, const word_span& match, rule_voice expects) {
    return reader(place, match, expects).run();
}

std::string to_string(const voice_reading& voice) {
    static constexpr std::array<std::string_view, 5> people{"none", "self", "you", "everyone", "other"};
    static constexpr std::array<std::string_view, 4> frames{"open", "past", "now", "planned"};
    std::string_view stance = voice.who == person::self ? "disclosing" : "stating";
    // The most telling one is shown; policy reads them all.
    if (voice.question) stance = "questioning";
    if (voice.asking_help) stance = "asking_help";
    if (voice.encouraging) stance = "encouraging";
    if (voice.instructing) stance = "instructing";
    if (voice.selling) stance = "selling";
    if (voice.concern || (voice.who == person::other && stance == "stating")) stance = "concern";
    if (voice.recovering || voice.recovered_near) stance = "recovering";
    if (voice.warning) stance = "warning";
    if (voice.reported || voice.quoted) stance = "quoting";
    if (voice.refusing || voice.negated > 0) stance = "refusing";
    return std::string(people[static_cast<std::size_t>(voice.who)]) + "/" +
           std::string(frames[static_cast<std::size_t>(voice.when)]) + "/" + std::string(stance);
}

}  // namespace hearth::moderation
