#include "contract/redis_sentinels.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace hearth::contract {
namespace {

long long number_behind(const std::string& text, const std::string& mark) {
    const auto at = text.find(mark);
    return at == std::string::npos ? -1 : std::stoll(text.substr(at + mark.size()));
}

}  // namespace

redis_sentinels::redis_sentinels() {
    for (auto& each : ports_) each = redis_server::free_port();
    for (auto& each : sentinel_ports_) each = redis_server::free_port();
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        std::vector<std::string> words{"--bind", "127.0.0.1", "--port", ports_[i], "--repl-diskless-sync-delay", "0"};
        if (i > 0) words.insert(words.end(), {"--replicaof", "127.0.0.1 " + ports_[0]});
        nodes_[i] = std::make_unique<redis_server>(std::move(words));
    }
    const std::string watched = std::string(" ") + name + " ";
    for (std::size_t i = 0; i < sentinels_.size(); ++i)
        sentinels_[i] = std::make_unique<redis_server>(
            std::vector<std::string>{"--bind", "127.0.0.1", "--port", sentinel_ports_[i], "--sentinel"},
            "sentinel monitor" + watched + "127.0.0.1 " + ports_[0] + " 2\nsentinel down-after-milliseconds" + watched +
                "1000\nsentinel failover-timeout" + watched + "1000\n");
    for (int i = 0; i < 1'500; ++i) {
        bool ready = true;
        for (const auto& each : sentinels_)
            ready = ready && each->ask("SENTINEL CKQUORUM" + std::string(" ") + name).starts_with("+OK 3 usable") &&
                    each->ask("SENTINEL REPLICAS" + std::string(" ") + name).starts_with("*1");
        if (ready && in_step()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("the sentinels do not find each other");
}

std::string redis_sentinels::address(int database) const {
    std::string out = "sentinel://";
    for (const auto& each : sentinel_ports_) out += (out.back() == '/' ? "127.0.0.1:" : ",127.0.0.1:") + each;
    return out + "/" + name + "/" + std::to_string(database);
}

int redis_sentinels::primary() const {
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        if (nodes_[i]->ask("ROLE").find("\r\nmaster\r\n") != std::string::npos) return static_cast<int>(i);
    return -1;
}

bool redis_sentinels::all_name(int number) const {
    return std::all_of(sentinels_.begin(), sentinels_.end(), [&](const auto& each) {
        const auto said = each->ask("SENTINEL GET-MASTER-ADDR-BY-NAME" + std::string(" ") + name);
        return said.find("\r\n" + ports_[static_cast<std::size_t>(number)] + "\r\n") != std::string::npos;
    });
}

void redis_sentinels::revive(int number) {
    node(number).start();
    if (!node(number).ask("REPLICAOF 127.0.0.1 " + ports_[static_cast<std::size_t>(1 - number)]).starts_with("+OK"))
        throw std::runtime_error("it becomes no replica");
}

bool redis_sentinels::in_step() const {
    const int at = primary();
    if (at < 0) return false;
    const auto written = number_behind(nodes_[static_cast<std::size_t>(at)]->ask("ROLE"), "master\r\n:");
    for (int i = 0; i < 500; ++i) {
        const auto there = nodes_[static_cast<std::size_t>(1 - at)]->ask("ROLE");
        if (there.find("connected\r\n") != std::string::npos && number_behind(there, "connected\r\n:") >= written)
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

}  // namespace hearth::contract
