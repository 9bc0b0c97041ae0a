#include "moderation/learned/glossary.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace hearth::moderation {
namespace {

constexpr std::size_t most_words = 3;       // of a phrase
constexpr std::size_t shortest_prefix = 4;  // letters before a star
constexpr std::uint32_t no_entry = 0xFFFFFFFFU;
constexpr std::uint64_t seed = 1469598103934665603ULL;

std::uint64_t add_byte(std::uint64_t hash, unsigned char byte) noexcept { return (hash ^ byte) * 1099511628211ULL; }
std::uint64_t add_text(std::uint64_t hash, std::string_view text) noexcept {
    for (const char c : text) hash = add_byte(hash, static_cast<unsigned char>(c));
    return hash;
}
std::uint64_t open_ended(std::uint64_t hash) noexcept { return add_byte(hash, '*'); }

}  // namespace

bool glossary::add(std::string_view name, std::string_view phrase, language_mask language) {
    const auto [number, fresh] = numbers_.try_emplace(std::string(name), static_cast<idea>(names_.size()));
    if (fresh) names_.emplace_back(name);
    const bool star = phrase.ends_with('*');
    if (star) phrase.remove_suffix(1);
    static const lexicon none;
    folded text;
    token_list words;
    fold_into(phrase, text);
    tokenize_into(text, none, words);
    if (words.tokens.empty() || words.tokens.size() > most_words) return false;
    auto hash = seed;
    for (std::size_t i = 0; i < words.tokens.size(); ++i) {
        if (i > 0) hash = add_byte(hash, ' ');
        hash = add_text(hash, spelling(text, words.tokens[i]));
        if (i + 1 < words.tokens.size()) begins_.add(hash);
    }
    const auto& last = words.tokens.back();
    if (star && last.end - last.begin >= shortest_prefix) {
        hash = open_ended(hash);
        longest_prefix_ = std::max<std::size_t>(longest_prefix_, last.end - last.begin);
    }
    entries_.push_back({hash, number->second, language});
    return true;
}

void glossary::seal() {
    std::sort(entries_.begin(), entries_.end(), [](const entry& a, const entry& b) {
        return std::tie(a.key, a.what, a.languages) < std::tie(b.key, b.what, b.languages);
    });
    std::size_t size = 1024;
    while (size < entries_.size() * 2) size *= 2;
    slots_.assign(size, {});
    marks_ = hash_marks(entries_.size());
    for (std::uint32_t i = 0; i < entries_.size(); ++i) {
        if (i > 0 && entries_[i].key == entries_[i - 1].key) continue;
        marks_.add(entries_[i].key);
        auto at = entries_[i].key & (size - 1);
        while (slots_[at].first != no_entry) at = (at + 1) & (size - 1);
        slots_[at] = {i, check_of(entries_[i].key)};
    }
}

void glossary::look_up(std::uint64_t key, language_mask languages, std::uint32_t first, std::uint32_t last,
                       std::vector<idea_hit>& out) const {
    const auto mask = slots_.size() - 1;
    for (auto slot = key & mask; slots_[slot].first != no_entry; slot = (slot + 1) & mask) {
        auto at = slots_[slot].first;
        if (slots_[slot].check != check_of(key) || entries_[at].key != key) continue;
        for (; at < entries_.size() && entries_[at].key == key; ++at) {
            if ((entries_[at].languages & languages) == 0) continue;
            const bool known = std::any_of(
                out.rbegin(), out.rbegin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(out.size(), 8)),
                [&](const idea_hit& hit) { return hit.what == entries_[at].what && hit.last == last; });
            if (!known) out.push_back({entries_[at].what, first, last});
        }
        return;
    }
}

// Notes which words may be ideas by themselves, with the memory to look them up in on its way; phrases are rarer.
void glossary::read_single_words(const folded& text, const token_list& words, scratch& memory) const {
    memory.single_.clear();
    memory.words_.clear();
    const auto mask = slots_.size() - 1;
    for (std::uint32_t i = 0; i < words.tokens.size(); ++i) {
        const auto note = [&](std::uint64_t key) {
            if (!marks_.may_have(key)) return;
            __builtin_prefetch(&slots_[key & mask]);
            memory.single_.push_back({key, i});
        };
        const auto word = spelling(text, words.tokens[i]);
        auto hash = seed;
        for (std::size_t letter = 0; letter < word.size(); ++letter) {
            hash = add_byte(hash, static_cast<unsigned char>(word[letter]));
            if (letter + 1 >= shortest_prefix && letter < longest_prefix_) note(open_ended(hash));
        }
        note(hash);
        begins_.fetch(hash);
        memory.words_.push_back(hash);
    }
}

// A word after those that hash to `before`; `whole` becomes the hash of all of them.
void glossary::look_up_phrase(std::uint64_t before, std::string_view word, language_mask languages, std::uint32_t first,
                              std::uint32_t last, std::vector<idea_hit>& out, std::uint64_t& whole) const {
    const auto perhaps = [&](std::uint64_t key) {
        if (marks_.may_have(key)) look_up(key, languages, first, last, out);
    };
    whole = add_byte(before, ' ');
    for (std::size_t letter = 0; letter < word.size(); ++letter) {
        whole = add_byte(whole, static_cast<unsigned char>(word[letter]));
        if (letter + 1 >= shortest_prefix && letter < longest_prefix_) perhaps(open_ended(whole));
    }
    perhaps(whole);
}

void glossary::find(const folded& text, const token_list& words, language_mask languages, scratch& memory,
                    std::vector<idea_hit>& out) const {
    out.clear();
    if (slots_.empty()) return;
    read_single_words(text, words, memory);
    std::array<std::uint64_t, most_words> open{};  // hashes of phrases that the words before this one begin, by length
    std::uint16_t sentence = 0;
    auto single = memory.single_.begin();
    for (std::uint32_t i = 0; i < words.tokens.size(); ++i) {
        const auto& one = words.tokens[i];
        if (i == 0 || one.sentence != sentence) open = {};
        sentence = one.sentence;
        std::array<std::uint64_t, most_words> next{};
        for (auto length = most_words - 1; length > 0; --length) {  // words before this one; the longest phrase first
            if (open[length] == 0) continue;
            std::uint64_t whole = 0;
            look_up_phrase(open[length], spelling(text, one), languages, i - static_cast<std::uint32_t>(length), i + 1,
                           out, whole);
            if (length + 1 < most_words && begins_.contains(whole)) next[length + 1] = whole;
        }
        for (; single != memory.single_.end() && single->word == i; ++single)
            look_up(single->key, languages, i, i + 1, out);
        if (begins_.contains(memory.words_[i])) next[1] = memory.words_[i];
        open = next;
    }
}

}  // namespace hearth::moderation
