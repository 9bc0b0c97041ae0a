#include "moderation/text/unicode.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <string>
#include <vector>

namespace hearth::moderation::unicode {
namespace {

struct entry {
    std::string folded;
    kind what = kind::sign;
};

const icu::Normalizer2* normalizer(bool casefold) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found =
        casefold ? icu::Normalizer2::getNFKCCasefoldInstance(status) : icu::Normalizer2::getNFKDInstance(status);
    return U_SUCCESS(status) ? found : nullptr;
}

// Letters that no decomposition takes apart, as people type them without a special keyboard.
std::string_view plain_spelling(char32_t code) noexcept {
    switch (code) {
        case U'ø': return "o";
        case U'ł': return "l";
        case U'đ':
        case U'ð': return "d";
        case U'ħ': return "h";
        case U'ı':
        case U'ɪ': return "i";
        case U'œ': return "oe";
        case U'æ': return "ae";
        case U'þ': return "th";
        case U'ŧ': return "t";
        case U'ƒ': return "f";
        case U'ɑ': return "a";
        case U'ɡ': return "g";
        default: return {};
    }
}

bool is_emoji(char32_t code) noexcept {
    return code > 0x203B && (u_hasBinaryProperty(static_cast<UChar32>(code), UCHAR_EXTENDED_PICTOGRAPHIC) ||
                             u_hasBinaryProperty(static_cast<UChar32>(code), UCHAR_EMOJI_PRESENTATION));
}

bool is_mark(UChar32 code) noexcept {
    const auto type = u_charType(code);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

entry look_up(char32_t point) {
    const auto code = static_cast<UChar32>(point);
    entry result;
    if (u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_charType(code) == U_FORMAT_CHAR) {
        result.what = kind::ignorable;
        return result;
    }
    if (is_mark(code)) {
        result.what = kind::mark;
        return result;
    }
    if (u_isUWhiteSpace(code) || u_iscntrl(code)) {
        result.what = kind::space;
        return result;
    }
    if (is_emoji(point)) {
        result.what = kind::emoji;
        return result;
    }
    static const auto* const casefold = normalizer(true);
    static const auto* const decompose = normalizer(false);
    if (casefold == nullptr || decompose == nullptr) return result;
    UErrorCode status = U_ZERO_ERROR;
    const auto spread = decompose->normalize(casefold->normalize(icu::UnicodeString(code), status), status);
    if (U_FAILURE(status)) return result;
    for (std::int32_t i = 0; i < spread.length(); i = spread.moveIndex32(i, 1)) {
        const auto part = spread.char32At(i);
        if (const auto plain = plain_spelling(static_cast<char32_t>(part)); !plain.empty()) {
            result.folded += plain;
        } else if (!is_mark(part) && (u_isalnum(part) || u_charType(part) == U_COMBINING_SPACING_MARK)) {
            icu::UnicodeString(part).toUTF8String(result.folded);
        }
    }
    if (!result.folded.empty()) result.what = kind::letter;
    return result;
}

// Everything that European, Indonesian and look-alike text uses; the rest is looked up as it comes.
constexpr char32_t table_end = 0x2600;

const std::vector<entry>& table() {
    static const auto built = [] {
        std::vector<entry> all(table_end);
        for (char32_t code = 0x80; code < table_end; ++code) all[code] = look_up(code);
        return all;
    }();
    return built;
}

}  // namespace

char latin_lookalike(char32_t code) noexcept {
    // Cyrillic, Greek, Armenian and Cherokee letters (lower case, as folded) that are drawn like a Latin one.
    switch (code) {
        case U'а':
        case U'α':
        case U'ᴀ': return 'a';
        case U'в':
        case U'β':
        case U'ʙ':
        case U'ь': return 'b';
        case U'с':
        case U'ϲ':
        case U'ᴄ': return 'c';
        case U'ԁ':
        case U'ᴅ': return 'd';
        case U'е':
        case U'ε':
        case U'ё':
        case U'є':
        case U'ᴇ':
        case U'э': return 'e';
        case U'ԍ':
        case U'ɢ': return 'g';
        case U'һ':
        case U'н':
        case U'η':
        case U'ʜ': return 'h';
        case U'і':
        case U'ι':
        case U'ї': return 'i';
        case U'ј':
        case U'ᴊ': return 'j';
        case U'к':
        case U'κ':
        case U'ᴋ': return 'k';
        case U'ӏ':
        case U'ʟ': return 'l';
        case U'м':
        case U'μ':
        case U'ᴍ': return 'm';
        case U'п':
        case U'ո':
        case U'ɴ':
        case U'и': return 'n';
        case U'о':
        case U'ο':
        case U'σ':
        case U'օ':
        case U'ᴏ': return 'o';
        case U'р':
        case U'ρ':
        case U'ᴘ': return 'p';
        case U'ԛ': return 'q';
        case U'г':
        case U'ʀ':
        case U'я': return 'r';
        case U'ѕ':
        case U'ꜱ': return 's';
        case U'т':
        case U'τ':
        case U'ᴛ': return 't';
        case U'υ':
        case U'ս':
        case U'ᴜ': return 'u';
        case U'ѵ':
        case U'ν':
        case U'ᴠ': return 'v';
        case U'ѡ':
        case U'ω':
        case U'ᴡ':
        case U'ш': return 'w';
        case U'х':
        case U'χ': return 'x';
        case U'у':
        case U'γ':
        case U'ʏ': return 'y';
        case U'ζ':
        case U'ᴢ': return 'z';
        default: break;
    }
    if (code >= 0x1F130 && code <= 0x1F149) return static_cast<char>('a' + (code - 0x1F130));  // squared
    if (code >= 0x1F150 && code <= 0x1F169) return static_cast<char>('a' + (code - 0x1F150));  // negative circled
    if (code >= 0x1F170 && code <= 0x1F189) return static_cast<char>('a' + (code - 0x1F170));  // negative squared
    if (code >= 0x1F1E6 && code <= 0x1F1FF) return static_cast<char>('a' + (code - 0x1F1E6));  // regional indicators
    return 0;
}

character classify(char32_t code) {
    static constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz";
    if (code >= 0x1F130) {
        if (const char latin = latin_lookalike(code)) {
            return {alphabet.substr(static_cast<std::size_t>(latin - 'a'), 1), kind::letter, true};
        }
    }
    if (code < table_end) {
        const auto& known = table()[code];
        return {known.folded, known.what, false};
    }
    // Messages repeat their few foreign letters.
    struct remembered {
        char32_t code = 0;
        entry what;
    };
    thread_local std::array<remembered, 256> recent;
    auto& place = recent[(code ^ (code >> 8U)) & 255U];
    if (place.code != code) place = {code, look_up(code)};
    return {place.what.folded, place.what.what, false};
}

decoded decode(std::string_view text, std::size_t at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const auto lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    std::uint8_t length = 0;
    char32_t code = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2, code = lead & 0x1FU;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3, code = lead & 0x0FU;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4, code = lead & 0x07U;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return {};
    }
    if (at + length > text.size()) return {};
    for (std::uint8_t i = 1; i < length; ++i) {
        if (byte(i) < low || byte(i) > high) return {};
        code = (code << 6U) | (byte(i) & 0x3FU);
        low = 0x80, high = 0xBF;
    }
    return {code, length, true};
}

}  // namespace hearth::moderation::unicode
