#include "app/config_file.hpp"

#include <fmt/core.h>

#include <toml++/toml.h>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/startup_error.hpp"

namespace hearth::app {
namespace {

/// Takes a value; when it does not, an operator reads what is wanted.
struct setter {
    std::function<bool(const toml::node&)> take;
    std::string wanted;
};
using table = std::map<std::string, setter, std::less<>>;

setter text(std::string& into) {
    return {[&into](const toml::node& node) {
                const auto value = node.value_exact<std::string>();
                if (value) into = *value;
                return value.has_value();
            },
            "a text"};
}

setter path(std::filesystem::path& into) {
    return {[&into](const toml::node& node) {
                const auto value = node.value_exact<std::string>();
                if (value) into = *value;
                return value.has_value();
            },
            "a text"};
}

setter flag(bool& into) {
    return {[&into](const toml::node& node) {
                const auto value = node.value_exact<bool>();
                if (value) into = *value;
                return value.has_value();
            },
            "true or false"};
}

/// A whole number of `unit`.
template <class T>
setter number(T& into, std::int64_t least = 1, std::int64_t most = 1'000'000'000, std::string_view unit = "") {
    return {[&into, least, most](const toml::node& node) {
                const auto value = node.value_exact<std::int64_t>();
                if (!value || *value < least || *value > most) return false;
                into = static_cast<T>(*value);
                return true;
            },
            fmt::format("a whole number{} from {} to {}", unit, least, most)};
}

setter seconds(std::chrono::seconds& into) { return number(into, 1, 10 * 365 * 24 * 3600LL, " of seconds"); }

setter milliseconds(std::chrono::milliseconds& into) { return number(into, 1, 60'000, " of milliseconds"); }

setter share(double& into) {
    return {[&into](const toml::node& node) {
                const auto value = node.value<double>();
                if (!value || !(*value > 0 && *value <= 1)) return false;
                into = *value;
                return true;
            },
            "a number above 0, 1 at most"};
}

void apply(const std::filesystem::path& file, const toml::table& from, const table& known, const std::string& inside) {
    for (const auto& [key, node] : from) {
        const auto name = inside + std::string(key.str());
        const auto line = node.source().begin.line;
        const auto it = known.find(key.str());
        if (it == known.end())
            throw startup_error(fmt::format("--config: {}:{}: unknown key \"{}\"", file.string(), line, name));
        if (!it->second.take(node))
            throw startup_error(
                fmt::format("--config: {}:{}: \"{}\" must be {}", file.string(), line, name, it->second.wanted));
    }
}

}  // namespace

void read_config(const std::filesystem::path& file, serve_options& into) {
    toml::table parsed;
    try {
        parsed = toml::parse_file(file.string());
    } catch (const toml::parse_error& e) {
        throw startup_error(fmt::format("--config: {}:{}: {}", file.string(), e.source().begin.line, e.description()));
    }
    auto& b = into.bounds;
    const table limits_table{{"frame_bytes", number(b.frame_bytes)},
                             {"text_chars", number(b.text_chars)},
                             {"name_chars", number(b.name_chars)},
                             {"body_bytes", number(b.body_bytes)},
                             {"outbox_bytes", number(b.outbox_bytes)},
                             {"commits_waiting", number(b.commits_waiting)},
                             {"connections", number(b.connections)},
                             {"connections_per_person", number(b.connections_per_person)},
                             {"connections_per_address", number(b.connections_per_address)},
                             {"say_per_minute", number(b.say_per_minute)},
                             {"say_burst", number(b.say_burst)},
                             {"commands_per_minute", number(b.commands_per_minute)},
                             {"commands_burst", number(b.commands_burst)},
                             {"hellos_per_minute_and_address", number(b.hellos_per_minute_and_address)},
                             {"logins_per_minute_and_address", number(b.logins_per_minute_and_address)},
                             {"logins_per_minute_and_name", number(b.logins_per_minute_and_name)},
                             {"ping_interval_s", seconds(b.ping_interval)},
                             {"lease_s", seconds(b.lease)},
                             {"drain_s", seconds(b.drain)},
                             {"session_lives_s", seconds(b.session_lives)}};
    auto& r = into.remote;
    const table remote_table{
        {"url", text(r.url)},           {"model", text(r.model)},          {"key_file", path(into.remote_key_file)},
        {"ca_file", text(r.ca_file)},   {"threshold", share(r.threshold)}, {"deadline_ms", milliseconds(r.deadline)},
        {"waiting", number(r.waiting)}, {"at_once", number(r.at_once)}};
    const table known{{"listen", text(into.listen)},
                      {"data", path(into.where.data)},
                      {"store", text(into.where.store)},
                      {"redis", text(into.where.redis)},
                      {"redis_wait_replicas", number(into.where.redis_wait_replicas, 0, storage::most_wait_replicas)},
                      {"threads", number(into.threads)},
                      {"tls_cert", path(into.tls_cert)},
                      {"tls_key", path(into.tls_key)},
                      {"behind_proxy", flag(into.behind_proxy)},
                      {"proxy_protocol", text(into.proxy_protocol)},
                      {"public_url", text(into.public_url)},
                      {"assets", path(into.assets)},
                      {"pages", path(into.pages)},
                      {"remote_classifier",
                       {[&](const toml::node& node) {
                            const auto* inner = node.as_table();
                            if (inner) apply(file, *inner, remote_table, "remote_classifier.");
                            return inner != nullptr;
                        },
                        "a table"}},
                      {"limits",
                       {[&](const toml::node& node) {
                            const auto* inner = node.as_table();
                            if (inner) apply(file, *inner, limits_table, "limits.");
                            return inner != nullptr;
                        },
                        "a table"}}};
    apply(file, parsed, known, "");
}

}  // namespace hearth::app
