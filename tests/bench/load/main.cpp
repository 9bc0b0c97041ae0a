// hearth-load: members of a chat under load, on one core, and what they saw: cost, latency, and whether anything was lost,
// doubled, reordered, or seen in different orders. Prints one JSON object. `hearth-load --help` names the options.
#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "client.hpp"
#include "histogram.hpp"
#include "processes.hpp"
#include "texts.hpp"

namespace {

using clock_type = std::chrono::steady_clock;
using load::client;
using load::cpu_of;
using load::resident_of;

constexpr const char* usage =
    "hearth-load PORT[,PORT…] key=value…   (a room's members are spread over the ports)\n"
    "  mode=closed|open|idle  conns=100 rooms=1 publishers=5 (of a room) window=2 (closed: each in flight)\n"
    "  size=0 (texts are at least so many bytes) sleep=0 (1: gives its core away while there is nothing to do)\n"
    "  rate=200 (open: messages/s) warmup=1 duration=4 parallel=128 tls=0 pid=0[,…] (all servers') invite=CODE\n"
    "  room=lobby settle=3\n";

std::uint64_t now() {
    return static_cast<std::uint64_t>(clock_type::now().time_since_epoch() / std::chrono::nanoseconds(1));
}

std::vector<unsigned> numbers_in(const std::string& list) {
    std::vector<unsigned> out;
    std::stringstream in(list);
    for (std::string each; std::getline(in, each, ',');) out.push_back(static_cast<unsigned>(std::stoul(each)));
    return out;
}

/// What one member has seen.
struct seat {
    std::unique_ptr<client> who;
    unsigned room = 0, index = 0;  ///< in its room: those below `publishers` speak
    std::uint64_t said = 0, heard_own = 0;
    std::vector<std::uint64_t> last;  ///< number of the last message from each publisher of the room
    std::uint64_t count = 0, order = 14'695'981'039'346'656'037U;
};

class run {
public:
    run(std::vector<unsigned> ports, std::map<std::string, std::string> given)
        : given_(std::move(given)), ports_(std::move(ports)) {
        if (number("tls", 0) > 0) {
            tls_ = SSL_CTX_new(TLS_client_method());
            SSL_CTX_set_mode(tls_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        }
    }

    int go() {
        const bool idle = text("mode", "closed") == "idle";
        seats_.resize(static_cast<std::size_t>(number("conns", 100)));
        // The first members find what a start has left of memory, and what it gives back meanwhile hides what they take.
        const auto first = idle ? seats_.size() / 10 : 0;
        if (first > 0) {
            if (!connect(first)) return 1;
            wait(number("settle", 3));
        }
        const auto cpu_before = cpu_of(pids_), rss_before = resident_of(pids_), began = now();
        if (!connect(seats_.size())) return 1;
        const auto connected = seconds(began);
        const auto cpu_joined = cpu_of(pids_) - cpu_before;
        const auto came = static_cast<double>(seats_.size() - first);
        wait(idle ? number("settle", 3) : 0.5);
        const auto rss = resident_of(pids_);
        const auto idle_cpu = cpu_of(pids_), idle_from = now();
        if (idle) wait(number("duration", 4));
        const auto idle_share =
            idle ? static_cast<double>(cpu_of(pids_) - idle_cpu) / static_cast<double>(now() - idle_from) : 0;
        if (!idle) publish();
        const auto span = idle ? 1 : number("duration", 4);
        std::printf(
            "{\"ready\":%zu,\"joined_per_s\":%.0f,\"join_cpu_ms\":%.4f,\"bytes_per_conn\":%.0f,\"idle_cpu\":%.5f,"
            "\"deliveries_per_s\":%.0f,\"messages_per_s\":%.0f,\"cpu_ms_per_1000\":%.4f,\"cpu_us_per_message\":%.2f,"
            "\"server_share\":%.3f,"
            "\"generator_busy\":%.3f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"lost\":%llu,\"wrong_order\":%llu,\"divergent\":%"
            "llu,\"broken\":%llu}\n",
            seats_.size(), came / connected, static_cast<double>(cpu_joined) / 1e6 / came,
            (static_cast<double>(rss) - static_cast<double>(rss_before)) / came, idle_share,
            static_cast<double>(deliveries_) / span,
            static_cast<double>(deliveries_) / span / static_cast<double>(in_room_),
            deliveries_ ? static_cast<double>(cpu_) / 1e3 / static_cast<double>(deliveries_) : 0,
            deliveries_
                ? static_cast<double>(cpu_) / 1e3 / static_cast<double>(deliveries_) * static_cast<double>(in_room_)
                : 0,
            static_cast<double>(cpu_) / 1e9 / span, busy_, latency_.quantile(0.5) / 1e6, latency_.quantile(0.99) / 1e6,
            static_cast<unsigned long long>(lost()), static_cast<unsigned long long>(wrong_),
            static_cast<unsigned long long>(divergent()), static_cast<unsigned long long>(broken_));
        return 0;
    }

private:
    std::string text(const char* name, const char* otherwise) const {
        const auto it = given_.find(name);
        return it == given_.end() ? otherwise : it->second;
    }
    double number(const char* name, double otherwise) const {
        const auto it = given_.find(name);
        return it == given_.end() ? otherwise : std::stod(it->second);
    }
    static double seconds(std::uint64_t since) { return static_cast<double>(now() - since) / 1e9; }

    /// Until so many members are in their rooms.
    bool connect(std::size_t members) {
        const auto rooms = static_cast<unsigned>(number("rooms", 1));
        publishers_ = static_cast<unsigned>(number("publishers", 5));
        in_room_ = seats_.size() / rooms;
        const auto end = now() + 120'000'000'000U;
        unsigned begun = static_cast<unsigned>(ready_), open = 0;
        const auto parallel = static_cast<unsigned>(number("parallel", 128));
        while (ready_ < members) {
            for (; begun < members && open < parallel; ++begun, ++open) {
                auto& s = seats_[begun];
                s.room = begun % rooms;
                s.index = begun / rooms;
                s.last.assign(publishers_, 0);
                s.who = std::make_unique<client>(
                    ports_[s.index % ports_.size()], tls_,
                    R"({"type":"hello","id":1,"invite":")" + text("invite", "x") + R"(","name":"Member )" +
                        std::to_string(begun) + "\"}",
                    R"({"type":"join","id":2,"room":")" + text("room", "lobby") + std::to_string(s.room) + "\"}");
                epoll_event event{};
                event.events = EPOLLIN | EPOLLOUT | EPOLLET;
                event.data.u32 = begun;
                ::epoll_ctl(epoll_, EPOLL_CTL_ADD, s.who->fd(), &event);
            }
            poll(50, [&](seat& s) {
                const bool was = s.who->at() == client::stage::ready;
                take(s);
                if (!was && s.who->at() == client::stage::ready) ++ready_, --open;
            });
            if (now() > end || broken_ > 0) {
                std::fprintf(stderr, "hearth-load: only %zu of %zu joined\n", ready_, members);
                return false;
            }
        }
        return true;
    }

