// What can be bound to a statement's parameter, so that calls read as lists of plain values.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/clock.hpp"
#include "core/ids.hpp"

namespace hearth::store::sqlite {

struct blob {
    std::string_view bytes;
};

/// A view: whoever binds it keeps text and bytes alive for the call.
class value {
public:
    enum class kind : std::uint8_t { null, integer, text, blob };

    value(std::nullopt_t) {}
    template <std::integral T>
    value(T number) : kind_(kind::integer), number_(static_cast<std::int64_t>(number)) {}
    template <class T>
    requires std::is_enum_v<T> value(T number) : kind_(kind::integer), number_(static_cast<std::int64_t>(number)) {}
    value(time_point at) : kind_(kind::integer), number_(at.time_since_epoch().count()) {}
    value(std::string_view text) : kind_(kind::text), text_(text) {}
    value(const std::string& text) : kind_(kind::text), text_(text) {}
    value(const char* text) : kind_(kind::text), text_(text) {}
    value(blob bytes) : kind_(kind::blob), text_(bytes.bytes) {}
    template <class Tag>
    value(const text_id<Tag>& id) : value(id.value) {}
    template <class T>
    value(const std::optional<T>& maybe) {
        if (maybe) *this = value(*maybe);
    }

    [[nodiscard]] kind type() const noexcept { return kind_; }
    [[nodiscard]] std::int64_t number() const noexcept { return number_; }
    [[nodiscard]] std::string_view text() const noexcept { return text_; }

private:
    kind kind_ = kind::null;
    std::int64_t number_ = 0;
    std::string_view text_;
};

}  // namespace hearth::store::sqlite
