// Every word that rules and cues name, numbered: after this, words are compared as integers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::moderation {

using word_id = std::uint32_t;
inline constexpr word_id no_word = 0xFFFFFFFFU;

/// An append-only table of folded words. Open addressing: one probe or two per word of a message.
class lexicon {
public:
    lexicon() : slots_(1024, no_word) {}

    /// The word's number, given out on first sight.
    word_id add(std::string_view word);

    [[nodiscard]] word_id find(std::string_view word) const noexcept {
        for (auto slot = hash(word) & mask();; slot = (slot + 1) & mask()) {
            const auto id = slots_[slot];
            if (id == no_word || words_[id] == word) return id;
        }
    }

    /// What it is made of (rules/archive.hpp).
    template <class A>
    void keep(A& io) {
        io(words_, slots_);
    }

    [[nodiscard]] const std::string& operator[](word_id id) const { return words_[id]; }
    [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }

private:
    [[nodiscard]] static std::size_t hash(std::string_view word) noexcept {
        std::uint64_t value = 14695981039346656037ULL;  // FNV-1a: words are short
        for (const char c : word) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        return static_cast<std::size_t>(value ^ (value >> 29U));
    }
    [[nodiscard]] std::size_t mask() const noexcept { return slots_.size() - 1; }

    std::vector<std::string> words_;
    std::vector<word_id> slots_;
};

}  // namespace hearth::moderation
