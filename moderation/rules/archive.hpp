// Compiled rules as bytes and back, so that a start need not compile them again. A class says once what it is made of:
//   template <class A> void keep(A& io) { io(words_, slots_); }
// The bytes are this build's own, on this machine; rules/cache.cpp sees to it that no other reads them.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace hearth::moderation {

class archive_writer {
public:
    template <class... T>
    void operator()(T&... values) {
        (put(values), ...);
    }
    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }

private:
    void raw(const void* from, std::size_t size) { bytes_.append(static_cast<const char*>(from), size); }
    void count(std::size_t size) {
        const auto value = static_cast<std::uint64_t>(size);
        raw(&value, sizeof value);
    }
    template <class T>
    void put(T& value) {
        if constexpr (requires { value.keep(*this); })
            value.keep(*this);
        else {
            static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
            raw(&value, sizeof value);
        }
    }
    void put(std::string& text) {
        count(text.size());
        raw(text.data(), text.size());
    }
    template <class T>
    void put(std::vector<T>& all) {
        count(all.size());
        if constexpr (std::is_trivially_copyable_v<T> && !std::is_same_v<T, bool>)
            raw(all.data(), all.size() * sizeof(T));
        else if constexpr (std::is_same_v<T, bool>)
            for (const bool one : all) raw(&one, 1);
        else
            for (auto& one : all) put(one);
    }
    template <class T, std::size_t n>
    void put(std::array<T, n>& all) {
        for (auto& one : all) put(one);
    }
    template <class K, class V, class H, class E>
    void put(std::unordered_map<K, V, H, E>& all) {
        count(all.size());
        for (auto& [key, value] : all) {
            put(const_cast<K&>(key));
            put(value);
        }
    }
    template <class K, class V, class C>
    void put(std::map<K, V, C>& all) {
        count(all.size());
        for (auto& [key, value] : all) {
            put(const_cast<K&>(key));
            put(value);
        }
    }

    std::string bytes_;
};

/// Reads what the writer wrote. Past the end it gives zeros and empties, and `failed` says so.
class archive_reader {
public:
    explicit archive_reader(std::string_view bytes) : rest_(bytes) {}
    template <class... T>
    void operator()(T&... values) {
        (get(values), ...);
    }
    /// Something was missing, or something is left over.
    [[nodiscard]] bool failed() const noexcept { return failed_ || !rest_.empty(); }

private:
    void raw(void* into, std::size_t size) {
        if (size == 0) return;  // an empty list has no address to copy to
        if (size > rest_.size()) {
            failed_ = true;
            rest_ = {};
            std::memset(into, 0, size);
            return;
        }
        std::memcpy(into, rest_.data(), size);
        rest_.remove_prefix(size);
    }
    // Every element takes at least `least` bytes: a damaged count cannot ask for more memory than the file is long.
    std::size_t count(std::size_t least) {
        std::uint64_t value = 0;
        raw(&value, sizeof value);
        if (value > rest_.size() / least) {
            failed_ = true;
            return 0;
        }
        return static_cast<std::size_t>(value);
    }
    template <class T>
    void get(T& value) {
        if constexpr (requires { value.keep(*this); })
            value.keep(*this);
        else {
            static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
            raw(&value, sizeof value);
        }
    }
    void get(std::string& text) {
        const auto size = count(1);
        text.assign(rest_.substr(0, size));
        rest_.remove_prefix(size);
    }
    template <class T>
    void get(std::vector<T>& all) {
        if constexpr (std::is_same_v<T, bool>) {
            all.assign(count(1), false);
            for (std::size_t i = 0; i < all.size(); ++i) {
                bool one = false;
                raw(&one, 1);
                all[i] = one;
            }
        } else if constexpr (std::is_trivially_copyable_v<T>) {
            all.resize(count(sizeof(T)));
            raw(all.data(), all.size() * sizeof(T));
        } else {
            all.resize(count(1));
            for (auto& one : all) get(one);
        }
    }
    template <class T, std::size_t n>
    void get(std::array<T, n>& all) {
        for (auto& one : all) get(one);
    }
    template <class K, class V, class H, class E>
    void get(std::unordered_map<K, V, H, E>& all) {
        const auto size = count(1);
        all.reserve(size);
        for (std::size_t i = 0; i < size; ++i) {
            K key{};
            get(key);
            get(all[key]);
        }
    }
    template <class K, class V, class C>
    void get(std::map<K, V, C>& all) {
        const auto size = count(1);
        for (std::size_t i = 0; i < size; ++i) {
            K key{};
            get(key);
            get(all[key]);
        }
    }

    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace hearth::moderation
