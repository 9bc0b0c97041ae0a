// What the handlers work with; made once in main.cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/event_loop.hpp"
#include "core/limits.hpp"
#include "identity/password_pool.hpp"
#include "identity/rate_limiter.hpp"
#include "moderation/claims.hpp"
#include "rooms/gateway.hpp"
#include "session/spellings.hpp"
#include "store/store.hpp"
#include "texts/catalogue.hpp"
#include "texts/crisis.hpp"

namespace hearth::api {

struct options {
    std::string
        public_url;  ///< "https://hearth.example.org": what links given to people begin with; no slash at the end
    bool secure_cookies = false;  ///< cookies are Secure even where a request does not look it
    bool lasting_links = false;   ///< a sign-in link works until it expires, not once: for demonstrations
};

struct services {
    store::store& store;
    rooms::gateway& rooms;
    identity::password_pool& passwords;
    const texts::catalogue& words;
    const texts::crisis_directory& lines;
    /// Those in force, on the loop. Hold them across a wait: the rules may change meanwhile.
    std::function<std::shared_ptr<const moderation::claim_book>()> claims;
    session::spellings& spellings;
    const limits& bounds;
    event_loop& loop;  ///< handlers and completions run on it
    options how;
};

/// How often somebody may try doors; by names and address prefixes, in memory only.
struct door_limits {
    explicit door_limits(const limits& bounds)
        : logins_by_name(bounds.logins_per_minute_and_name, bounds.logins_per_minute_and_name),
          logins_by_address(bounds.logins_per_minute_and_address, bounds.logins_per_minute_and_address),
          guests_by_address(bounds.hellos_per_minute_and_address, bounds.hellos_per_minute_and_address) {}
    identity::rate_limiter logins_by_name, logins_by_address, guests_by_address;
};

}  // namespace hearth::api
