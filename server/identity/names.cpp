#include "identity/names.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace hearth::identity {
namespace {

constexpr int most_marks_in_a_row = 3;  // Vietnamese needs two after NFC; more is a tower
constexpr UChar32 emoji_variation = 0xFE0F;
constexpr UChar32 braille_blank = 0x2800;

failure refused(errc code, std::int64_t limit, std::string detail) {
    failure why;
    why.code = code;
    why.field = "name";
    why.detail = std::move(detail);
    why.limit = limit;
    return why;
}

/// Calls `each` with every code point until it says false; false also for what is not UTF-8.
template <class Each>
bool for_code_points(std::string_view text, Each each) {
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT(text.data(), i, size, c);
        if (c < 0 || !each(c)) return false;
    }
    return true;
}

void append(std::string& out, UChar32 c) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    out.append(bytes, static_cast<std::size_t>(size));
}

bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

bool seen(UChar32 c, UChar32 before) {
    if (c == emoji_variation) return u_hasBinaryProperty(before, UCHAR_EMOJI);
    constexpr auto unseen =
        U_GC_C_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;  // C: controls, formats (bidi, joiners), unassigned, private
    return (U_GET_GC_MASK(c) & unseen) == 0 && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) &&
           c != braille_blank;
}

std::string nfc(std::string_view text) {
    UErrorCode problem = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFCInstance(problem);
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    if (U_SUCCESS(problem))
        form->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
                            problem);
    if (U_FAILURE(problem)) throw std::runtime_error("ICU has no normalization data");
    return out;
}

}  // namespace

std::optional<std::size_t> count_code_points(std::string_view text) {
    std::size_t count = 0;
    if (!for_code_points(text, [&](UChar32) { return ++count > 0; })) return std::nullopt;
    return count;
}

outcome<std::string> clean_name(std::string_view given, std::size_t most_chars) {
    const auto too_long = [&] { return refused(errc::too_long, static_cast<std::int64_t>(most_chars), "too long"); };
    if (given.size() > most_chars * 16) return too_long();  // before any work is done on it
    if (!count_code_points(given)) return refused(errc::bad_request, 0, "not UTF-8");

    std::string out;
    std::size_t chars = 0;
    int marks = 0;
    UChar32 before = 0;
    bool space = false;
    const bool fine = for_code_points(nfc(given), [&](UChar32 c) {
        if (u_charType(c) == U_SPACE_SEPARATOR) {
            space = !out.empty();
            return true;
        }
        marks = is_mark(c) && c != emoji_variation ? marks + 1 : 0;
        const bool stands_alone = marks > 0 && (out.empty() || space);
        if (!seen(c, before) || marks > most_marks_in_a_row || stands_alone) return false;
        if (std::exchange(space, false)) {
            out += ' ';
            ++chars;
        }
        append(out, c);
        ++chars;
        before = c;
        return true;
    });
    if (!fine) return refused(errc::bad_request, 0, "characters that cannot be seen");
    if (out.empty()) return refused(errc::bad_request, 1, "empty");
    if (chars > most_chars) return too_long();
    return out;
}

bool valid_slug(std::string_view slug, std::size_t most_chars) noexcept {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !slug.empty() && slug.size() <= most_chars && std::all_of(slug.begin(), slug.end(), allowed);
}

}  // namespace hearth::identity
