// Reads a request's body field by field. The first thing that does not fit is kept, so that a handler reads all it
// needs and asks once whether it went well.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/limits.hpp"

namespace hearth::api {

/// Rules: an empty body is {}. Anything but an object, or nested deeper than limits::json_depth, is bad_request.
/// Unknown fields are ignored; null counts as absent; a name given twice means its last value. A field that is missing, of
/// another type or out of bounds is bad_request with its name; text that is too long is too_long with the limit.
class json_reader {
public:
    json_reader(std::string_view body, const limits& bounds);

    /// Text of one line: no control characters. Surrounding spaces stay.
    [[nodiscard]] std::string line(std::string_view name, std::size_t most_chars);
    [[nodiscard]] std::optional<std::string> maybe_line(std::string_view name, std::size_t most_chars);
    /// Text of many lines; line breaks and tabs are the only control characters.
    [[nodiscard]] std::optional<std::string> maybe_text(std::string_view name, std::size_t most_chars);
    [[nodiscard]] std::optional<std::int64_t> maybe_integer(std::string_view name, std::int64_t least,
                                                            std::int64_t most);
    [[nodiscard]] std::optional<bool> maybe_flag(std::string_view name);
    [[nodiscard]] std::optional<std::vector<std::string>> maybe_words(std::string_view name, std::size_t most);
    /// Seconds from `name` (an integer), or a length like "90s", "30m", "24h", "7d" from the same field.
    [[nodiscard]] std::optional<std::int64_t> maybe_seconds(std::string_view name, std::int64_t least,
                                                            std::int64_t most);

    /// One word of an enumeration, read by `parse`.
    template <class Parse>
    [[nodiscard]] auto maybe_one_of(std::string_view name, Parse parse) -> decltype(parse(std::string_view{})) {
        const auto word = maybe_line(name, 64);
        if (!word) return std::nullopt;
        auto value = parse(std::string_view(*word));
        if (!value) reject({errc::bad_request, std::string(name), "not one of its values"});
        return value;
    }

    /// Makes a missing field a failure: `in.required("kind", in.maybe_one_of("kind", parse_room_kind))`.
    template <class T>
    [[nodiscard]] T required(std::string_view name, std::optional<T> value) {
        if (value) return std::move(*value);
        reject({errc::bad_request, std::string(name), "missing"});
        return T{};
    }

    /// Keeps the first failure.
    void reject(failure what);
    [[nodiscard]] bool failed() const noexcept { return problem_.has_value(); }
    [[nodiscard]] const failure& problem() const { return *problem_; }

private:
    [[nodiscard]] const boost::json::value* find(std::string_view name) const;
    std::optional<std::string> text(std::string_view name, std::size_t most_chars, bool many_lines);
    void wrong(std::string_view name, std::string_view why);

    boost::json::object fields_;
    std::optional<failure> problem_;
};

}  // namespace hearth::api
