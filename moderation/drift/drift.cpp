#include "moderation/drift/drift.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "moderation/policy/taxonomy.hpp"

namespace hearth::moderation {
namespace {

constexpr double faded = 1.0 / 16;
constexpr float sheltering = 0.3F;  // a lean this far towards care is a disclosure, whatever else is in the line
constexpr std::size_t max_addressed = 4;

constexpr std::size_t index(drift_kind kind) noexcept { return static_cast<std::size_t>(kind); }

float leans(const leaning_scores& by, drift_kind kind) {
    if (kind == drift_kind::ganging) return std::max(by[category("harassment")], by[category("selfharm.incitement")]);
    return by[find_category(category_of(kind)).value()];
}

bool discloses(const drift_line& line) {
    if (line.disclosure) return true;
    for (std::size_t i = 0; i < taxonomy.size(); ++i) {
        if (taxonomy[i].lane == lane::care && line.leanings[i] >= sheltering) return true;
    }
    return false;
}

bool holds(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

std::string_view to_string(drift_kind kind) noexcept {
    switch (kind) {
        case drift_kind::numbers: return "numbers";
        case drift_kind::restriction: return "restriction";
        case drift_kind::romanticising: return "romanticising";
        case drift_kind::ganging: return "ganging";
    }
    return "numbers";
}

std::string_view category_of(drift_kind kind) noexcept {
    switch (kind) {
        case drift_kind::numbers: return "eating.numbers";
        case drift_kind::restriction: return "eating.promotion";
        case drift_kind::romanticising: return "drugs.glorification";
        case drift_kind::ganging: return "harassment";
    }
    return "eating.numbers";
}

double drift::fade(const leaning_line& line, moment now) const {
    const auto passed = std::max(std::chrono::milliseconds(0), now - line.at);
    const double lives = static_cast<double>(passed.count()) / static_cast<double>(how_.half_life.count());
    return std::exp2(-lives - static_cast<double>(heard_ - line.number) / how_.half_lines);
}

template <class Counts>
drift::sum drift::add_up(drift_kind kind, moment now, Counts counts) const {
    sum result;
    std::map<std::string_view, double> by_author;
    for (const auto& line : lines_) {
        const double part = line.weight[index(kind)] == 0 ? 0 : counts(line);
        if (part == 0) continue;
        by_author[line.author] += line.weight[index(kind)] * part * fade(line, now);
        result.seqs.push_back(line.seq);
    }
    for (const auto& [author, level] : by_author) result.level += std::min(level, how_.author_most);
    result.authors = by_author.size();
    result.lines = result.seqs.size();
    return result;
}

drift::sum drift::all(drift_kind kind, moment now) const {
    return add_up(kind, now, [](const leaning_line&) { return 1.0; });
}

drift::sum drift::between(drift_kind kind, moment now, const std::string& a, const std::string& b) const {
    return add_up(kind, now, [&](const leaning_line& line) {
        const bool theirs =
            (line.author == a && holds(line.towards, b)) || (line.author == b && holds(line.towards, a));
        return theirs ? 1.0 : 0.0;
    });
}

drift::sum drift::at_target(moment now, const std::string& whom) const {
    return add_up(drift_kind::ganging, now, [&](const leaning_line& line) {
        if (line.author == whom || !holds(line.towards, whom)) return 0.0;
        return line.addressed ? 1.0 : how_.unaddressed;
    });
}

double drift::level(drift_kind kind, moment now) const { return all(kind, now).level; }

drift::leaning_line drift::weighed(const drift_line& line, moment now) const {
    leaning_line made;
    made.seq = line.seq;
    made.author = line.author;
    made.at = now;
    made.number = heard_;
    for (std::size_t i = 0; i < drift_kinds; ++i) {
        const auto weight = leans(line.leanings, static_cast<drift_kind>(i));
        made.weight[i] = weight < how_.floor ? 0 : std::min(weight, 1.0F);
    }
    for (const auto& id : line.addressed) {
        if (id != line.author && made.towards.size() < max_addressed) made.towards.push_back(id);
    }
    made.addressed = !made.towards.empty();
    const bool follows = last_speaker_ != line.author && now - last_at_ <= how_.follows_within;
    if (!made.addressed && follows && !last_speaker_.empty()) made.towards.push_back(last_speaker_);
    return made;
}

void drift::drop_faded(moment now) {
    std::erase_if(lines_, [&](const leaning_line& line) { return fade(line, now) < faded; });
    while (lines_.size() > max_lines) lines_.pop_front();
}

void drift::forget(std::uint64_t seq) {
    std::erase_if(lines_, [&](const leaning_line& line) { return line.seq == seq; });
}

std::vector<slide> drift::hear(const drift_line& line, moment now) {
    std::vector<slide> out;
    forget(line.seq);  // an edit says it anew
    ++heard_;
    auto made = weighed(line, now);
    last_speaker_ = line.author;
    last_at_ = now;
    const bool nothing = std::all_of(made.weight.begin(), made.weight.end(), [](float w) { return w == 0; });
    if (nothing || discloses(line)) return out;

    let_go(now);
    lines_.push_back(made);
    drop_faded(now);
    for (const auto kind : {drift_kind::numbers, drift_kind::restriction, drift_kind::romanticising})
        if (made.weight[index(kind)] > 0) look_at_kind(kind, made, now, out);
    if (made.weight[index(drift_kind::ganging)] > 0) look_at_targets(made, now, out);
    return out;
}

void drift::let_go(moment now) {
    std::erase_if(raised_, [&](const raised& one) {
        const bool ganging = one.kind == drift_kind::ganging;
        const double threshold = ganging ? how_.target_threshold : how_.pair_threshold;
        const double stands = ganging ? at_target(now, one.about).level : level(one.kind, now);
        const bool ended = stands < how_.calm * threshold && now - one.at >= how_.cool_down;
        return ended || now - one.at >= how_.again_after;
    });
}

bool drift::told(drift_kind kind, const std::string& about) const {
    return std::any_of(raised_.begin(), raised_.end(),
                       [&](const raised& one) { return one.kind == kind && one.about == about; });
}

void drift::tell(drift_kind kind, std::string about, sum what, moment now, std::vector<slide>& out) {
    if (raised_.size() >= max_targets) raised_.erase(raised_.begin());
    raised_.push_back({kind, about, now});
    if (what.seqs.size() > max_evidence)
        what.seqs.erase(what.seqs.begin(), what.seqs.end() - static_cast<std::ptrdiff_t>(max_evidence));
    std::sort(what.seqs.begin(), what.seqs.end());
    out.push_back({kind, std::move(about), std::move(what.seqs)});
}

void drift::look_at_kind(drift_kind kind, const leaning_line& newest, moment now, std::vector<slide>& out) {
    if (told(kind, {})) return;
    const auto slides = [&](const sum& what, double threshold) {
        return what.level >= threshold && what.lines >= how_.least_lines && what.authors >= 2;
    };
    auto found = all(kind, now);
    bool sliding = slides(found, how_.room_threshold);
    for (const auto& other : newest.towards) {
        if (sliding) break;
        found = between(kind, now, newest.author, other);
        sliding = slides(found, how_.pair_threshold);
    }
    if (sliding) tell(kind, {}, std::move(found), now, out);
}

void drift::look_at_targets(const leaning_line& newest, moment now, std::vector<slide>& out) {
    for (const auto& whom : newest.towards) {
        if (told(drift_kind::ganging, whom)) continue;
        auto found = at_target(now, whom);
        if (found.level >= how_.target_threshold && found.lines >= how_.least_lines_at_target && found.authors >= 2)
            tell(drift_kind::ganging, whom, std::move(found), now, out);
    }
}

}  // namespace hearth::moderation
