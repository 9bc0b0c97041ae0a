// The crisis directory for everyone, and for admins what in it wants checking.
#include "api/routes.hpp"
#include "protocol/json_text.hpp"

namespace hearth::api {

void list_resources(const call_ptr& c) {
    const auto asked = c->asked.query.find("locale");
    const auto& locale = asked != c->asked.query.end() && !asked->second.empty() ? asked->second : c->asked.locale;
    std::string out = R"({"countries":)";
    texts::append_directory(out, c->with.lines, locale);
    if (c->who.role == role::admin) {
        const auto warnings = c->with.lines.warnings(now());
        out += R"(,"warnings":[)";
        for (const auto& warning : warnings) {
            if (&warning != warnings.data()) out += ',';
            out += R"({"country":)";
            protocol::append_string(out, warning.country);
            out += R"(,"name":)";
            protocol::append_string(out, warning.name);
            out += warning.reason == texts::crisis_warning::why::stale ? R"(,"why":"stale"})"
                                                                       : R"(,"why":"never_verified"})";
        }
        out += ']';
    }
    out += '}';
    c->answer(200, std::move(out));
}

}  // namespace hearth::api
