// What staff and the server did, oldest first, as the chain has it.
#include <charconv>

#include "api/routes.hpp"
#include "protocol/json_text.hpp"

namespace hearth::api {
namespace {

constexpr int page_entries = 100;

void append_entry(std::string& out, const store::audit_entry& entry) {
    const auto member = [&](std::string_view name, std::string_view value) {
        out += ",\"";
        out += name;
        out += "\":";
        protocol::append_string(out, value);
    };
    out += R"({"n":)";
    protocol::append_number(out, entry.n);
    member("at", to_rfc3339(entry.at));
    member("actor", entry.actor_name);  // empty: the server itself
    member("actor_id", entry.actor.value);
    member("action", entry.action);
    member("subject", entry.subject);
    out += R"(,"detail":)";
    out += entry.detail.empty() ? "{}" : entry.detail;
    member("hash", entry.hash);
    out += '}';
}

}  // namespace

void list_audit(const call_ptr& c) {
    std::int64_t after = 0;
    if (const auto cursor = c->asked.query.find("cursor"); cursor != c->asked.query.end() && !cursor->second.empty()) {
        const auto& text = cursor->second;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), after);
        if (error != std::errc() || end != text.data() + text.size() || after < 0)
            return c->fail({errc::bad_request, "cursor", "not a cursor of this list"});
    }
    auto tell = [c](const std::vector<store::audit_entry>& entries) {
        std::string out = R"({"entries":[)";
        for (const auto& entry : entries) {
            if (&entry != entries.data()) out += ',';
            append_entry(out, entry);
        }
        out += ']';
        if (entries.size() == page_entries) out += R"(,"cursor":")" + std::to_string(entries.back().n) + '"';
        out += '}';
        c->answer(200, std::move(out));
    };
    c->with.store.list_audit(after, page_entries, c->with.loop,
                             c->then<std::vector<store::audit_entry>>(std::move(tell)));
}

}  // namespace hearth::api
