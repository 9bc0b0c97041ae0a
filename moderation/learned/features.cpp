#include "moderation/learned/features.hpp"

#include <algorithm>

namespace hearth::moderation {
namespace {

// What a hash begins with, so that a word and the same letters inside another are two things.
enum class space : std::uint8_t {
    word = 1,
    pair,
    skipped_pair,
    triple,
    stem,
    cue,
    cue_pair,
    rule,
    shape,
    before,
    idea,
    idea_pair,
    idea_voice
};

constexpr std::size_t stem_letters = 4;
constexpr std::size_t idea_reach = 6;  // an idea is paired with so many before it

std::uint32_t mixed(std::uint64_t value) noexcept {
    value ^= value >> 32U;
    value *= 0x9E3779B97F4A7C15ULL;
    value ^= value >> 29U;
    value *= 0xBF58476D1CE4E5B9ULL;
    return static_cast<std::uint32_t>(value >> 32U);
}

// Up to three numbers of one space; linear, so `mixed` must follow.
std::uint64_t joined(space what, std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0) noexcept {
    const auto high = std::uint64_t{a} << 32U | b;
    const auto low = std::uint64_t{c} << 32U | static_cast<std::uint64_t>(what);
    return high * 0xD6E8FEB86659FD93ULL + low * 0xA0761D6478BD642FULL;
}

// FNV-1a: words are short.
constexpr std::uint64_t no_letters = 14695981039346656037ULL;
std::uint64_t add_letter(std::uint64_t hash, char letter) noexcept {
    return (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
}

class extractor {
public:
    extractor(const feature_source& from, std::vector<feature>& out) : from_(from), out_(out) {}

    void run() {
        out_.clear();
        read_words();
        read_ideas();
        read_signs();
        read_before();
    }

private:
    void put(std::uint64_t hash, feature_kind kind, std::size_t first, std::size_t last) {
        out_.push_back({mixed(hash), kind, static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)});
    }

    // A number is a number whichever it is; its unit stays.
    static std::uint32_t word_hash(std::string_view word, bool number) noexcept {
        auto hash = no_letters;
        for (const char c : word) {
            if (!number || c < '0' || c > '9') hash = add_letter(hash, c);
        }
        if (number) hash = add_letter(hash, '#');
        return mixed(hash);
    }

    void read_words() {
        const auto count = std::min(from_.words.tokens.size(), max_feature_words);
        std::uint32_t last = 0, second_last = 0;
        std::uint16_t sentence = 0;
        std::size_t in_sentence = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto& one = from_.words.tokens[i];
            const auto word = spelling(from_.text, one);
            const auto hash = word_hash(word, one.number);
            if (i == 0 || one.sentence != sentence) in_sentence = 0;
            sentence = one.sentence;
            put(joined(space::word, hash), feature_kind::words, i, i + 1);
            const auto stem = one.number ? hash : read_stems(word, i);
            if (in_sentence >= 1) put(joined(space::pair, last, stem), feature_kind::words, i - 1, i + 1);
            if (in_sentence >= 2) {
                put(joined(space::skipped_pair, second_last, stem), feature_kind::words, i - 2, i + 1);
                put(joined(space::triple, second_last, last, stem), feature_kind::words, i - 2, i + 1);
            }
            second_last = last;
            last = stem;
            ++in_sentence;
        }
    }

    // Words that begin alike are mostly forms of one word: "burden", "burdens", "burdening". Gives the shorter beginning.
    std::uint32_t read_stems(std::string_view word, std::size_t index) {
        auto hash = no_letters;
        std::uint32_t stem = 0;
        for (std::size_t i = 0; i < std::min(word.size(), stem_letters + 1); ++i) {
            hash = add_letter(hash, word[i]);
            if (i + 1 < stem_letters) continue;
            const auto beginning = mixed(hash);
            if (i + 1 == stem_letters) stem = beginning;
            put(joined(space::stem, beginning), feature_kind::words, index, index + 1);
        }
        return word.size() < stem_letters ? mixed(hash) : stem;
    }

    // An idea alone, after the ideas that stand shortly before it, and with the person or stance named last.
    void read_ideas() {
        const auto& all = from_.ideas;
        auto cue_at = from_.cues.begin();
        std::uint32_t voice = cue_count;
        const auto put_idea = [&](space what, std::uint32_t a, std::uint32_t b, const idea_hit& one) {
            put(joined(what, a, b), feature_kind::ideas, one.first, one.last);
        };
        for (std::size_t i = 0; i < std::min(all.size(), max_feature_words); ++i) {
            const auto& one = all[i];
            for (; cue_at != from_.cues.end() && cue_at->first <= one.first; ++cue_at) {
                if (cue_at->kind != cue::function_word && cue_at->kind != cue::number_word)
                    voice = static_cast<std::uint32_t>(cue_at->kind);
            }
            put_idea(space::idea, one.what, 0, one);
            put_idea(space::idea_voice, one.what, voice, one);
            for (std::size_t back = 1; back <= idea_reach && back <= i; ++back) {
                const auto& other = all[i - back];
                if (other.what != one.what) put_idea(space::idea_pair, other.what, one.what, one);
            }
        }
    }

    void sign(space what, std::uint32_t a, std::uint32_t b = 0, std::size_t first = 0, std::size_t last = 0) {
        put(joined(what, a, b), feature_kind::signs, first, last);
    }

    void read_signs() {
        std::uint32_t before = cue_count;
        for (const auto& one : from_.cues) {
            if (one.kind == cue::function_word || one.kind == cue::number_word) continue;
            const auto kind = static_cast<std::uint32_t>(one.kind);
            sign(space::cue, kind, 0, one.first, one.last);
            sign(space::cue_pair, before, kind, one.first, one.last);
            before = kind;
        }
        for (const auto& one : from_.findings)
            sign(space::rule, one.category, one.weak ? 1 : weigh(one, false).lowered ? 2 : 3);
        std::uint32_t length = 0;
        for (auto words = from_.words.tokens.size(); words > 0; words /= 2) ++length;
        sign(space::shape, length);
        const bool asks = std::any_of(from_.words.sentences.begin(), from_.words.sentences.end(),
                                      [](const sentence& s) { return s.question; });
        sign(space::shape, 100, asks ? 1 : 0);
    }

    void read_before() {
        if (from_.before_text == nullptr || from_.before_words == nullptr) return;
        const auto count = std::min(from_.before_words->tokens.size(), max_before_words);
        for (std::size_t i = 0; i < count; ++i) {
            const auto& one = from_.before_words->tokens[i];
            const auto hash = word_hash(spelling(*from_.before_text, one), one.number);
            put(joined(space::before, hash), feature_kind::before, 0, 0);
        }
    }

    const feature_source& from_;
    std::vector<feature>& out_;
};

}  // namespace

std::size_t words_read(const std::vector<feature>& features) noexcept {
    std::size_t most = 0;
    for (const auto& one : features) {
        if (one.kind == feature_kind::words) most = std::max<std::size_t>(most, one.last);
    }
    return most;
}

void extract_features(const feature_source& from, std::vector<feature>& out) { extractor(from, out).run(); }

}  // namespace hearth::moderation
