// How a server ends: the order in which its parts are told.
#pragma once

#include <memory>
#include <vector>

#include "core/limits.hpp"
#include "identity/password_pool.hpp"
#include "net/http.hpp"
#include "net/listener.hpp"
#include "net/station.hpp"
#include "rooms/hub.hpp"
#include "store/store.hpp"

namespace hearth::app {

/// Whoever sends clients here is told not to, as long as there are other servers; then every client is told, what was
/// asked is answered, what was acknowledged is stored; then the threads end.
void shut_down(net::listener& door, net::web& web, std::vector<std::unique_ptr<net::station>>& stations,
               rooms::hub& hub, identity::password_pool& passwords, store::store& data, const limits& bounds);

}  // namespace hearth::app
