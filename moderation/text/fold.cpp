#include "moderation/text/fold.hpp"

#include <algorithm>
#include <array>

#include "moderation/text/unicode.hpp"

namespace hearth::moderation {
namespace {

constexpr std::array<char, 256> make_plain() {
    std::array<char, 256> table{};
    for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c - 'A' + 'a');
    for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    return table;
}
constexpr auto plain = make_plain();  // ASCII letters and digits as folded, 0 for everything else

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// One pass over the original; every method appends to the folded text.
class folder {
public:
    folder(std::string_view original, folded& out) : in_(original), out_(out) {}

    void run() {
        out_.text.push_back(' ');
        out_.begin.push_back(0);
        out_.end.push_back(0);
        while (at_ < in_.size()) {
            const auto byte = static_cast<unsigned char>(in_[at_]);
            if (plain_or_space(in_[at_])) {
                plain_words();
            } else if (byte < 0x80) {
                sign(in_[at_]);
                ++at_;
            } else {
                beyond_ascii();
            }
        }
        separate(in_.size(), in_.size());
    }

private:
    [[nodiscard]] static bool plain_or_space(char c) noexcept {
        return plain[static_cast<unsigned char>(c)] != 0 || c == ' ';
    }

    // Most of most messages: letters, digits and spaces up to the next byte that is none, each its own way back.
    void plain_words() {
        auto end = at_ + 1;
        while (end < in_.size() && plain_or_space(in_[end])) ++end;
        auto to = out_.text.size();
        out_.text.resize(to + end - at_);
        out_.begin.resize(to + end - at_);
        out_.end.resize(to + end - at_);
        char before = out_.text[to - 1];
        char second_before = word_length_ >= 2 ? out_.text[to - 2] : ' ';
        for (; at_ < end; ++at_) {
            const char letter = plain[static_cast<unsigned char>(in_[at_])];
            if (letter != 0) {
                look_at(letter, before, second_before);
                ++word_length_;
            } else if (word_length_ == 0) {
                continue;  // a space after a space
            } else {
                end_word(before);
            }
            out_.text[to] = letter != 0 ? letter : ' ';
            out_.begin[to] = static_cast<std::uint32_t>(at_);
            out_.end[to] = static_cast<std::uint32_t>(at_ + 1);
            second_before = letter != 0 ? before : ' ';
            before = out_.text[to++];
        }
        out_.text.resize(to);
        out_.begin.resize(to);
        out_.end.resize(to);
    }

    // What a letter tells beside the two before it in its word; a space stands for none.
    void look_at(char letter, char before, char second_before) noexcept {
        if (before == ' ') return;
        if (is_digit(letter) != is_digit(before)) note(evasion::leet);
        if (letter == before && letter == second_before && !is_digit(letter)) note(evasion::repeated);
    }

    void append(char letter, std::size_t begin, std::size_t end) {
        auto& text = out_.text;
        look_at(letter, text.back(), word_length_ >= 2 ? text[text.size() - 2] : ' ');
        text.push_back(letter);
        out_.begin.push_back(static_cast<std::uint32_t>(begin));
        out_.end.push_back(static_cast<std::uint32_t>(end));
        ++word_length_;
    }

    void end_word(char last) noexcept {
        singles_ = word_length_ == 1 && !is_digit(last) ? singles_ + 1 : 0;
        if (singles_ >= 3) note(evasion::spaced);
        word_length_ = 0;
    }

    void separate(std::size_t begin, std::size_t end) {
        if (word_length_ == 0) return;
        end_word(out_.text.back());
        out_.text.push_back(' ');
        out_.begin.push_back(static_cast<std::uint32_t>(begin));
        out_.end.push_back(static_cast<std::uint32_t>(end));
    }

    void put_mark(mark kind) {
        const auto at = static_cast<std::uint32_t>(out_.text.size() - 1);
        if (!out_.marks.empty() && out_.marks.back().at == at && out_.marks.back().kind == kind) return;
        out_.marks.push_back({at, kind});
    }

    [[nodiscard]] char peek(std::size_t distance = 1) const {
        return at_ + distance < in_.size() ? in_[at_ + distance] : ' ';
    }
    [[nodiscard]] static bool wordy(char c) noexcept {
        const auto byte = static_cast<unsigned char>(c);
        return plain[byte] != 0 || byte >= 0xC3;  // above ASCII: most likely a letter
    }
    [[nodiscard]] bool word_before() const { return word_length_ != 0; }

    // Money and percentages are words: "50€", "100 %". A dollar beside a letter is a disguise.
    void money(std::string_view sign, std::size_t next) {
        separate(at_, at_);
        for (const char byte : sign) append(byte, at_, next);
        separate(next, next);
    }

