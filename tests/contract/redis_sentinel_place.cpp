#include "contract/redis_database.hpp"
#include "contract/redis_sentinels.hpp"
#include "store/redis/open.hpp"

namespace hearth::contract {

std::unique_ptr<place> new_place() { return std::make_unique<redis_database<redis_sentinels>>(); }
std::unique_ptr<store::store> open_at(const std::string& address) { return store::redis::open_redis(address); }

}  // namespace hearth::contract