    /// Nanoseconds that it slept before there was something; nothing when nothing came.
    template <class F>
    std::optional<std::uint64_t> poll(int wait_ms, F each) {
        static std::array<epoll_event, 1024> events;
        const auto from = now();
        const int n = ::epoll_wait(epoll_, events.data(), events.size(), wait_ms);
        const auto slept = wait_ms > 0 ? now() - from : 0;
        for (int i = 0; i < n; ++i) each(seats_[events[static_cast<std::size_t>(i)].data.u32]);
        return n > 0 ? std::optional(slept) : std::nullopt;
    }

    void take(seat& s) {
        const bool was = s.who->at() == client::stage::broken;
        s.who->turn([&](std::string_view line) { hear(s, line); });
        if (!was && s.who->at() == client::stage::broken) ++broken_;
    }

    /// A key is "b", the speaker's index in the room, its number, and when it was due.
    void hear(seat& s, std::string_view line) {
        if (!line.starts_with(R"({"type":"message")") && !line.starts_with(R"({"type":"say")")) return;
        const auto at = line.find(R"("key":"b)");
        if (at == std::string_view::npos) return;
        std::uint64_t part[3]{};
        const char* p = line.data() + at + 8;
        for (auto& each : part) p = std::from_chars(p, line.data() + line.size(), each).ptr + 1;
        auto& last = s.last[part[0]];
        if (part[1] != last + 1) ++wrong_;
        last = part[1];
        ++s.count;
        s.order = (s.order ^ (part[0] << 40U ^ part[1])) * 1'099'511'628'211U;
        const auto t = now();
        if (measuring_) {
            ++deliveries_;
            latency_.add(t - part[2]);
        }
        if (part[0] != s.index || s.index >= publishers_) return;
        ++s.heard_own;
        if (publishing_ && closed_) say(s, t);
    }

