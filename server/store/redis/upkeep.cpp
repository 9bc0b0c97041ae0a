// What an operator asks of a store on Redis beside its daily work.
#include <algorithm>
#include <limits>
#include <sstream>

#include "store/redis/redis_store.hpp"
#include "store/redis/rows.hpp"
#include "store/waiting.hpp"

namespace hearth::store::redis {
namespace {

std::string info(redis_store& asked, const char* section) {
    std::promise<std::string> got;  // of every server, one after another
    asked.ask(request("INFO").add(section), at_once::instance(),
              callback<std::string>([&](outcome<std::string> text) { got.set_value(text ? *text : std::string()); }),
              [](const reply& from) {
                  std::string all;
                  for (const auto& each : from.items) all += each.text;
                  return outcome<std::string>(std::move(all));
              });
    return got.get_future().get();
}

/// Of several servers each has its own line of each kind.
bool forgets(const std::string& memory) {
    std::istringstream lines(memory);
    bool bounded = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("maxmemory:")) bounded = line != "maxmemory:0\r";
        if (line.starts_with("maxmemory_policy:") && bounded && line != "maxmemory_policy:noeviction\r") return true;
    }
    return false;
}

/// How many replicas the server with the fewest has; of several servers each has its own line.
int fewest_replicas(const std::string& replication) {
    constexpr std::string_view mark = "connected_slaves:";
    std::istringstream lines(replication);
    int fewest = std::numeric_limits<int>::max();
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(mark)) fewest = std::min(fewest, std::stoi(line.substr(mark.size())));
    return fewest;
}

bool says(const std::string& text, const std::string& line) { return text.find(line + "\r\n") != std::string::npos; }

}  // namespace

std::vector<std::string> warnings(store& data) {
    auto& asked = dynamic_cast<redis_store&>(data);
    std::vector<std::string> out;
    if (says(info(asked, "persistence"), "aof_enabled:0"))
        out.emplace_back(
            "Redis keeps no append-only file: what was acknowledged is lost when it ends (appendonly yes)");
    const auto memory = info(asked, "memory");
    if (forgets(memory))
        out.emplace_back(
            "Redis forgets keys when memory is short: rooms would lose messages (maxmemory-policy noeviction)");
    if (const int wanted = asked.wait_replicas(); wanted > 0)
        if (const int there = fewest_replicas(info(asked, "replication")); there < wanted)
            out.push_back("Redis has " + std::to_string(there) + " of " + std::to_string(wanted) +
                          " replicas that are waited for: people are told to try later (--redis-wait-replicas)");
    return out;
}

audit_report verify_audit(store& data) {
    constexpr int page = 1'000;
    audit_walk walk;
    for (std::int64_t after = 0;;) {
        const auto entries = wait(data, &store::list_audit, after, page);
        if (!entries) throw data_error("the audit log cannot be read: " + entries.error().detail);
        for (const auto& each : *entries)
            if (!walk.step(each)) return walk.report();
        if (entries->size() < page) return walk.report();
        after = entries->back().n;
    }
}

}  // namespace hearth::store::redis
