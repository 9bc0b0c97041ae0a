// One call of the store on its way to a thread and back: what to do, its result, and who wants it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/completions.hpp"

namespace hearth::store {

template <class Context>
class job {
public:
    explicit job(completions& to) : to_(&to) {}
    virtual ~job() = default;
    /// May be called again when the group it ran in had to be undone: it leaves its arguments as they are.
    virtual void run(Context& context) = 0;
    virtual void fail(failure why) = 0;
    /// Hands the result to the caller; on the caller's completions only.
    virtual void answer() = 0;
    [[nodiscard]] completions& to() const noexcept { return *to_; }

private:
    completions* to_;
};

template <class Context, class T, class Work>
class job_of final : public job<Context> {
public:
    job_of(completions& to, callback<T> done, Work work)
        : job<Context>(to), done_(std::move(done)), work_(std::move(work)) {}

    void run(Context& context) override { result_.emplace(work_(context)); }
    void fail(failure why) override { result_.emplace(std::move(why)); }
    void answer() override { std::exchange(done_, nullptr)(std::move(*result_)); }

private:
    callback<T> done_;
    const Work work_;
    std::optional<outcome<T>> result_;
};

template <class Context>
using job_list = std::vector<std::shared_ptr<job<Context>>>;

template <class Context, class T, class Work>
std::shared_ptr<job<Context>> make_job(completions& to, callback<T> done, Work work) {
    return std::make_shared<job_of<Context, T, Work>>(to, std::move(done), std::move(work));
}

/// The failure of the storage itself.
[[nodiscard]] inline failure unavailable(std::string detail) {
    failure why;
    why.code = errc::try_later;
    why.detail = std::move(detail);
    why.retry_after = std::chrono::seconds(1);
    return why;
}

/// Hands all results back, in order, with one call per completions object.
template <class Context>
void answer_all(job_list<Context> jobs) {
    std::vector<std::pair<completions*, std::vector<std::function<void()>>>> groups;
    for (auto& each : jobs) {
        completions* to = &each->to();
        auto group = groups.begin();
        while (group != groups.end() && group->first != to) ++group;
        if (group == groups.end()) group = groups.insert(group, {to, {}});
        group->second.emplace_back([each = std::move(each)] { each->answer(); });
    }
    for (auto& [to, batch] : groups) to->run(std::move(batch));
}

}  // namespace hearth::store
