#include "ops/signals.hpp"

#include <csignal>

namespace hearth::ops {
namespace {

sigset_t wishes() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    return set;
}

}  // namespace

void catch_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a write past a size limit fails like one on a full disk, and is answered so
    const auto set = wishes();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

wish wait_for_wish() {
    const auto set = wishes();
    int which = 0;
    sigwait(&set, &which);
    return which == SIGHUP ? wish::read_again : wish::end;
}

}  // namespace hearth::ops
