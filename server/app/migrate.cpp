// Moves a community from a data directory into a Redis, and shows that all of it has arrived.
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <map>

#include "app/commands.hpp"
#include "app/progress.hpp"
#include "core/clock.hpp"
#include "core/startup_error.hpp"
#include "store/redis/record_target.hpp"
#include "store/sqlite/record_source.hpp"

namespace hearth::app {
namespace {

using store::record;
using store::record_digest;
using store::record_kind;
using store::to_string;
using store::redis::record_target;
using store::sqlite::record_source;

std::filesystem::path source_folder(const std::string& from) {
    constexpr std::string_view scheme = "sqlite:";
    if (!from.starts_with(scheme) || from.size() == scheme.size())
        throw startup_error("--from: \"" + from + "\" is not sqlite:DIR");
    return from.substr(scheme.size());
}

/// What is there of one kind, here and there.
struct comparison {
    record_kind kind{};
    record_digest here, there;
    [[nodiscard]] bool same() const { return here == there; }
};

void copy(record_source& from, record_target& to) {
    for (const auto kind : store::record_kinds) {
        const auto all = static_cast<std::size_t>(from.count(kind));
        progress_line progress("copying", std::string(to_string(kind)));
        std::size_t done = 0;
        from.each(kind, [&](const record& one) {
            to.put(kind, one);
            progress(++done, all);
        });
        to.flush();
        if (::isatty(STDERR_FILENO) == 0) fmt::print(stderr, "copied {} {}\n", done, to_string(kind));
    }
}

comparison compare(record_source& from, record_target& to, record_kind kind) {
    constexpr std::size_t at_once = 256;
    comparison out;
    out.kind = kind;
    const auto all = static_cast<std::size_t>(from.count(kind));
    progress_line progress("comparing", std::string(to_string(kind)));
    std::vector<record> some;
    const auto ask = [&] {
        for (const auto& found : to.read(kind, some))
            if (found) out.there.add(*found);
        some.clear();
        progress(static_cast<std::size_t>(out.here.count()), all);
    };
    from.each(kind, [&](record one) {
        out.here.add(one);
        some.push_back(std::move(one));
        if (some.size() == at_once) ask();
    });
    if (!some.empty()) ask();
    return out;
}

/// A line for each kind; whether all of it is the same on both sides.
bool show(record_source& from, record_target& to) {
    std::map<record_kind, std::int64_t> counted;
    for (const auto& [kind, count] : to.counts()) counted[kind] = count;
    bool sound = true;
    fmt::print("{:<10} {:>10} {:>10}  {:<16}  {:<16}\n", "", "here", "there", "hash here", "hash there");
    for (const auto kind : store::record_kinds) {
        const auto each = compare(from, to, kind);
        // More than was asked for is as wrong as less.
        const auto there = counted.contains(kind) ? counted[kind] : each.there.count();
        const bool same = each.same() && there == each.here.count();
        sound = sound && same;
        fmt::print("{:<10} {:>10} {:>10}  {:<16}  {:<16}{}\n", to_string(kind), each.here.count(), there,
                   each.here.hash().substr(0, 16), each.there.hash().substr(0, 16), same ? "" : "  DIFFERENT");
    }
    return sound;
}

}  // namespace

int migrate(const std::string& from, const std::string& to) {
    const auto folder = source_folder(from);
    try {
        record_source source(folder, now());
        record_target target(to);
        for (const auto& each : store::redis::warnings(target.data())) fmt::print(stderr, "hearth: {}\n", each);
        if (target.begin(source.identity(), source.last_room()))
            fmt::print(stderr, "an earlier try had begun: its work is done over\n");
        copy(source, target);
        if (!show(source, target)) {
            fmt::print(
                stderr,
                "hearth: migrate: what arrived is not what was sent; no server will start on it. Run it again; if "
                "that says the same, empty the Redis database first\n");
            return 1;
        }
        target.end();
    } catch (const store::sqlite::data_error& e) {
        throw startup_error(std::string("--from: ") + e.what());
    } catch (const store::redis::data_error& e) { throw startup_error(std::string("--to: ") + e.what()); }
    fmt::print("All of it is there. Start servers on it; {} stays as it was, and no server should run on it again.\n",
               folder.string());
    return 0;
}

}  // namespace hearth::app
