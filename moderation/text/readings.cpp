#include "moderation/text/readings.hpp"

#include <algorithm>

namespace hearth::moderation {
namespace {

constexpr std::size_t max_readings = 32;

// The letters that a digit or sign is used for, the usual one first.
std::string_view readings(char c) noexcept {
    switch (c) {
        case '0': return "o";
        case '1':
        case '!':
        case '|': return "il";
        case '2': return "z";
        case '3': return "e";
        case '4':
        case '@': return "a";
        case '5':
        case '$': return "s";
        case '6': return "gb";
        case '7':
        case '+': return "t";
        case '8': return "b";
        case '9': return "g";
        default: return {};
    }
}

// Digits and signs as the letter they most often stand for; `censored` keeps the stars.
std::string usual_reading(std::string_view disguised, bool censored) {
    std::string text;
    text.reserve(disguised.size());
    for (const char c : disguised) {
        if (is_letter(c) || (censored && c == '*'))
            text += c;
        else if (const auto letters = readings(c); !letters.empty())
            text += letters[0];
    }
    return text;
}

}  // namespace

std::string plain_letters(std::string_view disguised) { return usual_reading(disguised, false); }

std::vector<std::string> readings_of(std::string_view disguised, std::size_t longest) {
    std::vector<std::string> all{usual_reading(disguised, true)};
    const auto ambiguous = static_cast<std::size_t>(
        std::count_if(disguised.begin(), disguised.end(), [](char c) { return readings(c).size() > 1; }));
    if (ambiguous == 0 || all.front().size() - doubles(all.front()) > longest + 2 * ambiguous) return all;
    std::size_t at = 0;  // in the letters
    for (const char c : disguised) {
        const auto letters = readings(c);
        if (letters.empty() && !is_letter(c) && c != '*') continue;
        for (std::size_t i = 0, count = all.size(); letters.size() > 1 && i < count && all.size() < max_readings; ++i) {
            all.push_back(all[i]);
            all.back()[at] = letters[1];
        }
        ++at;
    }
    return all;
}

std::string skeleton(std::string_view word) {
    std::string result;
    for (const char c : word) {
        if (result.empty() || result.back() != c) result += c;
    }
    return result;
}

std::string squeezed(std::string_view word, std::size_t kept) {
    std::string result;
    for (std::size_t at = 0; at < word.size();) {
        auto end = at;
        while (end < word.size() && word[end] == word[at]) ++end;
        result.append(end - at >= 3 ? kept : end - at, word[at]);
        at = end;
    }
    return result;
}

bool stretched(std::string_view word) noexcept {
    for (std::size_t i = 2; i < word.size(); ++i) {
        if (word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
    }
    return false;
}

std::size_t doubles(std::string_view word) noexcept {
    std::size_t count = 0;
    for (std::size_t i = 1; i < word.size(); ++i) count += word[i] == word[i - 1] ? 1U : 0U;
    return count;
}

}  // namespace hearth::moderation
