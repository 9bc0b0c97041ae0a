#include "moderation/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <istream>
#include <iterator>
#include <optional>
#include <ostream>

#include "moderation/policy/policy.hpp"

namespace hearth::moderation {
namespace {

namespace json = boost::json;

struct line_fault {
    std::string_view code;  ///< "engine.…", also the signal's rule
    std::string message;
};

void append_signals(std::string& out, const verdict& of) {
    bool first = true;
    for (const auto& one : of.signals) {
        fmt::format_to(std::back_inserter(out), R"({}{{"category":"{}","rule":"{}","voice":"{}","start":{},"end":{}}})",
                       first ? "" : ",", one.category, one.rule, one.voice, one.begin, one.end);
        first = false;
    }
}

std::string write(const verdict& of, const json::value* id, const std::optional<line_fault>& fault) {
    std::string out = "{";
    if (id != nullptr) out += "\"id\":" + json::serialize(*id) + ",";
    if (fault) {
        out += fmt::format(R"("error":{{"code":"{}","message":{}}},)", fault->code,
                           json::serialize(json::string(fault->message)));
    }
    fmt::format_to(std::back_inserter(out), R"("disposition":"{}","category":)", to_string(of.action));
    out += of.category ? fmt::format("\"{}\"", *of.category) : "null";
    out += ",\"lane\":";
    out += of.lane ? fmt::format("\"{}\"", to_string(*of.lane)) : "null";
    fmt::format_to(std::back_inserter(out), R"(,"severity":{},"score":{},"notice":{},"page":{},"signals":[)",
                   of.severity, of.score, of.notice, of.page);
    append_signals(out, of);
    out += "]}";
    return out;
}

std::string unreadable(const json::value* id, line_fault fault) {
    verdict result;
    raise_for_a_person(result, fault.code, 0, 0);
    return write(result, id, std::move(fault));
}

// "general" for a topic nobody knows: the packs' context rules then stay out of it.
std::optional<line_fault> read_context(const json::object& line, context& where) {
    for (const auto& [key, into] : {std::pair{"before", &where.before}, std::pair{"own_before", &where.own_before}}) {
        const auto* value = line.if_contains(key);
        if (value == nullptr || value->is_null()) continue;
        if (!value->is_string()) return line_fault{"engine.bad_line", fmt::format("\"{}\" is not a string", key)};
        *into = value->get_string();
    }
    if (const auto* topic = line.if_contains("room_topic"); topic != nullptr && !topic->is_null()) {
        if (!topic->is_string()) return line_fault{"engine.bad_line", "\"room_topic\" is not a string"};
        where.room_topic = topic->get_string();
    }
    if (const auto* language = line.if_contains("lang"); language != nullptr && !language->is_null()) {
        if (language->is_string()) {
            where.languages = {std::string(language->get_string())};
        } else {
            const auto* all = language->if_array();
            const bool strings = all != nullptr && std::all_of(all->begin(), all->end(),
                                                               [](const json::value& v) { return v.is_string(); });
            if (!strings) return line_fault{"engine.bad_line", "\"lang\" is neither a string nor a list of strings"};
            where.languages.clear();
            for (const auto& one : *all) where.languages.emplace_back(one.get_string());
        }
    }
    return std::nullopt;
}

// Reads up to the next newline, keeping at most one byte more than is allowed. False at the end of input.
bool read_line(std::streambuf& in, std::string& line) {
    line.clear();
    using traits = std::char_traits<char>;
    auto c = in.sbumpc();
    if (traits::eq_int_type(c, traits::eof())) return false;
    for (; !traits::eq_int_type(c, traits::eof()) && c != '\n'; c = in.sbumpc()) {
        if (line.size() <= max_line_bytes) line.push_back(traits::to_char_type(c));
    }
    return true;
}

}  // namespace

std::string moderate_line(std::string_view line, judge& judges, const moderate_options& options) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) return unreadable(nullptr, {"engine.bad_line", "the line is empty"});
    if (line.size() > max_line_bytes) {
        return unreadable(nullptr,
                          {"engine.too_long", fmt::format("the line is longer than {} bytes", max_line_bytes)});
    }
    json::error_code problem;
    json::value parsed;
    try {
        parsed = json::parse(json::string_view(line.data(), line.size()), problem);
    } catch (const std::exception&) {
        return unreadable(nullptr, {"engine.failed", "the line could not be read: out of memory"});
    }
    if (problem) return unreadable(nullptr, {"engine.bad_line", "the line is not JSON in UTF-8: " + problem.message()});
    const auto* object = parsed.if_object();
    if (object == nullptr) return unreadable(nullptr, {"engine.bad_line", "the line is not a JSON object"});
    const auto* id = object->if_contains("id");
    const auto* text = object->if_contains("text");
    if (text == nullptr) return unreadable(id, {"engine.bad_line", "\"text\" is missing"});
    if (!text->is_string()) return unreadable(id, {"engine.bad_line", "\"text\" is not a string"});

    context where;
    where.room_topic = options.room_topic;
    where.languages = options.languages;
    auto fault = read_context(*object, where);
    const auto& string = text->get_string();
    const std::string_view bytes(string.data(), string.size());
    auto result = judges(bytes, where);
    if (!fault && bytes.find('\0') != std::string_view::npos)
        fault = line_fault{"engine.bad_text", "\"text\" holds U+0000"};
    if (fault) raise_for_a_person(result, fault->code, 0, bytes.size());
    return write(result, id, fault);
}

int run_moderate(std::istream& in, std::ostream& out, std::ostream& err, judge& judges,
                 const moderate_options& options) {
    auto* source = in.rdbuf();
    std::string line;
    bool first = true;
    while (source != nullptr && read_line(*source, line)) {
        std::string_view text = line;
        if (first && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        first = false;
        out << moderate_line(text, judges, options) << '\n';
        if (source->in_avail() <= 0) out.flush();
        if (!out) break;
    }
    out.flush();
    if (!out) {
        err << "moderate: output cannot be written\n";
        return 1;
    }
    return 0;
}

}  // namespace hearth::moderation
