#include "moderation/text/repair_index.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>
#include <vector>

#include "moderation/text/readings.hpp"

namespace hearth::moderation {
namespace {

constexpr std::size_t max_length = 40;
constexpr std::size_t max_run = 2'000;  // letters typed one by one
constexpr std::size_t max_word = 16;
constexpr int grave = 3;
// The only ones of two letters and less that count when words are run together; others are syllables of anything.
constexpr std::array<std::string_view, 18> small_words{"i",  "a",  "u",  "to", "me", "my", "ur", "it", "go",
                                                       "je", "tu", "te", "se", "lo", "lu", "gw", "di", "ke"};
constexpr std::size_t min_slip = 5;
constexpr std::size_t min_prefix = 4;

// FNV-1a.
constexpr std::uint64_t no_letters = 14695981039346656037ULL;
std::uint64_t add_letter(std::uint64_t hash, char letter) noexcept {
    return (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
}

// Of the word with letter `skip` left out; nothing is left out when `skip` is its length.
std::uint64_t hash_without(std::string_view word, std::size_t skip) noexcept {
    auto value = no_letters;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (i != skip) value = add_letter(value, word[i]);
    }
    return value ^ (value >> 31U);
}

// One letter left out, put in, changed, or two neighbours swapped.
bool one_slip(std::string_view a, std::string_view b) noexcept {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t start = 0;
    while (start < a.size() && a[start] == b[start]) ++start;
    std::size_t end = 0;
    while (end < a.size() - start && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
    const auto left = a.size() - start - end;
    const auto right = b.size() - start - end;
    if (left == 2 && right == 2) return a[start] == b[start + 1] && a[start + 1] == b[start];
    return left <= 1 && right <= 1;
}

std::uint32_t frame(char first, std::size_t length) noexcept {
    return static_cast<unsigned char>(first) * 256U + static_cast<std::uint32_t>(std::min<std::size_t>(length, 255));
}

}  // namespace

void repair_index::add(std::string_view word, int weight, std::uint8_t languages) {
    if (word.empty() || !std::all_of(word.begin(), word.end(), is_letter)) return;
    const auto known = words_.size();
    const auto at = words_.add(word);
    longest_ = std::max(longest_, word.size());
    if (words_.size() > known) {
        weights_.push_back(weight);
        languages_.push_back(weight > 0 ? languages : 0);
        by_frame_[frame(word.front(), word.size())].push_back(at);
    } else {
        weights_[at] = std::max(weights_[at], weight);
        if (weight > 0) languages_[at] |= languages;
    }
    const auto [place, fresh] = by_skeleton_.try_emplace(skeleton(word), at);
    if (!fresh && weights_[at] > weights_[place->second]) place->second = at;
}

void repair_index::add_prefix(std::string_view prefix, int weight) {
    if (weight < grave || prefix.size() < min_prefix) return;
    prefixes_.add(hash_without(prefix, prefix.size()));
    longest_prefix_ = std::max(longest_prefix_, prefix.size());
}

std::string repair_index::by_prefix(std::string_view letters) const {
    if (begins_known(letters, 1)) return squeezed(letters, 1);
    if (stretched(letters) && begins_known(letters, 2)) return squeezed(letters, 2);
    return {};
}

// Whether `letters`, squeezed, begin as a rule says; most do not, so nothing is built to find out.
bool repair_index::begins_known(std::string_view letters, std::size_t kept) const {
    auto hash = no_letters;
    std::size_t length = 0;
    for (std::size_t at = 0; at < letters.size();) {
        auto end = at;
        while (end < letters.size() && letters[end] == letters[at]) ++end;
        for (auto left = end - at >= 3 ? kept : end - at; left > 0; --left) {
            if (++length > longest_prefix_) return false;
            hash = add_letter(hash, letters[at]);
            if (length >= min_prefix && prefixes_.contains(hash ^ (hash >> 31U))) return true;
        }
        at = end;
    }
    return false;
}

int repair_index::weight_of(std::string_view word) const noexcept {
    const auto at = words_.find(word);
    return at == no_word ? -1 : weights_[at];
}

repair_index::number repair_index::best(std::string_view letters) const {
    if (letters.size() <= longest_) {
        if (const auto exact = words_.find(letters); exact != no_word) return exact;
    }
    if (!stretched(letters) || letters.size() - doubles(letters) > longest_) return no_word;
    const auto found = by_skeleton_.find(skeleton(letters));
    return found == by_skeleton_.end() ? no_word : found->second;
}

repair_index::number repair_index::best_censored(std::string_view letters) const {
    if (letters.size() < 3 || letters.front() == '*' ||
        std::count(letters.begin(), letters.end(), '*') * 2 > std::ssize(letters))
        return no_word;
    const auto candidates = by_frame_.find(frame(letters.front(), letters.size()));
    if (candidates == by_frame_.end()) return no_word;
    number found = no_word;
    for (const auto at : candidates->second) {
        const auto& word = words_[at];
        bool fits = weights_[at] >= grave;
        for (std::size_t i = 0; fits && i < word.size(); ++i) fits = letters[i] == '*' || letters[i] == word[i];
        if (fits && (found == no_word || weights_[at] > weights_[found])) found = at;
    }
    return found;
}

std::string repair_index::resolve(std::string_view disguised) const {
    if (disguised.size() < 2 || disguised.size() > max_length) return {};
    if (std::none_of(disguised.begin(), disguised.end(), is_letter)) return {};
    const auto all = readings_of(disguised, longest_);
    number found = no_word;
    for (const auto& letters : all) {
        const auto at = letters.find('*') == std::string::npos ? best(letters) : best_censored(letters);
        if (at != no_word && (found == no_word || weights_[at] > weights_[found])) found = at;
    }
    if (found != no_word) return words_[found];
    const bool plain = all.front() == disguised && !stretched(disguised);
    return plain || all.front().find('*') != std::string::npos ? std::string() : by_prefix(all.front());
}

std::string repair_index::run_together(std::string_view letters, std::size_t average, bool gaps) const {
    const auto size = letters.size();
    if (size < 3 || size > (gaps ? max_run : max_length)) return {};
    if (!gaps && !std::all_of(letters.begin(), letters.end(), is_letter)) return {};
    constexpr std::uint32_t unreached = std::numeric_limits<std::uint32_t>::max();
    constexpr std::uint32_t cost_of_unknown = 4;  // a letter that belongs to no word costs as much as four words
    struct step {
        std::uint32_t cost = unreached;
        std::uint32_t from = 0;
        bool known = true;
    };
    std::vector<step> best(size + 1);
    best[0].cost = 0;
    for (std::size_t end = 1; end <= size; ++end) {
        if (gaps && best[end - 1].cost != unreached)
            best[end] = {best[end - 1].cost + cost_of_unknown, static_cast<std::uint32_t>(end - 1), false};
        for (std::size_t begin = end > max_word ? end - max_word : 0; begin < end; ++begin) {
            if (best[begin].cost == unreached || best[begin].cost + 1 >= best[end].cost) continue;
            const auto word = letters.substr(begin, end - begin);
            if (word.size() <= 2 && std::find(small_words.begin(), small_words.end(), word) == small_words.end())
                continue;
            if (words_.find(word) != no_word)
                best[end] = {best[begin].cost + 1, static_cast<std::uint32_t>(begin), true};
        }
    }
    if (best[size].cost == unreached) return {};
    std::vector<std::string_view> words;
    bool found_grave = false;
    bool open = false;  // an unknown stretch is being gathered
    for (auto end = size; end > 0; end = best[end].from) {
        const auto word = letters.substr(best[end].from, end - best[end].from);
        if (!best[end].known && open)
            words.back() = std::string_view(word.data(), words.back().size() + 1);
        else
            words.push_back(word);
        open = !best[end].known;
        found_grave = found_grave || (best[end].known && word.size() >= 3 && weight_of(word) >= grave);
    }
    if (!found_grave || words.size() < 2 || size < average * words.size()) return {};
    std::string text;
    for (auto word = words.rbegin(); word != words.rend(); ++word) text.append(text.empty() ? "" : " ").append(*word);
    return text;
}

void repair_index::seal() {
    std::vector<slip> all;
    for (number at = 0; at < words_.size(); ++at) {
        const auto& word = words_[at];
        if (weights_[at] < grave || word.size() < min_slip || word.size() > max_word) continue;
        for (std::size_t i = 1; i <= word.size(); ++i) all.push_back({hash_without(word, i), at});
    }
    std::size_t size = 64;
    while (size < all.size() * 2) size *= 2;
    by_slip_.assign(size, {});
    for (const auto& one : all) {
        auto place = one.hash & (size - 1);
        while (by_slip_[place].word != no_word) place = (place + 1) & (size - 1);
        by_slip_[place] = one;
    }
}

std::string_view repair_index::near(std::string_view word, std::uint8_t languages) const {
    if (word.size() < min_slip || word.size() > max_word || by_slip_.empty() ||
        !std::all_of(word.begin(), word.end(), is_letter))
        return {};
    const auto mask = by_slip_.size() - 1;
    number found = no_word;
    for (std::size_t i = 1; i <= word.size(); ++i) {
        const auto hash = hash_without(word, i);
        for (auto place = hash & mask; by_slip_[place].word != no_word; place = (place + 1) & mask) {
            if (by_slip_[place].hash != hash) continue;
            const auto at = by_slip_[place].word;
            const auto& known = words_[at];
            if ((languages_[at] & languages) == 0 || known.front() != word.front() || !one_slip(known, word)) continue;
            if (found == no_word || weights_[at] > weights_[found]) found = at;
        }
    }
    if (found == no_word && doubles(word) > 1) found = same_skeleton(word, languages);
    return found == no_word ? std::string_view() : std::string_view(words_[found]);
}

repair_index::number repair_index::same_skeleton(std::string_view word, std::uint8_t languages) const {
    const auto found = by_skeleton_.find(skeleton(word));
    if (found == by_skeleton_.end()) return no_word;
    const auto at = found->second;
    return weights_[at] >= grave && words_[at].size() >= min_slip && (languages_[at] & languages) != 0 ? at : no_word;
}

}  // namespace hearth::moderation
