#include "moderation/evaluation/disguise.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace hearth::moderation {
namespace {

constexpr std::size_t most_words = 3;
constexpr std::size_t shortest = 4;

bool letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string digits(std::string_view word) {
    static constexpr std::string_view from = "aeiost", to = "431057";
    std::string out;
    for (const char c : word) {
        const auto at = from.find(lower(c));
        out += at == std::string_view::npos ? c : to[at];
    }
    return out;
}

std::string between(std::string_view word, std::string_view sign) {
    std::string out;
    for (const char c : word) {
        if (!out.empty()) out += sign;
        out += c;
    }
    return out;
}

std::string stretched(std::string_view word) {
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) out.append(i == word.size() / 2 ? 4 : 1, word[i]);
    return out;
}

// Cyrillic letters that look the same.
std::string look_alike(std::string_view word) {
    static constexpr std::array<std::pair<char, std::string_view>, 5> pairs{
        {{'a', "\u0430"}, {'e', "\u0435"}, {'o', "\u043E"}, {'c', "\u0441"}, {'p', "\u0440"}}};
    std::string out;
    for (const char c : word) {
        const auto* found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& p) { return p.first == c; });
        if (found == pairs.end())
            out += c;
        else
            out += found->second;
    }
    return out;
}

std::string starred(std::string_view word) {
    std::string out(word);
    out[1] = '*';
    return out;
}

std::string disguised(std::string_view word, std::size_t way) {
    switch (way) {
        case 0: return digits(word);
        case 1: return between(word, ".");
        case 2: return between(word, " ");
        case 3: return stretched(word);
        case 4: return look_alike(word);
        case 5: return between(word, "\u200B");
        default: return starred(word);
    }
}

}  // namespace

std::string disguise(std::string_view text, std::size_t way) {
    std::vector<std::pair<std::size_t, std::size_t>> words;  // begin, length
    for (std::size_t at = 0; at < text.size();) {
        auto end = at;
        while (end < text.size() && letter(text[end])) ++end;
        const bool whole = (at == 0 || static_cast<unsigned char>(text[at - 1]) < 0x80) &&
                           (end == text.size() || static_cast<unsigned char>(text[end]) < 0x80);
        if (whole && end - at >= shortest) words.emplace_back(at, end - at);
        at = end + 1;
    }
    std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (words.size() > most_words) words.resize(most_words);
    std::sort(words.begin(), words.end());
    std::string out;
    std::size_t done = 0;
    for (const auto& [begin, length] : words) {
        out += text.substr(done, begin - done);
        out += disguised(text.substr(begin, length), way % disguises);
        done = begin + length;
    }
    out += text.substr(done);
    return out;
}

}  // namespace hearth::moderation
