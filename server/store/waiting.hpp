// For callers with nothing else to do than wait for the store: commands and tests.
#pragma once

#include <future>
#include <memory>
#include <utility>

#include "store/store.hpp"

namespace hearth::store {

/// Runs results at once on the thread that brings them. Has no state, so it outlives whoever waits.
class at_once final : public completions {
public:
    void run(std::vector<std::function<void()>> batch) override {
        for (auto& each : batch) each();
    }
    [[nodiscard]] static at_once& instance() {
        static at_once one;
        return one;
    }
};

namespace detail {

template <class... Parameters>
struct last;
template <class T>
struct last<callback<T>> {
    using result = T;
};
template <class First, class... Rest>
requires(sizeof...(Rest) > 0) struct last<First, Rest...> : last<Rest...> {
};

}  // namespace detail

/// Asks and waits: `wait(s, &store::find_room, "harbour")` is the outcome that the callback would have got.
template <class... Parameters, class... Arguments>
auto wait(store& asked, void (store::*call)(Parameters...), Arguments&&... arguments)
    -> outcome<typename detail::last<Parameters...>::result> {
    using result = typename detail::last<Parameters...>::result;
    // Shared, because the storing thread still touches it when the waiting one has what it wants.
    auto answer = std::make_shared<std::promise<outcome<result>>>();
    auto future = answer->get_future();
    (asked.*call)(std::forward<Arguments>(arguments)..., at_once::instance(),
                  [answer](outcome<result> got) { answer->set_value(std::move(got)); });
    return future.get();
}

}  // namespace hearth::store
