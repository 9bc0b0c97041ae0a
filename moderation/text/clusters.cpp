#include "moderation/text/clusters.hpp"

#include <algorithm>

#include "moderation/text/unicode.hpp"

namespace hearth::moderation {
namespace {

constexpr std::size_t max_cluster_bytes = 96;

// Where a word as typed ends; the typographic apostrophe (U+2019) is looked for apart.
bool ends_cluster(std::string_view text, std::size_t at) noexcept {
    const char c = text[at];
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\'' || text.substr(at, 3) == "\xE2\x80\x99";
}
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_kept_sign(char c) noexcept { return std::string_view("$@!|+*").find(c) != std::string_view::npos; }

// Plain letters, none of them three times in a row: most words.
bool undisguised(std::string_view text) noexcept {
    char last = 0, second_last = 0;
    for (const char c : text) {
        const char lower = static_cast<char>(c | 0x20);
        if (lower < 'a' || lower > 'z' || (lower == last && lower == second_last)) return false;
        second_last = last;
        last = lower;
    }
    return true;
}

void add_letter(text_cluster& to, char c) {
    const auto size = to.joined.size();
    if (size >= 2 && c >= 'a' && c <= 'z' && to.joined[size - 1] == c && to.joined[size - 2] == c) to.suspicious = true;
    to.joined += c;
    to.pieces.back() += c;
}

void add_joint(text_cluster& to) {
    if (!to.pieces.back().empty()) {
        to.pieces.emplace_back();
        to.suspicious = true;
    }
}

void add_foreign(text_cluster& to, char32_t code) {
    const auto character = unicode::classify(code);
    switch (character.what) {
        case unicode::kind::letter: {
            const auto folded = unicode::decode(character.folded, 0);
            const char latin = folded.length == character.folded.size() ? unicode::latin_lookalike(folded.code) : '\0';
            if (latin != 0)
                add_letter(to, latin);
            else
                for (const char c : character.folded) add_letter(to, c);
            to.suspicious = to.suspicious || latin != 0 || character.lookalike;
            to.mixed = to.mixed || latin != 0;
            break;
        }
        case unicode::kind::mark:
        case unicode::kind::ignorable: break;
        default: add_joint(to);
    }
}

// "k!ll!" ends in an exclamation mark that is one.
void trim_signs(text_cluster& one) {
    const auto trim = [](std::string& text) {
        while (!text.empty() && std::string_view("!|+*").find(text.back()) != std::string_view::npos) text.pop_back();
        while (!text.empty() && std::string_view("!|+*").find(text.front()) != std::string_view::npos) text.erase(0, 1);
    };
    trim(one.joined);
    if (!one.pieces.empty()) {
        trim(one.pieces.back());
        trim(one.pieces.front());
    }
    std::erase_if(one.pieces, [](const std::string& piece) { return piece.empty(); });
}

}  // namespace

text_cluster read_cluster(std::string_view original, std::uint32_t at, std::uint32_t floor) {
    text_cluster one;
    one.begin = at;
    while (one.begin > floor && !ends_cluster(original, one.begin - 1) &&
           !(one.begin >= 3 && ends_cluster(original, one.begin - 3) && original[one.begin - 3] == '\xE2')) {
        --one.begin;
    }
    one.end = at;
    while (one.end < original.size() && !ends_cluster(original, one.end)) ++one.end;
    const auto text = original.substr(one.begin, one.end - one.begin);
    if (text.size() > max_cluster_bytes || text.find("://") != std::string_view::npos || undisguised(text)) return one;
    one.pieces.emplace_back().reserve(text.size());
    one.joined.reserve(text.size());
    bool letters = false;
    bool digits = false;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x80) {
            const auto [code, length, valid] = unicode::decode(text, i);
            if (valid) add_foreign(one, code);
            i += length;
            continue;
        }
        ++i;
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        if (lower >= 'a' && lower <= 'z') {
            add_letter(one, lower);
            letters = true;
        } else if (is_digit(c)) {
            add_letter(one, c);
            digits = true;
        } else if (is_kept_sign(c)) {
            add_letter(one, c);
            one.suspicious = true;
        } else {
            add_joint(one);
        }
    }
    if (letters && digits) one.suspicious = true;
    const bool latin =
        std::all_of(one.joined.begin(), one.joined.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    one.foreign = one.mixed && latin && !letters;
    one.mixed = one.mixed && latin && letters;
    trim_signs(one);
    return one;
}

}  // namespace hearth::moderation
