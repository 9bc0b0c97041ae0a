// A real redis-server of the tests' own: in a new directory, on a Unix socket and, if its settings say so, a port of
// loopback; ended with this object by its id.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace hearth::contract {

class redis_server {
public:
    /// `config`: what can only be said in a configuration file, such as whom a sentinel watches.
    /// `preload`: a library that it is started with.
    explicit redis_server(std::vector<std::string> settings = {}, const std::string& config = {},
                          std::string preload = {});
    ~redis_server();
    redis_server(const redis_server&) = delete;
    redis_server& operator=(const redis_server&) = delete;

    [[nodiscard]] std::string address(int database = 0) const;
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_.path(); }
    /// One command in Redis' inline form, as an outsider sends it; the answer as it comes, up to 64 KiB.
    [[nodiscard]] std::string ask(const std::string& command, int database = 0) const;
    void signal(int number) const;
    void kill();
    /// Ends it as when its machine loses power: of its files there is what was synced. To be started with
    /// synced_sizes.cpp.
    void cut_power();
    /// On the same data; returns when it answers.
    void start();
    /// A port to listen on, now and again after a restart: none of those that the system gives to connections, one of which
    /// could have it by the time a server is started.
    [[nodiscard]] static std::string free_port();

private:
    support::temporary_folder folder_;
    std::vector<std::string> settings_;
    bool has_config_ = false;
    std::string preload_;
    pid_t pid_ = 0;
};

}  // namespace hearth::contract
