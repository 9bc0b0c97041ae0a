#include "protocol/command.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace hearth::protocol {
namespace {

namespace json = boost::json;

/// Reads fields of one command; the first thing wrong is kept, what follows then does not matter.
class reader {
public:
    reader(const json::object& from, const limits& bounds) : from_(from), bounds_(bounds) {}

    std::string text(std::string_view name, std::size_t max_chars, bool required = true) {
        const auto* value = find(name, required);
        if (!value) return {};
        const auto* string = value->if_string();
        if (!string) return wrong(name, "must be a string"), std::string{};
        if (count_chars(*string) > max_chars) {
            fail({errc::too_long, std::string(name), "too long", static_cast<std::int64_t>(max_chars)});
            return {};
        }
        if (required && string->empty()) return wrong(name, "must not be empty"), std::string{};
        return {string->data(), string->size()};
    }

    std::string room() { return text("room", bounds_.slug_chars); }

    std::optional<std::uint64_t> number(std::string_view name, bool required) {
        const auto* value = find(name, required);
        if (!value) return std::nullopt;
        if (const auto* n = value->if_int64(); n && *n >= 0) return static_cast<std::uint64_t>(*n);
        wrong(name, "must be a whole number of at least 0");
        return std::nullopt;
    }

    bool boolean(std::string_view name) {
        const auto* value = find(name, true);
        if (!value) return false;
        if (const auto* b = value->if_bool()) return *b;
        wrong(name, "must be true or false");
        return false;
    }

    template <std::size_t N>
    std::string one_of(std::string_view name, const std::array<std::string_view, N>& allowed, bool required) {
        auto value = text(name, 64, required);
        if (!error_ && !(value.empty() && !required) &&
            std::find(allowed.begin(), allowed.end(), value) == allowed.end())
            wrong(name, "is none of the values it may have");
        return value;
    }

    void wrong(std::string_view name, std::string_view why) {
        fail({errc::bad_request, std::string(name), std::string(name) + " " + std::string(why)});
    }

    outcome<command> give(command what) {
        if (error_) return std::move(*error_);
        return what;
    }

    const json::value* find(std::string_view name, bool required) {
        const auto* value = from_.if_contains(name);
        if (value && !value->is_null()) return value;
        if (required) wrong(name, "is missing");
        return nullptr;
    }

private:
    void fail(failure what) {
        if (!error_) error_ = std::move(what);
    }

