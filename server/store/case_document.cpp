#include "store/case_document.hpp"

#include <boost/json.hpp>

namespace hearth::store {
namespace {

namespace json = boost::json;

std::int64_t millis(time_point at) { return at.time_since_epoch().count(); }

json::object to_json(const person& p) { return {{"id", p.id.value}, {"name", p.name}, {"role", to_string(p.role)}}; }

json::object to_json(const quoted_message& m) {
    return {{"seq", m.seq}, {"at", millis(m.at)}, {"from", to_json(m.from)}, {"text", m.text}};
}

template <class List, class Each>
json::array all(const List& list, Each each) {
    json::array out;
    out.reserve(list.size());
    for (const auto& item : list) out.push_back(json::value(each(item)));
    return out;
}

// Reading never fails: what is missing or of another type is the default, for an older version may have written it.
std::string text(const json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    const auto* value = found ? found->if_string() : nullptr;
    return value ? std::string(*value) : std::string();
}

std::int64_t number(const json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    if (!found) return 0;
    if (const auto* value = found->if_int64()) return *value;
    if (const auto* value = found->if_uint64()) return static_cast<std::int64_t>(*value);
    return 0;
}

bool flag(const json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    const auto* value = found ? found->if_bool() : nullptr;
    return value && *value;
}

time_point time(const json::object& from, std::string_view name) {
    return time_point(std::chrono::milliseconds(number(from, name)));
}

const json::object* object(const json::object& from, std::string_view name) {
    const auto* found = from.if_contains(name);
    return found ? found->if_object() : nullptr;
}

template <class Each>
void each_object(const json::object& from, std::string_view name, Each each) {
    const auto* found = from.if_contains(name);
    const auto* list = found ? found->if_array() : nullptr;
    if (!list) return;
    for (const auto& item : *list)
        if (const auto* member = item.if_object()) each(*member);
}

person read_person(const json::object* from) {
    if (!from) return {};
    return {{text(*from, "id")}, text(*from, "name"), parse_role(text(*from, "role")).value_or(role::member)};
}

quoted_message read_quoted(const json::object& from) {
    return {static_cast<seq_t>(number(from, "seq")), time(from, "at"), read_person(object(from, "from")),
            text(from, "text")};
}

}  // namespace

std::string write_document(const review_case& from) {
    json::object out{
        {"room_slug", from.room_slug},   {"severity", from.severity},           {"page", from.page},
        {"needs_care", from.needs_care}, {"author_locale", from.author_locale}, {"disposition", from.disposition},
        {"due_at", millis(from.due_at)}, {"message", to_json(from.message)},    {"pack_version", from.pack_version},
    };
    out["categories"] = all(from.categories, [](const std::string& category) { return json::string(category); });
    out["findings"] = all(from.findings, [](const finding& f) {
        return json::object{
            {"category", f.category}, {"rule", f.rule}, {"voice", f.voice}, {"begin", f.begin}, {"end", f.end}};
    });
    out["reports"] = all(from.reports, [](const report_entry& r) {
        return json::object{{"by", r.by.value}, {"reason", r.reason}, {"note", r.note}, {"at", millis(r.at)}};
    });
    out["decisions"] = all(from.decisions, [](const decision_entry& d) {
        return json::object{{"by", to_json(d.by)},
                            {"action", to_string(d.action)},
                            {"reason", d.reason},
                            {"note", d.note},
                            {"at", millis(d.at)}};
    });
    out["before"] = all(from.before, [](const quoted_message& m) { return to_json(m); });
    out["cards"] = all(from.cards, [](const shared_card& c) {
        return json::object{{"claim", c.claim},
                            {"seq", c.seq},
                            {"by", to_json(c.by)},
                            {"at", millis(c.at)},
                            {"taken_back", c.taken_back}};
    });
    if (from.drift)
        out["drift"] =
            json::object{{"kind", from.drift->kind},
                         {"category", from.drift->category},
                         {"about", to_json(from.drift->about)},
                         {"evidence", all(from.drift->evidence, [](const quoted_message& m) { return to_json(m); })}};
    if (from.lease)
        out["lease"] = json::object{{"holder", to_json(from.lease->holder)},
                                    {"token", from.lease->token},
                                    {"expires_at", millis(from.lease->expires_at)}};
    return json::serialize(out);
}

void read_document(std::string_view document, review_case& into) {
    boost::system::error_code problem;
    json::parse_options lenient;
    lenient.allow_invalid_utf8 = true;  // an odd byte in a quote must not make the queue unreadable
    const json::value parsed = json::parse(json::string_view(document.data(), document.size()), problem, {}, lenient);
    const auto* from = problem ? nullptr : parsed.if_object();
    if (!from) throw std::runtime_error("the document of case " + into.id.value + " is damaged");
    into.room_slug = text(*from, "room_slug");
    into.severity = static_cast<int>(number(*from, "severity"));
    into.page = flag(*from, "page");
    into.needs_care = flag(*from, "needs_care");
    into.author_locale = text(*from, "author_locale");
    into.disposition = text(*from, "disposition");
    into.pack_version = text(*from, "pack_version");
    into.due_at = time(*from, "due_at");
    if (const auto* message = object(*from, "message")) into.message = read_quoted(*message);
    if (const auto* categories = from->if_contains("categories"); categories && categories->is_array())
        for (const auto& each : categories->get_array())
            if (const auto* name = each.if_string()) into.categories.emplace_back(*name);
    each_object(*from, "findings", [&](const json::object& f) {
        into.findings.push_back(
            {text(f, "category"), text(f, "rule"), text(f, "voice"), number(f, "begin"), number(f, "end")});
    });
    each_object(*from, "reports", [&](const json::object& r) {
        into.reports.push_back({{text(r, "by")}, text(r, "reason"), text(r, "note"), time(r, "at")});
    });
    each_object(*from, "decisions", [&](const json::object& d) {
        into.decisions.push_back({read_person(object(d, "by")),
                                  parse_case_action(text(d, "action")).value_or(case_action::keep), text(d, "reason"),
                                  text(d, "note"), time(d, "at")});
    });
    each_object(*from, "before", [&](const json::object& m) { into.before.push_back(read_quoted(m)); });
    each_object(*from, "cards", [&](const json::object& c) {
        into.cards.push_back({text(c, "claim"), static_cast<seq_t>(number(c, "seq")), read_person(object(c, "by")),
                              time(c, "at"), flag(c, "taken_back")});
    });
    if (const auto* slid = object(*from, "drift")) {
        into.drift = drift_note{text(*slid, "kind"), text(*slid, "category"), read_person(object(*slid, "about")), {}};
        each_object(*slid, "evidence", [&](const json::object& m) { into.drift->evidence.push_back(read_quoted(m)); });
    }
    if (const auto* held = object(*from, "lease"))
        into.lease = lease{read_person(object(*held, "holder")), text(*held, "token"), time(*held, "expires_at")};
}

}  // namespace hearth::store