    void say(seat& s, std::uint64_t due) {
        const auto key = "b" + std::to_string(s.index) + "." + std::to_string(++s.said) + "." + std::to_string(due);
        s.who->say(R"({"type":"say","id":")" + key + R"(","room":")" + text("room", "lobby") + std::to_string(s.room) +
                   R"(","key":")" + key + R"(","text":")" +
                   load::everyday_text(s.room * 7'919 + s.index * 577 + s.said, size_) + "\"}");
        s.who->flush();
    }

    void publish() {
        closed_ = text("mode", "closed") == "closed";
        publishing_ = true;
        std::vector<seat*> speakers;
        for (auto& s : seats_)
            if (s.index < publishers_) speakers.push_back(&s);
        if (closed_)
            for (int i = 0; i < static_cast<int>(number("window", 2)); ++i)
                for (auto* s : speakers) say(*s, now());
        const auto gap = static_cast<std::uint64_t>(1e9 / number("rate", 200));
        const auto began = now(), from = began + static_cast<std::uint64_t>(number("warmup", 1) * 1e9);
        const auto end = from + static_cast<std::uint64_t>(number("duration", 4) * 1e9);
        std::uint64_t due = began, cpu_from = 0, worked = 0;
        std::size_t turn = 0;
        for (auto t = began; t < end; t = now()) {
            if (!measuring_ && t >= from) {
                measuring_ = true;
                cpu_from = cpu_of(pids_);
                worked = 0;
            }
            for (; !closed_ && due <= t; due += gap) say(*speakers[turn++ % speakers.size()], due);
            // Does not sleep unless asked to: waking it is not the server's cost.
            const auto waited = poll(sleeps_ ? 5 : 0, [this](seat& s) { take(s); });
            if (waited) worked += now() - t - *waited;
        }
        cpu_ = cpu_of(pids_) - cpu_from;
        busy_ = static_cast<double>(worked) / static_cast<double>(end - from);
        measuring_ = publishing_ = false;
        for (const auto deadline = now() + 20'000'000'000U; lost() > 0 && now() < deadline;)
            poll(20, [this](seat& s) { take(s); });
    }

    void wait(double s) {
        for (const auto end = now() + static_cast<std::uint64_t>(s * 1e9); now() < end;)
            poll(50, [this](seat& each) { take(each); });
    }

    std::vector<std::uint64_t> due_in_rooms() const {
        std::vector<std::uint64_t> said(seats_.size() / in_room_);
        for (const auto& s : seats_) said[s.room] += s.said;
        return said;
    }
    std::uint64_t lost() const {
        const auto said = due_in_rooms();
        std::uint64_t missing = 0;
        for (const auto& s : seats_) missing += said[s.room] - std::min(said[s.room], s.count);
        return missing;
    }
    std::uint64_t divergent() const {
        std::uint64_t others = 0;
        const auto rooms = seats_.size() / in_room_;
        for (std::size_t i = rooms; i < seats_.size(); ++i) others += seats_[i].order != seats_[i % rooms].order;
        return others;
    }

    std::map<std::string, std::string> given_;
    std::vector<unsigned> ports_;
    std::vector<unsigned> pids_ = numbers_in(text("pid", "0"));
    int epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    SSL_CTX* tls_ = nullptr;
    std::vector<seat> seats_;
    unsigned publishers_ = 0;
    const bool sleeps_ = number("sleep", 0) > 0;
    std::size_t in_room_ = 1, ready_ = 0;
    std::size_t size_ = static_cast<std::size_t>(number("size", 0));
    bool closed_ = false, publishing_ = false, measuring_ = false;
    load::histogram latency_;
    std::uint64_t deliveries_ = 0, wrong_ = 0, broken_ = 0, cpu_ = 0;
    double busy_ = 0;
};

}  // namespace

int main(int count, char** words) {
    std::map<std::string, std::string> given;
    for (int i = 2; i < count; ++i) {
        const std::string word = words[i];
        const auto equals = word.find('=');
        given[word.substr(0, equals)] = equals == std::string::npos ? "1" : word.substr(equals + 1);
    }
    if (count < 2 || std::strcmp(words[1], "--help") == 0) {
        std::fputs(usage, stderr);
        return 2;
    }
    return run(numbers_in(words[1]), std::move(given)).go();
}