    const json::object& from_;
    const limits& bounds_;
    std::optional<failure> error_;
};

constexpr std::array<std::string_view, 4> reactions{"hear", "me_too", "thanks", "celebrate"};
constexpr std::array<std::string_view, 4> intents{"support", "relate", "solve", "celebrate"};
constexpr std::array<std::string_view, 1> queues{"review"};
constexpr std::array<std::string_view, 22> reasons{"suicide.passive",     "suicide.active",
                                                   "suicide.emergency",   "selfharm.disclosure",
                                                   "overdose.emergency",  "selfharm.method",
                                                   "selfharm.incitement", "eating.promotion",
                                                   "eating.numbers",      "drugs.sourcing",
                                                   "drugs.glorification", "misinfo.withdrawal",
                                                   "misinfo.medication",  "misinfo.cure",
                                                   "misinfo.illness",     "solicitation",
                                                   "harassment",          "privacy.exposure",
                                                   "privacy.luring",      "sexual.grooming",
                                                   "impersonation",       "other"};

command read_say(reader& in, const limits& bounds) {
    say c;
    c.room = in.room();
    c.key = in.text("key", bounds.key_chars);
    c.text = in.text("text", bounds.text_chars);
    c.intent = in.one_of("intent", intents, false);
    c.reply_to = in.number("reply_to", false);
    return c;
}

command read_history(reader& in, const limits& bounds) {
    history c;
    c.room = in.room();
    c.before = in.number("before", false);
    if (const auto limit = in.number("limit", false)) {
        if (*limit < 1 || *limit > static_cast<std::uint64_t>(bounds.history_events))
            in.wrong("limit", "must be from 1 to " + std::to_string(bounds.history_events));
        else
            c.limit = static_cast<int>(*limit);
    }
    return c;
}

outcome<command> read(std::string_view type, reader in, const limits& bounds) {
    // Braced lists are read from left to right, so the first wrong field is the one that is named.
    if (type == "say") return in.give(read_say(in, bounds));
    if (type == "typing") return in.give(typing{in.room()});
    if (type == "ping") {
        const auto* t = in.find("t", false);
        return in.give(ping{t ? json::serialize(*t) : "null"});
    }
    if (type == "hello") {
        hello c{in.text("token", 128, false), in.text("invite", 128, false), in.text("name", bounds.name_chars, false),
                in.text("locale", 16, false)};
        return in.give(std::move(c));
    }
    if (type == "join") {
        join c{in.room(), in.number("after", false), in.text("epoch", 64, false)};
        return in.give(std::move(c));
    }
    if (type == "accept") {
        accept c{in.room(), static_cast<std::int64_t>(in.number("version", true).value_or(0))};
        return in.give(std::move(c));
    }
    if (type == "leave") return in.give(leave{in.room()});
    if (type == "edit") {
        edit c{in.room(), in.number("seq", true).value_or(0), in.text("text", bounds.text_chars)};
        return in.give(std::move(c));
    }
    if (type == "retract") {
        retract c{in.room(), in.number("seq", true).value_or(0)};
        return in.give(std::move(c));
    }
    if (type == "react") {
        react c{in.room(), in.number("seq", true).value_or(0), in.one_of("kind", reactions, true), in.boolean("on")};
        return in.give(std::move(c));
    }
    if (type == "report") {
        report c{in.room(), in.number("seq", true).value_or(0), in.one_of("reason", reasons, true),
                 in.text("note", bounds.note_chars, false)};
        return in.give(std::move(c));
    }
    if (type == "history") return in.give(read_history(in, bounds));
    if (type == "watch") {
        in.one_of("queue", queues, true);
        return in.give(watch{});
    }
    return failure{errc::unknown_command, "type", "no such command"};
}

/// Whether an escape names half of a UTF-16 pair without the other: browsers send that for broken emoji.
bool has_lone_surrogate(std::string_view line) noexcept {
    const auto surrogate = [&](std::size_t at, std::string_view second) {
        return at + 4 <= line.size() && (line[at] == 'd' || line[at] == 'D') &&
               second.find(line[at + 1]) != std::string_view::npos;
    };
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        if (line[i] != '\\') continue;
        ++i;
        if (line[i] != 'u') continue;
        if (surrogate(i + 1, "cdefCDEF")) return true;  // a second half without its first
        if (!surrogate(i + 1, "89abAB")) continue;
        if (line.substr(std::min(i + 5, line.size()), 2) != "\\u" || !surrogate(i + 7, "cdefCDEF")) return true;
        i += 10;
    }
    return false;
}

}  // namespace

std::optional<parsed> parse_command(std::string_view line, const limits& bounds) {
    std::array<unsigned char, 4096> scratch;  // NOLINT: filled by the resource as it goes
    json::monotonic_resource memory(scratch.data(), scratch.size());
    json::parse_options options;
    options.max_depth = static_cast<std::size_t>(bounds.json_depth);
    boost::system::error_code error;
    const auto value = json::parse({line.data(), line.size()}, error, &memory, options);
    parsed result;
    if (error == json::error::too_deep) {
        result.what = failure{errc::bad_request, "", "nested deeper than " + std::to_string(bounds.json_depth),
                              bounds.json_depth};
        return result;
    }
    if (error && has_lone_surrogate(line)) {
        result.what = failure{errc::bad_request, "text", "half of a surrogate pair is no character"};
        return result;
    }
    if (error) return std::nullopt;
    const auto* object = value.if_object();
    if (!object) {
        result.what = failure{errc::bad_request, "", "a command is a JSON object"};
        return result;
    }
    reader in(*object, bounds);
    if (const auto* id = object->if_contains("id")) {
        if (id->is_string() && id->get_string().size() > 128) {
            result.what = failure{errc::too_long, "id", "id is too long", 128};
            return result;
        }
        if (!id->is_string() && !id->is_int64() && !id->is_uint64()) {
            result.what = failure{errc::bad_request, "id", "id must be an integer or a string"};
            return result;
        }
        result.id = json::serialize(*id);
    } else {
        result.what = failure{errc::bad_request, "id", "id is missing"};
    }
    const auto* type = object->if_contains("type");
    if (!type || !type->is_string()) {
        result.what = failure{errc::bad_request, "type", type ? "type must be a string" : "type is missing"};
        return result;
    }
    const std::string_view name(type->get_string().data(), type->get_string().size());
    if (result.id == "null" && name != "typing") return result;
    result.what = read(name, in, bounds);
    return result;
}

std::size_t count_chars(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace hearth::protocol