    void sign(char c) {
        if ((c == '$' || c == '%') && !(word_before() && !is_digit(out_.text.back())) &&
            !(wordy(peek()) && !is_digit(peek()))) {
            money(std::string_view(&c, 1), at_ + 1);
            return;
        }
        const bool before = word_before();
        const bool after = wordy(peek());
        separate(at_, at_ + 1);
        switch (c) {
            case '.':
                if (before && after)
                    note(evasion::joined);
                else if (peek() == '.' || (at_ > 0 && in_[at_ - 1] == '.'))
                    put_mark(mark::line);
                else
                    put_mark(mark::sentence);
                break;
            case '!':
                if (before && after)
                    note(evasion::leet);
                else
                    put_mark(mark::sentence);
                break;
            case '?': put_mark(mark::question); break;
            case ';': put_mark(mark::sentence); break;
            case '\n':
            case '\r': put_mark(mark::line); break;
            case ',':
                if (!(before && after)) put_mark(mark::clause);
                break;
            case ':':
            case '(':
            case ')': put_mark(mark::clause); break;
            case '-':
            case '_':
            case '/':
            case '~':
                if (before && after)
                    note(evasion::joined);
                else if (c != '_' && peek() == ' ' && !before)
                    put_mark(mark::clause);
                break;
            case '$':
            case '@':
            case '|':
            case '+':
                if (after || before) note(evasion::leet);
                break;
            case '*':
            case '#':
                if (before || after) note(evasion::censored);
                break;
            case '"': put_mark(!before && peek() != ' ' ? mark::quote_open : mark::quote_close); break;
            case '\'':
                if (!before && after)
                    put_mark(mark::quote_open);
                else if (before && !after)
                    put_mark(mark::quote_close);
                break;
            default: break;
        }
    }

    void beyond_ascii() {
        const auto [code, length, valid] = unicode::decode(in_, at_);
        const auto next = at_ + length;
        if (!valid) {
            out_.invalid_utf8 = true;
            separate(at_, next);
            at_ = next;
            return;
        }
        if (const auto flag = flag_length(code)) {
            separate(at_, at_ + flag);
            at_ += flag;
            return;
        }
        const auto character = unicode::classify(code);
        switch (character.what) {
            case unicode::kind::letter: letter(character, next); break;
            case unicode::kind::mark:
            case unicode::kind::ignorable:
                if (word_before()) out_.end.back() = static_cast<std::uint32_t>(next);
                break;
            case unicode::kind::emoji:
                if (word_before()) note(evasion::joined);
                separate(at_, next);
                break;
            case unicode::kind::space:
                separate(at_, next);
                if (code == 0x2028 || code == 0x2029 || code == 0x85) put_mark(mark::line);
                break;
            case unicode::kind::sign: foreign_sign(code, next); break;
        }
        at_ = next;
    }

    void letter(const unicode::character& character, std::size_t next) {
        if (character.lookalike) note(evasion::lookalike);
        if (static_cast<unsigned char>(character.folded.front()) >= 0x80 &&
            unicode::latin_lookalike(unicode::decode(character.folded, 0).code) != 0) {
            note(evasion::lookalike);
        }
        for (const char byte : character.folded) append(byte, at_, next);
    }

    // A flag is two regional indicators with no third; three and more spell a word.
    [[nodiscard]] std::size_t flag_length(char32_t code) const {
        const auto indicator = [](char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; };
        if (!indicator(code) || at_ + 8 > in_.size() || !indicator(unicode::decode(in_, at_ + 4).code)) return 0;
        const bool third_after = at_ + 12 <= in_.size() && indicator(unicode::decode(in_, at_ + 8).code);
        const bool third_before = at_ >= 4 && indicator(unicode::decode(in_, at_ - 4).code);
        return third_after || third_before ? 0 : 8;
    }

    void foreign_sign(char32_t code, std::size_t next) {
        const bool before = word_before();
        const bool after = next < in_.size() && wordy(in_[next]);
        separate(at_, next);
        switch (code) {
            case 0x20AC: money("\xE2\x82\xAC", next); break;  // €
            case 0xA3: money("\xC2\xA3", next); break;        // £
            case 0x2026: put_mark(mark::line); break;         // …
            case 0x201C:
            case 0x201E:
            case 0xAB: put_mark(mark::quote_open); break;  // “ „ «
            case 0x201D:
            case 0xBB: put_mark(mark::quote_close); break;   // ” »
            case 0x2018: put_mark(mark::quote_open); break;  // ‘
            case 0x2019:                                     // ’ is an apostrophe first
                if (before && !after) put_mark(mark::quote_close);
                break;
            case 0x2013:
            case 0x2014: put_mark(mark::clause); break;  // – —
            case 0xFF01:
            case 0x3002: put_mark(mark::sentence); break;  // ！ 。
            case 0xFF1F:
            case 0xBF: put_mark(mark::question); break;  // ？ ¿
            default:
                if (before && after) note(evasion::joined);
                break;
        }
    }

    void note(evasion what) noexcept { out_.seen = out_.seen | what; }

    std::string_view in_;
    folded& out_;
    std::size_t at_ = 0;
    std::size_t word_length_ = 0;  // bytes of the word being read
    std::size_t singles_ = 0;      // words of one letter in a row
};

}  // namespace

void fold_into(std::string_view original, folded& out) {
    out.text.clear();
    out.begin.clear();
    out.end.clear();
    out.marks.clear();
    out.seen = evasion::none;
    out.invalid_utf8 = false;
    out.too_long = original.size() > max_folded_bytes;
    if (out.too_long) {
        std::size_t cut = max_folded_bytes;
        while (cut > max_folded_bytes - 4 && (static_cast<unsigned char>(original[cut]) & 0xC0U) == 0x80) --cut;
        original = original.substr(0, cut);
    }
    const auto expected = original.size() + 2;
    out.text.reserve(expected);
    out.begin.reserve(expected);
    out.end.reserve(expected);
    folder(original, out).run();
}

folded fold(std::string_view original) {
    folded out;
    fold_into(original, out);
    return out;
}

}  // namespace hearth::moderation
