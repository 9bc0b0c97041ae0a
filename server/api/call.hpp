// One request on its way through a handler: who asks, what was asked, and the one answer it gets.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "api/http.hpp"
#include "api/services.hpp"
#include "core/error.hpp"
#include "core/person.hpp"

namespace hearth::api {

/// Lives as long as something still works on it. If all that ends without an answer, the answer is 503.
class call : public std::enable_shared_from_this<call> {
public:
    call(services& with, door_limits& doors, request asked, responder respond)
        : with(with), doors(doors), asked(std::move(asked)), respond_(std::move(respond)) {}
    ~call();
    call(const call&) = delete;
    call& operator=(const call&) = delete;

    services& with;
    door_limits& doors;
    const request asked;
    std::vector<std::string> parts;  ///< what the route's blanks stand for: "/rooms/{}" → the slug
    person who;                      ///< nobody's id is empty
    std::string token;               ///< what authenticated them

    void answer(int status, std::string json, std::vector<std::pair<std::string, std::string>> headers = {});
    void done() { answer(204, ""); }
    /// A problem document (RFC 9457) in the asker's language; `status` where the code's own does not fit.
    void fail(const failure& what, std::vector<std::pair<std::string, std::string>> headers = {}, int status = 0);

    /// The continuation of an asynchronous step: a failure is the answer, a success goes on with `next`.
    template <class T = void, class F>
    callback<T> then(F next) {
        return [self = shared_from_this(), next = std::move(next)](outcome<T> result) mutable {
            if (result.has_error()) return self->fail(result.error());
            self->guarded([&] {
                if constexpr (std::is_void_v<T>)
                    next();
                else
                    next(std::move(*result));
            });
        };
    }
    /// Runs `work`; what it throws becomes 503, so that no request takes the server with it.
    void guarded(const std::function<void()>& work);

    /// False, and answered with 429, when `key` has used up its tries.
    [[nodiscard]] bool within(identity::rate_limiter& limiter, std::string_view key);

    /// An audit entry for an act of `who`. `detail`: a JSON object; never what a member wrote.
    [[nodiscard]] store::audit_entry act(std::string action, std::string subject, std::string detail = "{}") const;

private:
    responder respond_;
};

using call_ptr = std::shared_ptr<call>;

[[nodiscard]] int status_of(errc code) noexcept;

}  // namespace hearth::api
