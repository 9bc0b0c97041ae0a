#include "moderation/learned/glossary.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

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

void glossary::key_set::add(std::uint64_t key) {
    if (contains(key)) return;
    if ((count_ + 1) * 2 > slots_.size()) {
        auto old = std::exchange(slots_, std::vector<std::uint64_t>(slots_.size() * 2));
        count_ = 0;
        for (const auto one : old) {
            if (one != 0) add(one);
        }
    }
    auto at = key & mask();
    while (slots_[at] != 0) at = (at + 1) & mask();
    slots_[at] = key;
    ++count_;
}

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
    if (!marks_.may_have(key)) return;
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

// Reads ahead what single words are looked up in; phrases are rarer.
void glossary::fetch(const folded& text, const token_list& words) const {
    const auto mask = slots_.size() - 1;
    const auto fetch_slot = [&](std::uint64_t key) {
        if (marks_.may_have(key)) __builtin_prefetch(&slots_[key & mask]);
    };
    for (const auto& one : words.tokens) {
        const auto word = spelling(text, one);
        auto hash = seed;
        for (std::size_t letter = 0; letter < word.size(); ++letter) {
            hash = add_byte(hash, static_cast<unsigned char>(word[letter]));
            if (letter + 1 >= shortest_prefix && letter < longest_prefix_) fetch_slot(open_ended(hash));
        }
        fetch_slot(hash);
        begins_.fetch(hash);
    }
}

void glossary::find(const folded& text, const token_list& words, language_mask languages,
                    std::vector<idea_hit>& out) const {
    out.clear();
    if (slots_.empty()) return;
    fetch(text, words);
    std::array<std::uint64_t, most_words> open{};  // hashes of phrases that the words before this one begin, by length
    std::uint16_t sentence = 0;
    for (std::uint32_t i = 0; i < words.tokens.size(); ++i) {
        const auto& one = words.tokens[i];
        if (i == 0 || one.sentence != sentence) open = {};
        sentence = one.sentence;
        const auto word = spelling(text, one);
        std::array<std::uint64_t, most_words> next{};
        for (std::size_t length = most_words; length-- > 0;) {  // words before this one; the longest phrase first
            auto hash = length == 0 ? seed : open[length];
            if (length > 0 && hash == 0) continue;
            if (length > 0) hash = add_byte(hash, ' ');
            const auto first = i - static_cast<std::uint32_t>(length);
            for (std::size_t letter = 0; letter < word.size(); ++letter) {
                hash = add_byte(hash, static_cast<unsigned char>(word[letter]));
                if (letter + 1 >= shortest_prefix && letter < longest_prefix_)
                    look_up(open_ended(hash), languages, first, i + 1, out);
            }
            look_up(hash, languages, first, i + 1, out);
            if (length + 1 < most_words && begins_.contains(hash)) next[length + 1] = hash;
        }
        open = next;
    }
}

}  // namespace hearth::moderation
