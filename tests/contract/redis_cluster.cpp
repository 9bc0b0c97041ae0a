#include "contract/redis_cluster.hpp"

#include <chrono>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace hearth::contract {
namespace {

constexpr std::size_t primaries = 3;
constexpr int slots = 16'384;

template <class Probe>
void until(Probe probe, const char* what) {
    for (int i = 0; i < 3'000; ++i) {
        if (probe()) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error(std::string("never: ") + what);
}

void demand_ok(const std::string& answer) {
    if (!answer.starts_with("+OK")) throw std::runtime_error("redis: " + answer);
}

/// The first line of a bulk answer.
std::string text_of(const std::string& answer) {
    const auto begin = answer.find("\r\n") + 2;
    return answer.substr(begin, answer.find("\r\n", begin) - begin);
}

}  // namespace

redis_cluster::redis_cluster(bool with_replicas) {
    std::vector<std::string> buses;
    for (std::size_t i = 0; i < (with_replicas ? 2 : 1) * primaries; ++i) {
        ports_.push_back(redis_server::free_port());
        buses.push_back(redis_server::free_port());
        nodes_.push_back(std::make_unique<redis_server>(std::vector<std::string>{
            "--bind", "127.0.0.1", "--port", ports_[i], "--cluster-enabled", "yes", "--cluster-port", buses[i],
            "--cluster-node-timeout", "1000", "--cluster-replica-validity-factor", "0", "--repl-diskless-sync-delay",
            "0", "--databases", "1"}));
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        demand_ok(nodes_[i]->ask("CLUSTER SET-CONFIG-EPOCH " + std::to_string(i + 1)));
        if (i < primaries) {
            const int first = slots * static_cast<int>(i) / 3, end = slots * static_cast<int>(i + 1) / 3;
            demand_ok(nodes_[i]->ask("CLUSTER ADDSLOTSRANGE " + std::to_string(first) + " " + std::to_string(end - 1)));
        }
        demand_ok(nodes_[i]->ask("CLUSTER MEET 127.0.0.1 " + ports_[0] + " " + buses[0]));
    }
    for (std::size_t i = primaries; i < nodes_.size(); ++i)
        until([&] { return nodes_[i]->ask("CLUSTER REPLICATE " + id_of(i - primaries)).starts_with("+OK"); },
              "a replica that knows its primary");
    until([this] { return well(); }, "a cluster that is well");
}

std::string redis_cluster::address() const {
    return "cluster://127.0.0.1:" + ports_[0] + ",127.0.0.1:" + ports_[1] + ",127.0.0.1:" + ports_[2];
}

std::string redis_cluster::id_of(std::size_t number) const { return text_of(nodes_.at(number)->ask("CLUSTER MYID")); }

std::size_t redis_cluster::owner(int slot) const {
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        if (nodes_[i]->ask("CLUSTER COUNTKEYSINSLOT " + std::to_string(slot)).starts_with(":")) {
            std::istringstream lines(nodes_[i]->ask("CLUSTER NODES"));
            for (std::string line; std::getline(lines, line);) {
                if (line.find("myself,master") == std::string::npos) continue;
                std::istringstream words(line);
                std::string word;
                for (int n = 0; n < 8; ++n) words >> word;
                while (words >> word) {
                    const int first = std::stoi(word[0] == '[' ? "-1" : word);
                    const auto dash = word.find('-', 1);
                    const int last = dash == std::string::npos ? first : std::stoi(word.substr(dash + 1));
                    if (first <= slot && slot <= last) return i;
                }
            }
        }
    throw std::runtime_error("nobody has the slot");
}

void redis_cluster::move_slot(int slot, std::size_t to) {
    const auto from = owner(slot);
    const auto name = std::to_string(slot), of = id_of(from), next = id_of(to);
    demand_ok(nodes_[to]->ask("CLUSTER SETSLOT " + name + " IMPORTING " + of));
    demand_ok(nodes_[from]->ask("CLUSTER SETSLOT " + name + " MIGRATING " + next));
    while (true) {
        std::istringstream lines(nodes_[from]->ask("CLUSTER GETKEYSINSLOT " + name + " 1"));
        std::string keys;
        for (std::string line; std::getline(lines, line);)
            if (line[0] != '*' && line[0] != '$') keys += " " + line.substr(0, line.size() - 1);
        if (keys.empty()) break;
        demand_ok(nodes_[from]->ask("MIGRATE 127.0.0.1 " + ports_[to] + " \"\" 0 5000 KEYS" + keys));
        std::this_thread::sleep_for(std::chrono::milliseconds(30));  // so that people meet it half moved
    }
    demand_ok(nodes_[to]->ask("CLUSTER SETSLOT " + name + " NODE " + next));
    demand_ok(nodes_[from]->ask("CLUSTER SETSLOT " + name + " NODE " + next));
}

bool redis_cluster::well() const {
    for (const auto& each : nodes_) {
        const auto info = each->ask("CLUSTER INFO");
        if (info.find("cluster_state:ok") == std::string::npos ||
            info.find("cluster_known_nodes:" + std::to_string(nodes_.size())) == std::string::npos)
            return false;
        if (each->ask("ROLE").find("slave") != std::string::npos &&
            each->ask("INFO replication").find("master_link_status:up") == std::string::npos)
            return false;
    }
    return true;
}

void redis_cluster::forget_everything() {
    for (const auto& each : nodes_) demand_ok(each->ask("FLUSHALL"));
}

}  // namespace hearth::contract
