// Looks for thousands of literal strings at once. Only literals.cpp includes Vectorscan.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::moderation {

/// A compiled set of literals; immutable, shared by threads.
class literal_set {
public:
    /// Throws std::runtime_error with the library's words when the set cannot be compiled.
    explicit literal_set(const std::vector<std::string>& literals);
    /// From what `bytes` gave. Throws std::runtime_error when they are not from this machine's kind of processor.
    [[nodiscard]] static literal_set from_bytes(const std::string& bytes);
    ~literal_set();
    literal_set(literal_set&&) noexcept = default;
    literal_set(const literal_set&) = delete;
    literal_set& operator=(const literal_set&) = delete;

    /// Scratch memory of one thread. Throws std::bad_alloc.
    class scratch {
    public:
        explicit scratch(const literal_set& of);

    private:
        friend class literal_set;
        std::shared_ptr<void> memory_;
    };

    struct hit {
        std::uint32_t literal;  ///< index into the list given at construction
        std::uint32_t end;      ///< one past its last byte
    };

    /// Puts every occurrence into `hits`. False when the scan failed: the caller must not take that for "none".
    [[nodiscard]] bool scan(std::string_view text, scratch& memory, std::vector<hit>& hits) const noexcept;

    [[nodiscard]] std::string bytes() const;

private:
    literal_set() = default;
    std::shared_ptr<void> database_;  // empty when there are no literals
};

}  // namespace hearth::moderation
