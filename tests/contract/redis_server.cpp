#include "contract/redis_server.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <map>
#include <random>
#include <stdexcept>
#include <thread>

namespace hearth::contract {
namespace {

namespace fs = std::filesystem;

/// The answer to the last of some commands in one line each; empty when nobody is there.
std::string ask_at(const fs::path& socket, const std::string& commands) {
    const int client = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    std::strncpy(where.sun_path, socket.c_str(), sizeof where.sun_path - 1);
    std::string got;
    if (::connect(client, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0 &&
        ::send(client, commands.data(), commands.size(), MSG_NOSIGNAL) > 0) {
        ::shutdown(client, SHUT_WR);
        std::array<char, 65'536> part{};
        for (ssize_t size = 0; (size = ::read(client, part.data(), part.size())) > 0;)
            got.append(part.data(), static_cast<std::size_t>(size));
    }
    ::close(client);
    return got;
}

/// Whether it answers, and has read its data.
bool answers(const fs::path& socket) {
    const auto text = ask_at(socket, "PING\r\n");
    return text.starts_with("+PONG") || text.starts_with("-NOAUTH");
}

/// Whether no test of those that run at the same time has the port; it is this process' own then until that ends
/// (the same name as in tests/integration/wire/ports.py).
bool claimed(int port) {
    const auto name = "hearth-test-port-" + std::to_string(port);
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    std::copy(name.begin(), name.end(), where.sun_path + 1);  // after a zero: a name that is no file
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    const int claim = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(claim, reinterpret_cast<const sockaddr*>(&where), size) == 0) return true;
    ::close(claim);
    return false;
}

bool may_be_listened_on(int port) {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    where.sin_port = htons(static_cast<std::uint16_t>(port));
    const bool free = ::bind(probe, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
    ::close(probe);
    return free;
}

}  // namespace

redis_server::redis_server(std::vector<std::string> settings, const std::string& config, std::string preload)
    : settings_(std::move(settings)), has_config_(!config.empty()), preload_(std::move(preload)) {
    if (has_config_) std::ofstream(folder() / "config") << config;
    start();
}

redis_server::~redis_server() { kill(); }

std::string redis_server::address(int database) const {
    return "unix://" + (folder() / "socket").string() + "?db=" + std::to_string(database);
}

std::string redis_server::ask(const std::string& command, int database) const {
    auto got = ask_at(folder() / "socket", "SELECT " + std::to_string(database) + "\r\n" + command + "\r\n");
    return got.substr(std::min(got.find("\r\n"), got.size() - 2) + 2);
}

std::string redis_server::free_port() {
    int connections_from = 0;
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> connections_from;
    std::uniform_int_distribution<int> candidates(10'000, connections_from > 12'000 ? connections_from - 1 : 60'000);
    std::random_device random;
    for (int tries = 0; tries < 1'000; ++tries) {
        const int port = candidates(random);
        if (claimed(port) && may_be_listened_on(port)) return std::to_string(port);
    }
    throw std::runtime_error("no free port");
}

void redis_server::signal(int number) const { ::kill(pid_, number); }

void redis_server::kill() {
    if (pid_ == 0) return;
    // With the child that rewrites its file: it would write into the folder until it notices. It is not ours to wait for.
    ::kill(-pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    for (int i = 0; i < 1'000 && ::kill(-pid_, 0) == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    pid_ = 0;
}

void redis_server::cut_power() {
    kill();
    std::map<ino_t, off_t> synced;
    std::ifstream lines(folder() / "synced");
    for (std::pair<ino_t, off_t> each; lines >> each.first >> each.second;) synced[each.first] = each.second;
    for (const auto& entry : fs::recursive_directory_iterator(folder())) {
        if (!entry.is_regular_file()) continue;
        struct stat about {};
        if (::stat(entry.path().c_str(), &about) != 0) continue;
        const auto size = synced[about.st_ino];
        if (about.st_size > size) fs::resize_file(entry.path(), static_cast<std::uintmax_t>(size));
    }
}

void redis_server::start() {
    std::vector<std::string> words{"redis-server",
                                   "--port",
                                   "0",
                                   "--unixsocket",
                                   (folder() / "socket").string(),
                                   "--dir",
                                   folder().string(),
                                   "--logfile",
                                   (folder() / "log").string(),
                                   "--save",
                                   "",
                                   "--appendonly",
                                   "yes",
                                   "--databases",
                                   "4096"};
    if (has_config_) words.insert(words.begin() + 1, (folder() / "config").string());
    words.insert(words.end(), settings_.begin(), settings_.end());
    std::vector<char*> arguments;
    for (auto& each : words) arguments.push_back(each.data());
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // it never outlives the tests
        if (!preload_.empty()) {
            ::setenv("LD_PRELOAD", preload_.c_str(), 1);
            ::setenv("SYNCED_SIZES", (folder() / "synced").c_str(), 1);
        }
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::setpgid(pid_, pid_);  // whoever of the two comes first
    for (int i = 0; i < 1'000; ++i) {
        if (answers(folder() / "socket")) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    kill();
    throw std::runtime_error("redis-server does not start; its log is " + (folder() / "log").string());
}

}  // namespace hearth::contract
