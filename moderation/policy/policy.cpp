#include "moderation/policy/policy.hpp"

#include <algorithm>
#include <cmath>

namespace hearth::moderation {
namespace {

constexpr std::size_t max_signals = 64;

constexpr disposition lower(disposition action, int steps) noexcept {
    return static_cast<disposition>(std::max(0, static_cast<int>(action) - steps));
}
constexpr disposition at_most(disposition action, disposition bound) noexcept { return std::min(action, bound); }
constexpr disposition at_least(disposition action, disposition bound) noexcept { return std::max(action, bound); }

bool is_care(const finding& one) noexcept { return taxonomy[one.category].lane == lane::care; }

bool pushes(const voice_reading& voice) noexcept { return voice.encouraging || voice.instructing || voice.selling; }

// Asking whether something is true is not claiming it, unless it is asked at somebody ("why don't you just stop?"). Asking
// where to buy, or someone's age, is the harm itself.
bool only_asks(const finding& one) noexcept {
    static constexpr std::array claims{category("misinfo.withdrawal"), category("misinfo.medication"),
                                       category("misinfo.cure"), category("misinfo.illness")};
    if (one.category == category("solicitation")) return one.voice.asks && !pushes(one.voice);
    if (one.voice.who == person::you || one.voice.who == person::everyone) return false;
    if (one.category == category("eating.promotion")) return one.voice.asks;  // "what is …?"; "… anyone?" seeks company
    return one.voice.question && std::find(claims.begin(), claims.end(), one.category) != claims.end();
}

// What somebody else does ("my sister follows those pages") is told, not done. A cure that somebody else had is the claim.
bool own_act(category_index which) noexcept {
    return which == category("eating.promotion") || which == category("drugs.glorification") ||
           which == category("drugs.sourcing");
}

// "Don't trust your methadone": these claims come dressed as warnings.
bool warns_by_nature(category_index which) noexcept {
    return which == category("misinfo.medication") || which == category("misinfo.illness");
}

// Aimed at others, so that its author's own trouble does not shelter it.
bool aimed_at_others(const finding& one) noexcept {
    return one.voice.who == person::you || one.voice.who == person::everyone || pushes(one.voice) ||
           (one.expects == rule_voice::you && one.voice.who != person::self);
}

// How many steps the voice takes a harm finding down.
int harm_steps(const finding& one) noexcept {
    const auto& voice = one.voice;
    const bool blocks = taxonomy[one.category].action == disposition::block;
    const bool own_past = voice.when == frame::past && voice.who != person::you && voice.who != person::everyone;
    int steps = 0;
    if (voice.negated > 0) steps += voice.negated;
    if (voice.quoted) steps += 1;
    // Told to somebody who tells it here: the speaker is a witness. Said of nobody: perhaps a cover.
    if (voice.reported) steps += blocks && voice.tells_of_self ? 2 : 1;
    if (voice.refusing) steps += blocks ? 2 : 1;
    if (voice.warning && !warns_by_nature(one.category)) steps += blocks ? 2 : 1;
    if (voice.concern) steps += blocks ? 2 : 1;
    if (!pushes(voice)) {
        if (own_past) steps += blocks ? 2 : 1;
        if (voice.recovering)
            steps += blocks ? 2 : 1;
        else if (voice.recovered_near)
            steps += 1;
    }
    if (only_asks(one)) steps += blocks ? 2 : 1;
    if (voice.who == person::other && own_act(one.category)) steps += 1;
    if (one.expects == rule_voice::you && voice.who == person::self) steps += 2;  // hard words to oneself attack nobody
    if (one.expects == rule_voice::self && voice.who == person::other) steps += 1;
    return steps;
}

// Care findings only ever publish; the question is whether somebody must come, and how fast.
weighed weigh_care(const finding& one) {
    const auto& info = taxonomy[one.category];
    const auto& voice = one.voice;
    weighed result{info.action, info.severity, info.notice, info.page, false, false};
    const bool over =
        (voice.when == frame::past || voice.recovering) && voice.when != frame::now && voice.when != frame::planned;
    const bool denied = voice.negated > 0 || voice.refusing;
    const bool told = voice.reported && (voice.quoted || voice.who == person::other);
    if (over || denied || told) {
        result.lowered = true;
        result.page = false;
        // Danger is mostly told of by a friend: words that somebody else said still put it before a person.
        const bool only_told = !over && !denied;
        if (info.severity < (only_told ? 3 : 4)) {
            result.action = lower(result.action, 1);
            result.notice = false;
        }
    }
    const bool about_another = voice.who == person::other || voice.concern;
    if (about_another && one.category != category("overdose.emergency")) {
        result.lowered = true;
        result.page = result.page && info.severity == 4;
    }
    if (one.weak || voice.warning) result.page = false;
    result.dropped = result.action == disposition::publish && !result.notice;
    return result;
}

// The classifier's finding: `weak` is all but sure of the category, so it flags and calls nobody at once.
weighed weigh_learned(const finding& one) {
    const auto& info = taxonomy[one.category];
    weighed result{info.action, info.severity, info.notice, info.page, false, false};
    if (one.weak) {
        result.action = std::clamp(result.action, disposition::publish, disposition::publish_and_flag);
        result.page = false;
        if (info.lane == lane::harm && info.action != disposition::publish) result.notice = false;
    } else {
        result.action = at_most(result.action, disposition::hold);
    }
    return result;
}

double confidence(const finding& one, const weighed& by) {
    if (one.learned) return one.probability;
    double score = one.weak ? 0.45 : 0.75 + 0.04 * static_cast<double>(taxonomy[one.category].severity);
    if (one.nudge) score = 0.6;
    if (by.lowered) score *= 0.6;
    return score;
}

// How far a message leans by one finding, also where its voice or its weakness left nothing to act on. Who says no to
// it, warns of it or has left it behind leans nowhere.
float leaning(const finding& one, const weighed& by) {
    const auto& voice = one.voice;
    if (voice.idiom || voice.negated > 0 || voice.refusing || voice.warning || voice.recovering) return 0;
    return by.dropped ? 0.2F : static_cast<float>(confidence(one, by));
}

struct ranked {
    const finding* what;
    weighed by;
};

bool leads(const ranked& a, const ranked& b) {
    const auto key = [](const ranked& r) {
        return std::tuple(r.by.action, r.by.severity, !r.by.lowered, taxonomy[r.what->category].care, r.by.notice);
    };
    return key(a) > key(b);
}

// Two different weak rules of one category, or a weak one beside a strong one, are no longer weak.
bool confirmed(const finding& one, const std::vector<finding>& all) {
    return std::any_of(all.begin(), all.end(), [&](const finding& other) {
        return other.category == one.category && other.rule != one.rule && !other.learned && harm_steps(other) == 0 &&
               (other.end <= one.begin || one.end <= other.begin);
    });
}

// The same words are a command ("cut") and a confession ("i cut"): where a disclosure covers them and no reader is named,
// they are the confession.
bool is_the_disclosure_itself(const finding& harm, const std::vector<ranked>& all) {
    if (harm.expects != rule_voice::you || harm.voice.names_reader) return false;
    return std::any_of(all.begin(), all.end(), [&](const ranked& r) {
        return is_care(*r.what) && r.what->voice.who == person::self && r.what->begin < harm.end &&
               harm.begin < r.what->end;
    });
}

// A person who speaks of their own pain is heard: what is not aimed at others is not withheld for it.
void shelter_disclosures(std::vector<ranked>& all) {
    const bool disclosed = std::any_of(
        all.begin(), all.end(), [](const ranked& r) { return is_care(*r.what) && r.what->voice.who == person::self; });
    const bool care = std::any_of(all.begin(), all.end(), [](const ranked& r) { return is_care(*r.what); });
    for (auto& one : all) {
        if (is_care(*one.what)) continue;
        const bool own_trouble = disclosed && one.by.severity <= 3 && !aimed_at_others(*one.what);
        if (own_trouble || is_the_disclosure_itself(*one.what, all)) {
            one.by.action = at_most(one.by.action, disposition::publish_and_flag);
            one.by.lowered = true;
        }
        if (care) one.by.action = at_most(one.by.action, disposition::hold);
    }
}

// Words that a rule knows withhold a message only if the whole of it reads so too; what it does not share still goes
// before a person. What rules find in a message that as a whole asks for nobody is noise, unless lives may hang on it:
// severity 4 and a wish to die are shown whatever the classifier thinks. So is other plain pain of one's own, unless it is
// all but sure.
void hear(const second_opinion& other, const finding& one, bool twice, weighed& by) {
    const auto& info = taxonomy[one.category];
    if (!asks_for_a_person(one.category)) {
        by.dropped = by.dropped || other.no_figure;
        return;
    }
    const bool life = info.severity == 4 || (info.severity == 3 && info.lane == lane::care);
    const bool grave = info.severity == 3 && !by.lowered && !other.nothing;
    const bool pain = info.lane == lane::care && !by.lowered && !other.surely_nothing;
    const bool plain = !one.weak && (life || grave || pain);
    // The classifier judges the words; what an answer takes over from the message before it is not in them.
    const bool echoed = one.rule.starts_with("engine.echo.");
    if (echoed) by.action = at_most(by.action, disposition::hold);
    if (!other.harmful && !echoed && by.action >= disposition::hold) {
        // Where lives may hang on it, two who agree are enough, short of certainty, and elsewhere three: the classifier
        // and two rules in two places. Not where it may be a confession.
        const bool enough = info.severity == 4 || twice;
        const bool borne_out = other.leans_to == one.category && enough && !info.care && !one.weak && !by.lowered;
        by.action = borne_out ? disposition::hold : disposition::publish_and_flag;
        if (!borne_out) {
            by.notice = by.page = false;
            by.lowered = true;
        }
    }
    const bool doubtful = info.severity == 4 && by.lowered && !other.nothing;  // voice never erases what may kill
    if (other.harmless && !plain && !doubtful && !echoed && !one.nudge) by.dropped = true;
}

}  // namespace

weighed weigh(const finding& one, bool strong) {
    const auto& info = taxonomy[one.category];
    if (one.learned) return weigh_learned(one);
    if (one.voice.idiom) return {.dropped = true};
    if (info.lane == lane::care) return weigh_care(one);
    weighed result{info.action, info.severity, info.notice, info.page, false, false};
    if (one.nudge) {
        result = {disposition::publish, std::min(info.severity, 2), true, false, false, false};
        return result;
    }
    // A figure triggers whoever says it of whenever.
    const auto steps = one.category == category("eating.numbers") ? 0 : harm_steps(one);
    if (steps > 0) {
        result.lowered = true;
        result.page = false;
        result.action = lower(result.action, steps);
        if (info.severity == 4) result.action = at_least(result.action, disposition::publish_and_flag);
        if (info.action == disposition::publish) result.dropped = true;
    }
    if (one.weak && !strong) {
        result.action = at_most(result.action, disposition::publish_and_flag);
        result.page = false;
    }
    if (result.action < disposition::hold && info.action >= disposition::hold) result.notice = false;
    if (result.action == disposition::publish && !result.notice) result.dropped = true;
    return result;
}

verdict decide(const std::vector<finding>& findings, const context& where, const second_opinion& other) {
    std::vector<ranked> all;
    verdict result;
    for (const auto& one : findings) {
        if (where.author_is_professional && one.category == category("impersonation")) continue;
        auto by = weigh(one, one.weak && confirmed(one, findings));
        const auto before = by;
        if (!one.learned) hear(other, one, confirmed(one, findings), by);
        auto& leans = result.leanings[one.category];
        if (!by.dropped || !other.nothing) leans = std::max(leans, leaning(one, before));  // a room may slide on hints
        if (!by.dropped) all.push_back({&one, by});
    }
    if (all.empty()) return result;
    shelter_disclosures(all);
    std::stable_sort(all.begin(), all.end(), leads);
    const auto& first = all.front();
    const auto& info = taxonomy[first.what->category];
    result.action = first.by.action;
    result.category = std::string(info.id);
    result.lane = info.lane;
    result.severity = first.by.severity;
    double doubt = 1;
    std::vector<std::string_view> counted;
    for (const auto& one : all) {
        result.notice = result.notice || one.by.notice || one.by.action >= disposition::hold;
        result.page = result.page || one.by.page;
        result.author_needs_care = result.author_needs_care || taxonomy[one.what->category].care;
        const bool fresh = std::find(counted.begin(), counted.end(), one.what->rule) == counted.end();
        if (fresh && one.what->category == first.what->category) {
            doubt *= 1 - confidence(*one.what, one.by);
            counted.push_back(one.what->rule);
        }
        if (result.signals.size() < max_signals) {
            result.signals.push_back({std::string(taxonomy[one.what->category].id), std::string(one.what->rule),
                                      to_string(one.what->voice), one.what->begin, one.what->end});
        }
    }
    result.score = std::round((1 - doubt) * 1000) / 1000;
    return result;
}

void raise_for_a_person(verdict& of, std::string_view reason, std::size_t begin, std::size_t end) {
    of.action = at_least(of.action, disposition::publish_and_flag);
    of.severity = std::max(of.severity, 1);
    of.score = std::max(of.score, 0.5);
    if (!of.lane) of.lane = lane::harm;
    of.signals.push_back({std::string(reason), std::string(reason), "none/open/stating", begin, end});
}

}  // namespace hearth::moderation
