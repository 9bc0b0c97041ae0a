#include "ops/signals.hpp"

#include <csignal>

namespace hearth::ops {
namespace {

sigset_t ending() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

}  // namespace

void catch_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a write past a size limit fails like one on a full disk, and is answered so
    const auto set = ending();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

int wait_for_end() {
    const auto set = ending();
    int which = 0;
    sigwait(&set, &which);
    return which;
}

}  // namespace hearth::ops
