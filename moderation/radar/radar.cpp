#include "moderation/radar/radar.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace hearth::moderation {
namespace {

constexpr double forgotten = 0.1;

double halvings(moment from, moment to, std::chrono::milliseconds half_life) {
    const auto passed = std::max(to - from, std::chrono::milliseconds(0));  // a clock may be set back
    return static_cast<double>(passed.count()) / static_cast<double>(half_life.count());
}

double fade(moment from, moment to, std::chrono::milliseconds half_life) {
    return std::exp2(-halvings(from, to, half_life));
}

// What a steady one per half-life would have added up to since `began`.
double steady_sum(moment began, moment now, std::chrono::milliseconds half_life) {
    return (1 - fade(began, now, half_life)) / std::numbers::ln2;
}

}  // namespace

void radar::hear(const sighting& what, moment now) {
    if (what.word.empty() || what.word.size() > max_word_bytes) return;
    const std::string word(what.word);
    if (decided_.contains(word)) return;
    if (!words_.contains(word) && words_.size() >= how_.most_words) make_room(now);
    const auto [place, fresh] = words_.try_emplace(word);
    auto& one = place->second;
    if (fresh) one.first_seen = one.last_seen = now;
    const auto faded = fade(one.last_seen, now, how_.half_life);
    one.count = one.count * faded + 1;
    one.clean = one.clean * faded + (what.clean ? 1 : 0);
    one.usual = one.usual * fade(one.last_seen, now, how_.usual_half_life) + 1;
    one.last_seen = std::max(one.last_seen, now);
    one.term = what.term;
    one.category = what.category;

    const auto hash = std::hash<std::string_view>{}(what.author) ^ salt_;
    auto& known = one.authors;
    const auto older = [](const author_seen& a, const author_seen& b) { return a.at < b.at; };
    auto author = std::find_if(known.begin(), known.end(), [&](const author_seen& a) { return a.hash == hash; });
    if (author == known.end()) {
        if (known.size() < max_authors) known.emplace_back();  // older than any other
        author = std::min_element(known.begin(), known.end(), older);
    }
    *author = {hash, now};
}

void radar::decided(const std::string& word) {
    words_.erase(word);
    decided_.insert(word);
}

std::vector<suggestion> radar::suggestions(moment now) {
    std::erase_if(words_, [&](const auto& each) {
        return each.second.usual * fade(each.second.last_seen, now, how_.usual_half_life) < forgotten;
    });
    std::vector<suggestion> all;
    for (const auto& [word, one] : words_) {
        const auto faded = fade(one.last_seen, now, how_.half_life);
        const auto authors = authors_of(one, now);
        // Counts fade between one line and the next: three within an hour are three.
        if (std::round(one.count * faded * 10) / 10 < how_.least_count || authors < how_.least_authors) continue;
        const bool grows = rising(one, now);
        if (!grows && authors >= how_.everyday_authors && one.clean >= one.count * how_.everyday_clean) continue;
        all.push_back({word, one.term, one.category, one.count * faded, authors, grows, one.first_seen, one.last_seen});
    }
    std::sort(all.begin(), all.end(), [](const suggestion& a, const suggestion& b) {
        if (a.rising != b.rising) return a.rising;
        return a.count != b.count ? a.count > b.count : a.word < b.word;
    });
    return all;
}

// Both sums as rates, each of the time that it covers: of a steady word they are the same.
bool radar::rising(const entry& one, moment now) const {
    if (now - began_ < how_.settled_after) return false;
    const auto days = static_cast<double>(how_.usual_half_life.count()) / static_cast<double>(how_.half_life.count());
    const auto lately = one.count * fade(one.last_seen, now, how_.half_life) / steady_sum(began_, now, how_.half_life);
    const auto usually = one.usual * fade(one.last_seen, now, how_.usual_half_life) /
                         (steady_sum(began_, now, how_.usual_half_life) * days);
    return lately >= usually * how_.rising;
}

std::size_t radar::authors_of(const entry& one, moment now) const {
    return static_cast<std::size_t>(std::count_if(one.authors.begin(), one.authors.end(), [&](const author_seen& a) {
        return now - a.at < how_.author_counts_for;
    }));
}

// The weakest quarter goes at once, so that a flood of new words costs each of them little.
void radar::make_room(moment now) {
    std::vector<double> strengths;
    strengths.reserve(words_.size());
    const auto strength = [&](const entry& one) { return one.count * fade(one.last_seen, now, how_.half_life); };
    for (const auto& each : words_) strengths.push_back(strength(each.second));
    const auto quarter = strengths.begin() + static_cast<std::ptrdiff_t>(strengths.size() / 4);
    std::nth_element(strengths.begin(), quarter, strengths.end());
    auto to_go = words_.size() / 4 + 1;
    std::erase_if(words_, [&](const auto& each) {
        if (to_go == 0 || strength(each.second) > *quarter) return false;
        --to_go;
        return true;
    });
}

}  // namespace hearth::moderation
