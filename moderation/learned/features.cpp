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
    topic,
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

std::uint64_t begin_hash(space what) noexcept { return 14695981039346656037ULL ^ static_cast<std::uint64_t>(what); }
std::uint64_t add_byte(std::uint64_t hash, unsigned char byte) noexcept { return (hash ^ byte) * 1099511628211ULL; }
std::uint64_t add_word(std::uint64_t hash, std::uint32_t word) noexcept {
    for (int shift = 0; shift < 32; shift += 8) hash = add_byte(hash, static_cast<unsigned char>(word >> shift));
    return hash;
}

std::uint64_t add_text(std::uint64_t hash, std::string_view text) noexcept {
    for (const char c : text) hash = add_byte(hash, static_cast<unsigned char>(c));
    return hash;
}
std::uint64_t joined(space what, std::uint32_t a, std::uint32_t b) noexcept {
    return add_word(add_word(begin_hash(what), a), b);
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
        auto hash = begin_hash(space::word);
        for (const char c : word) {
            if (number && c >= '0' && c <= '9') continue;
            hash = add_byte(hash, static_cast<unsigned char>(c));
        }
        if (number) hash = add_byte(hash, '#');
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
            const auto stem =
                one.number ? hash : mixed(add_text(begin_hash(space::stem), word.substr(0, stem_letters)));
            if (i == 0 || one.sentence != sentence) in_sentence = 0;
            sentence = one.sentence;
            put(add_word(begin_hash(space::word), hash), feature_kind::words, i, i + 1);
            if (!one.number) read_stems(word, i);
            if (in_sentence >= 1) put(joined(space::pair, last, stem), feature_kind::words, i - 1, i + 1);
            if (in_sentence >= 2) {
                put(joined(space::skipped_pair, second_last, stem), feature_kind::words, i - 2, i + 1);
                put(add_word(joined(space::triple, second_last, last), stem), feature_kind::words, i - 2, i + 1);
            }
            second_last = last;
            last = stem;
            ++in_sentence;
        }
    }

    // Words that begin alike are mostly forms of one word: "burden", "burdens", "burdening".
    void read_stems(std::string_view word, std::size_t index) {
        for (std::size_t letters = stem_letters; letters <= stem_letters + 1 && letters <= word.size(); ++letters)
            put(add_text(begin_hash(space::stem), word.substr(0, letters)), feature_kind::words, index, index + 1);
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
        if (from_.room_topic == "eating") sign(space::topic, 0);
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
            put(add_word(begin_hash(space::before), hash), feature_kind::before, 0, 0);
        }
    }

    const feature_source& from_;
    std::vector<feature>& out_;
};

}  // namespace

void extract_features(const feature_source& from, std::vector<feature>& out) { extractor(from, out).run(); }

}  // namespace hearth::moderation
