// What Redis answers, as a plain value: nothing above the connection knows the client library.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hearth::store::redis {

struct reply {
    enum class type : std::uint8_t { nil, text, integer, list, error };
    type what = type::nil;
    std::string text;         ///< of a text or an error
    std::int64_t number = 0;  ///< of an integer
    std::vector<reply> items;
    [[nodiscard]] bool is_error() const noexcept { return what == type::error; }
};

}  // namespace hearth::store::redis
