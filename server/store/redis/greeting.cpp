#include "store/redis/greeting.hpp"

#include "store/redis/library.hpp"
#include "store/redis/request.hpp"

namespace hearth::store::redis {

std::vector<std::string> signing_in(const endpoint& where) {
    std::vector<std::string> out;
    if (!where.password.empty()) {
        request sign_in("AUTH");
        if (!where.user.empty()) sign_in.add(where.user);
        out.push_back(sign_in.add(where.password).wire());
    }
    if (!where.sentinels.empty()) out.push_back(request("ROLE").wire());
    // A cluster has no databases.
    out.push_back(where.cluster.empty() ? request("SELECT").add(where.database).wire() : request("PING").wire());
    return out;
}

std::vector<std::string> bringing_library(const endpoint& where) {
    auto out = signing_in(where);
    out.push_back(request("FUNCTION").add("LOAD").add("REPLACE").add(library).wire());
    return out;
}

bool has_to_begin_anew(const std::string& error) {
    return error.starts_with("ERR Function not found") || error.starts_with("READONLY") ||
           error.starts_with("LOADING") || error.starts_with("NOAUTH");
}

}  // namespace hearth::store::redis
