#include "store/redis/endpoint.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "store/redis/open.hpp"

namespace hearth::store::redis {
namespace {

constexpr int most_databases = 1'000'000;

int number(std::string_view text, int most, const char* what) {
    int out = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, problem] = std::from_chars(text.data(), end, out);
    if (problem != std::errc() || rest != end || out < 0 || out > most)
        throw data_error(std::string("the address's ") + what + " is no number from 0 to " + std::to_string(most));
    return out;
}

}  // namespace

std::string endpoint::name() const {
    const auto where = socket.empty() ? host + ":" + std::to_string(port) : socket;
    return database == 0 ? where : where + ", database " + std::to_string(database);
}

endpoint parse_endpoint(std::string_view address) {
    const auto parsed = boost::urls::parse_uri({address.data(), address.size()});
    if (!parsed) throw data_error("no address such as redis://host:6379/0 or unix:///run/redis/redis.sock");
    const boost::urls::url_view& url = *parsed;
    endpoint out;
    // redis://:password@host and redis://password@host are both in use for the default user.
    if (url.has_password()) {
        out.user = url.user();
        out.password = url.password();
    } else {
        out.password = url.user();
    }
    const std::string path(url.path());
    if (url.scheme() == "unix") {
        if (path.size() < 2) throw data_error("unix:// needs the path of a socket");
        out.socket = path;
        if (const auto found = url.params().find("db"); found != url.params().end())
            out.database = number(std::string((*found).value), most_databases, "database");
        return out;
    }
    if (url.scheme() == "rediss")
        throw data_error("rediss:// is not spoken here: put a TLS tunnel in front (docs/OPERATIONS.md)");
    if (url.scheme() != "redis") throw data_error("the address begins with neither redis:// nor unix://");
    if (const std::string host(url.host_address()); !host.empty()) out.host = host;
    if (url.has_port()) out.port = number(std::string(url.port()), 65'535, "port");
    if (path.size() > 1) out.database = number(std::string_view(path).substr(1), most_databases, "database");
    return out;
}

}  // namespace hearth::store::redis
