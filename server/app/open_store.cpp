#include "app/open_store.hpp"

#include "core/startup_error.hpp"
#include "store/redis/open.hpp"
#include "store/sqlite/maintenance.hpp"
#include "store/sqlite/open.hpp"

namespace hearth::app {
namespace {

store::redis::options redis_options(const storage& where) {
    store::redis::options out;
    out.wait_replicas = where.redis_wait_replicas;
    return out;
}

bool in_redis(const storage& where) {
    if (where.store == "redis") {
        if (where.redis.empty())
            throw startup_error(
                "--redis: --store redis needs its address, redis://…, unix://…, sentinel://… or cluster://…");
        return true;
    }
    if (where.store != "sqlite") throw startup_error("--store: \"" + where.store + "\" is none of sqlite, redis");
    if (where.redis_wait_replicas > 0)
        throw startup_error("--redis-wait-replicas: sqlite has none; it is for --store redis");
    return false;
}

}  // namespace

std::unique_ptr<store::store> open_store(const storage& where) {
    try {
        if (in_redis(where)) return store::redis::open_redis(where.redis, redis_options(where));
        return store::sqlite::open_sqlite(where.data);
    } catch (const store::redis::data_error& e) {
        throw startup_error(std::string("--redis: ") + e.what());
    } catch (const store::sqlite::data_error& e) { throw startup_error(std::string("--data: ") + e.what()); }
}

serving_store open_to_serve(const storage& where) {
    serving_store out;
    out.data = open_store(where);
    if (in_redis(where)) {
        out.place = "redis";
        out.warnings = store::redis::warnings(*out.data);
        return out;
    }
    out.place = where.data.string();
    try {
        out.lock = std::make_unique<store::sqlite::data_lock>(where.data);
    } catch (const store::sqlite::data_error& e) { throw startup_error(std::string("--data: ") + e.what()); }
    return out;
}

store::audit_report walk_audit(const storage& where) {
    if (!in_redis(where)) return store::sqlite::verify_audit(where.data);
    const auto data = open_store(where);
    try {
        return store::redis::verify_audit(*data);
    } catch (const store::redis::data_error& e) { throw startup_error(std::string("--redis: ") + e.what()); }
}

std::filesystem::path files_of(const storage& where, const std::string& command) {
    if (in_redis(where))
        throw startup_error("--store: " + command + " is for sqlite; Redis' own files are copied (docs/OPERATIONS.md)");
    return where.data;
}

}  // namespace hearth::app
