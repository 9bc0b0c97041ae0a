// hearth-bench: what each part of a message's way costs by itself. Google Benchmark's options apply:
//   build/release/hearth-bench --benchmark_filter=outbox
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "contract/values.hpp"
#include "identity/rate_limiter.hpp"
#include "moderation/engine.hpp"
#include "net/frames.hpp"
#include "net/outbox.hpp"
#include "protocol/command.hpp"
#include "protocol/encode.hpp"
#include "rooms/recent.hpp"
#include "rooms/relay.hpp"
#include "store/sqlite/open.hpp"
#include "store/waiting.hpp"

using namespace hearth;

namespace {

const std::string say_line =
    R"({"type":"say","id":"17","room":"harbour","key":"k-0123456789","text":"Good morning all, the walk by the river helped me a lot this week"})";

event a_said(seq_t seq) {
    event e = contract::a_message({user_id{"u0123456789abc"}, "Rowan", role::member}, "k" + std::to_string(seq),
                                  "Good morning all, the walk by the river helped me a lot this week");
    e.seq = seq;
    return e;
}

void read_frame(benchmark::State& state) {
    std::string wire{static_cast<char>(0x81), static_cast<char>(0xFE), 0, static_cast<char>(say_line.size())};
    wire += std::string("\1\2\3\4", 4);
    for (std::size_t i = 0; i < say_line.size(); ++i)
        wire += static_cast<char>(say_line[i] ^ static_cast<char>(i % 4 + 1));
    net::frame_reader reader(65'536);
    std::string bytes;
    for (auto _ : state) {
        bytes = wire;
        reader.feed(std::span(bytes.data(), bytes.size()));
        while (auto item = reader.next()) benchmark::DoNotOptimize(item);
    }
}
BENCHMARK(read_frame);

void parse_say(benchmark::State& state) {
    const limits bounds;
    for (auto _ : state) benchmark::DoNotOptimize(protocol::parse_command(say_line, bounds));
}
BENCHMARK(parse_say);

void judge(benchmark::State& state) {
    static const auto rules = moderation::load_rules({HEARTH_SOURCE_DIR "/moderation/packs",
                                                      HEARTH_SOURCE_DIR "/moderation/model/hearth.model",
                                                      {},
                                                      HEARTH_SOURCE_DIR "/moderation/claims"});
    moderation::judge judging(rules);
    const moderation::context where;
    for (auto _ : state)
        benchmark::DoNotOptimize(judging("Good morning all, the walk by the river helped me a lot this week", where));
}
BENCHMARK(judge);

void encode_and_frame(benchmark::State& state) {
    const auto said = a_said(1);
    for (auto _ : state) {
        std::string line;
        protocol::append_event(line, said, "harbour");
        benchmark::DoNotOptimize(protocol::frame_text(line));
    }
}
BENCHMARK(encode_and_frame);

void outbox_push_and_send(benchmark::State& state) {
    const auto shared = std::make_shared<const std::string>(protocol::frame_text(std::string(200, 'x')));
    net::outbox out;
    std::array<iovec, 64> parts{};
    for (auto _ : state) {
        for (int i = 0; i < state.range(0); ++i) out.push(shared);
        while (!out.empty()) {
            const auto count = out.gather(parts);
            std::size_t n = 0;
            for (std::size_t i = 0; i < count; ++i) n += parts.at(i).iov_len;
            out.sent(n);
        }
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(outbox_push_and_send)->Arg(1)->Arg(10);

struct quiet_listener final : rooms::subscriber {
    [[nodiscard]] const person& who() const noexcept override { return me; }
    void deliver(const rooms::frame& bytes) override { benchmark::DoNotOptimize(got = bytes.get()); }
    void deliver_ephemeral(const rooms::frame&) override {}
    void taken_out(room_id, bool) override {}
    person me;
    const std::string* got = nullptr;
};

void fan_out(benchmark::State& state) {
    std::vector<quiet_listener> members(static_cast<std::size_t>(state.range(0)));
    rooms::relay relay;
    for (auto& each : members) relay.add(each);
    rooms::delivery what;
    what.parts.push_back({std::make_shared<const std::string>(200, 'x'), audience::everyone, {}});
    for (auto _ : state) relay.deliver(what);
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(fan_out)->Arg(20)->Arg(5'000);

void resume_from_memory(benchmark::State& state) {
    rooms::recent memory;
    for (seq_t seq = 1; seq <= 300; ++seq) memory.push(a_said(seq));
    const person viewer{user_id{"u"}, "Sage", role::member};
    for (auto _ : state) benchmark::DoNotOptimize(memory.since(290, viewer));
}
BENCHMARK(resume_from_memory);

void rate_limit(benchmark::State& state) {
    identity::rate_limiter limiter(1'000'000'000, 1'000'000'000);
    for (auto _ : state) benchmark::DoNotOptimize(limiter.take("u0123456789abc", now()));
}
BENCHMARK(rate_limit);

/// Wall time of a group of `range` messages from hand-over to durable; items are messages.
void commit_group(benchmark::State& state) {
    const auto folder = std::filesystem::temp_directory_path() / ("hearth-bench-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    {
        const auto data = store::sqlite::open_sqlite(folder);
        room_info room;
        room.slug = "harbour";
        room.open = true;
        if (const auto there = store::wait(*data, &store::store::find_room, std::string("harbour")))
            room = *there;
        else
            room = *store::wait(*data, &store::store::add_room, room, std::vector<store::audit_entry>{});
        static seq_t number = 0;
        for (auto _ : state) {
            std::promise<void> done;
            auto left = std::make_shared<std::int64_t>(state.range(0));
            std::vector<store::commit_request> group;
            for (int i = 0; i < state.range(0); ++i) {
                auto unit = std::make_shared<store::room_commit>();
                unit->room = room.id;
                unit->events.push_back(a_said(++number));
                group.push_back({unit, [left, &done](outcome<store::committed>) {
                                     if (--*left == 0) done.set_value();
                                 }});
            }
            data->commit_all(std::move(group), store::at_once::instance());
            done.get_future().wait();
        }
    }
    std::filesystem::remove_all(folder);
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(commit_group)->Arg(1)->Arg(64)->Arg(512)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
