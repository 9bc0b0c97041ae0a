#include "api/json_reader.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <charconv>

#include "protocol/command.hpp"

namespace hearth::api {
namespace {

namespace json = boost::json;

bool is_control(char c, bool many_lines) {
    const auto byte = static_cast<unsigned char>(c);
    if (many_lines && (c == '\n' || c == '\t' || c == '\r')) return false;
    return byte < 0x20 || byte == 0x7F;
}

/// "30m" → 1800
std::optional<std::int64_t> seconds_in(std::string_view text) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || count < 0 || count > 1'000'000 || end + 1 != text.data() + text.size())
        return std::nullopt;
    switch (*end) {
        case 's': return count;
        case 'm': return count * 60;
        case 'h': return count * 3'600;
        case 'd': return count * 86'400;
        default: return std::nullopt;
    }
}

}  // namespace

json_reader::json_reader(std::string_view body, const limits& bounds) {
    if (body.find_first_not_of(" \t\r\n") == body.npos) return;
    json::parse_options how;
    how.max_depth = static_cast<std::size_t>(bounds.json_depth);
    boost::system::error_code error;
    auto value = json::parse({body.data(), body.size()}, error, {}, how);
    if (error || !value.is_object())
        reject({errc::bad_request, "", "the body is no JSON object, or nested too deep"});
    else
        fields_ = std::move(value.get_object());
}

void json_reader::reject(failure what) {
    if (!problem_) problem_ = std::move(what);
}

void json_reader::wrong(std::string_view name, std::string_view why) {
    reject({errc::bad_request, std::string(name), std::string(why)});
}

const json::value* json_reader::find(std::string_view name) const {
    const auto* found = fields_.if_contains({name.data(), name.size()});
    return found && !found->is_null() ? found : nullptr;
}

std::optional<std::string> json_reader::text(std::string_view name, std::size_t most_chars, bool many_lines) {
    const auto* value = find(name);
    if (!value) return std::nullopt;
    if (!value->is_string()) {
        wrong(name, "not a text");
        return std::nullopt;
    }
    std::string out(value->get_string().data(), value->get_string().size());
    for (const char c : out)
        if (is_control(c, many_lines)) {
            wrong(name, "control characters");
            return std::nullopt;
        }
    if (protocol::count_chars(out) > most_chars) {
        reject({errc::too_long, std::string(name), "too long", static_cast<std::int64_t>(most_chars)});
        return std::nullopt;
    }
    return out;
}

std::string json_reader::line(std::string_view name, std::size_t most_chars) {
    return required(name, maybe_line(name, most_chars));
}

std::optional<std::string> json_reader::maybe_line(std::string_view name, std::size_t most_chars) {
    return text(name, most_chars, false);
}

std::optional<std::string> json_reader::maybe_text(std::string_view name, std::size_t most_chars) {
    return text(name, most_chars, true);
}

std::optional<std::int64_t> json_reader::maybe_integer(std::string_view name, std::int64_t least, std::int64_t most) {
    const auto* value = find(name);
    if (!value) return std::nullopt;
    if (!value->is_int64()) {
        wrong(name, "not a whole number");
        return std::nullopt;
    }
    if (value->get_int64() < least || value->get_int64() > most) {
        const auto broken = value->get_int64() < least ? least : most;
        reject({errc::bad_request, std::string(name), "out of bounds", broken});
        return std::nullopt;
    }
    return value->get_int64();
}

std::optional<std::int64_t> json_reader::maybe_seconds(std::string_view name, std::int64_t least, std::int64_t most) {
    const auto* value = find(name);
    if (!value || !value->is_string()) return maybe_integer(name, least, most);
    const auto seconds = seconds_in({value->get_string().data(), value->get_string().size()});
    if (!seconds || *seconds < least || *seconds > most) {
        wrong(name, "no length of time, or out of bounds");
        return std::nullopt;
    }
    return seconds;
}

std::optional<bool> json_reader::maybe_flag(std::string_view name) {
    const auto* value = find(name);
    if (!value) return std::nullopt;
    if (!value->is_bool()) {
        wrong(name, "neither true nor false");
        return std::nullopt;
    }
    return value->get_bool();
}

std::optional<std::vector<std::string>> json_reader::maybe_words(std::string_view name, std::size_t most) {
    const auto* value = find(name);
    if (!value) return std::nullopt;
    std::vector<std::string> out;
    const auto* list = value->if_array();
    bool fits = list && list->size() <= most;
    if (fits)
        for (const auto& item : *list) {
            fits = fits && item.is_string();
            if (fits) out.emplace_back(item.get_string().data(), item.get_string().size());
        }
    if (!fits) {
        wrong(name, "not a list of words, or too many");
        return std::nullopt;
    }
    return out;
}

}  // namespace hearth::api
