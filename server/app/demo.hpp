// `serve --demo`: rooms to look around in, and links that let a newcomer in as a member, a moderator and an admin.
#pragma once

#include <string>

#include "store/store.hpp"
#include "texts/catalogue.hpp"

namespace hearth::app {

struct demo_links {
    std::string member, moderator, admin;
};

/// Makes what is missing and new links to it. Throws startup_error when the store refuses.
[[nodiscard]] demo_links prepare_demo(store::store& data, const texts::catalogue& words, const std::string& url);

}  // namespace hearth::app
