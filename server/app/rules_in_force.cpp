#include "app/rules_in_force.hpp"

#include <algorithm>
#include <exception>
#include <string>

#include "ops/log.hpp"

namespace hearth::app {
namespace {

constexpr std::size_t problems_told = 5;  // the rest is for `hearth packs lint`

std::shared_ptr<const moderation::claim_book> claims_in(const std::shared_ptr<const moderation::ruleset>& rules) {
    return {rules, &moderation::claims_of(*rules)};
}

void tell(const std::vector<std::string>& problems) {
    ops::log_error("rules not taken, the old ones stay: {} problem(s)", problems.size());
    for (std::size_t i = 0; i < std::min(problems.size(), problems_told); ++i)
        ops::log_error("rules not taken: {}", problems[i]);
}

/// What one reading brings to every loop, and takes from it. A loop that ends before its turn leaves it as it is.
struct handover {
    std::vector<moderation::judge> judges;
    std::shared_ptr<const moderation::claim_book> claims;
    std::size_t waiting = 0;  // under the owner's mutex
};

}  // namespace

rules_in_force::rules_in_force(moderation::knowledge_files from, rules_ptr first, loops_list loops,
                               std::function<void(bool)> told)
    : from_(std::move(from)),
      loops_(std::move(loops)),
      told_(std::move(told)),
      claims_(claims_in(first)),
      rules_(std::move(first)) {
    for (std::size_t i = 0; i < loops_.size(); ++i) judges_.emplace_back(rules_);
    thread_ = std::thread([this] { work(); });
}

rules_in_force::~rules_in_force() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void rules_in_force::read_again() {
    {
        const std::lock_guard lock(mutex_);
        asked_ = true;
    }
    changed_.notify_all();
}

void rules_in_force::work() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return asked_ || ending_; });
            if (ending_) return;
            asked_ = false;
        }
        const auto fresh = read();
        if (fresh && !put_in_force(fresh)) return;
        told_(fresh != nullptr);
    }
}

rules_in_force::rules_ptr rules_in_force::read() const {
    try {
        return moderation::load_rules(from_);
    } catch (const moderation::pack_error& e) { tell(e.problems); } catch (const std::exception& e) {
        tell({e.what()});
    }
    return nullptr;
}

/// False when the server ends meanwhile.
bool rules_in_force::put_in_force(const rules_ptr& fresh) {
    const auto brought = std::make_shared<handover>();
    for (std::size_t i = 0; i < loops_.size(); ++i) brought->judges.emplace_back(fresh);
    brought->claims = claims_in(fresh);
    brought->waiting = loops_.size();
    for (std::size_t i = 0; i < loops_.size(); ++i) {
        loops_[i]->post([this, brought, i] {
            brought->judges[i].read_as(
                judges_[i].read_as());  // what people accepted outlives the rules it was accepted under
            std::swap(judges_[i], brought->judges[i]);
            if (i == 0) claims_.swap(brought->claims);
            const std::lock_guard lock(mutex_);
            if (--brought->waiting == 0) changed_.notify_all();
        });
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return brought->waiting == 0 || ending_; });
    if (ending_) return false;
    lock.unlock();
    // The old rules, tens of megabytes, are let go here, not by the worker that was the last to swap.
    const auto old_judges = std::move(brought->judges);
    const auto old_claims = std::move(brought->claims);
    ops::log_info("rules {} are in force, {} before", moderation::version_of(*fresh).substr(0, 12),
                  moderation::version_of(*rules_).substr(0, 12));
    rules_ = fresh;
    return true;
}

}  // namespace hearth::app
