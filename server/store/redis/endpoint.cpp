#include "store/redis/endpoint.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "store/redis/open.hpp"

namespace hearth::store::redis {
namespace {

constexpr int most_databases = 1'000'000;
constexpr std::string_view of_sentinels = "sentinel://", of_cluster = "cluster://";

int number(std::string_view text, int most, const char* what) {
    int out = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, problem] = std::from_chars(text.data(), end, out);
    if (problem != std::errc() || rest != end || out < 0 || out > most)
        throw data_error(std::string("the address's ") + what + " is no number from 0 to " + std::to_string(most));
    return out;
}

/// What stands before the next `mark`, which is taken away with it; all when there is none.
std::string_view cut(std::string_view& text, char mark) {
    const auto at = text.find(mark);
    const auto out = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return out;
}

/// Several hosts are no URL: each is read as the host of one. Who signs in is in the answer; the hosts are taken away.
endpoint take_hosts(std::string_view& rest, std::vector<host_port>& into, std::string_view port) {
    auto hosts = cut(rest, '/');
    const auto at = hosts.rfind('@');
    const std::string before = "redis://" + std::string(hosts.substr(0, at == std::string_view::npos ? 0 : at + 1));
    if (at != std::string_view::npos) hosts.remove_prefix(at + 1);
    while (!hosts.empty()) {
        std::string one(cut(hosts, ','));
        if (one.find(':', one.rfind(']') + 1) == std::string::npos) one += port;  // npos + 1 is the beginning
        const endpoint read = parse_endpoint("redis://" + one);
        into.push_back({read.host, read.port});
    }
    return parse_endpoint(before);
}

endpoint parse_sentinels(std::string_view rest) {
    std::vector<host_port> hosts;
    endpoint out = take_hosts(rest, hosts, ":26379");
    out.sentinels = std::move(hosts);
    out.primary = std::string(cut(rest, '/'));
    if (out.sentinels.empty() || out.primary.empty())
        throw data_error("sentinel:// needs sentinels and the primary's name: sentinel://host:port,host:port/name");
    if (!rest.empty()) out.database = number(rest, most_databases, "database");
    return out;
}

endpoint parse_cluster(std::string_view rest) {
    std::vector<host_port> hosts;
    endpoint out = take_hosts(rest, hosts, ":6379");
    out.cluster = std::move(hosts);
    if (out.cluster.empty()) throw data_error("cluster:// needs some of its servers: cluster://host:port,host:port");
    if (!rest.empty() && rest != "0") throw data_error("a cluster has no databases");
    return out;
}

}  // namespace

std::string host_port::name() const { return host + ":" + std::to_string(port); }

std::string endpoint::name() const {
    std::string where = socket.empty() ? host_port{host, port}.name() : socket;
    if (!sentinels.empty()) {
        where = "\"" + primary + "\" of the sentinels";
        for (const auto& each : sentinels) where += " " + each.name();
    }
    if (!cluster.empty()) {
        where = "the cluster of";
        for (const auto& each : cluster) where += " " + each.name();
    }
    return database == 0 ? where : where + ", database " + std::to_string(database);
}

endpoint parse_endpoint(std::string_view address) {
    if (address.starts_with(of_sentinels)) return parse_sentinels(address.substr(of_sentinels.size()));
    if (address.starts_with(of_cluster)) return parse_cluster(address.substr(of_cluster.size()));
    const auto parsed = boost::urls::parse_uri({address.data(), address.size()});
    if (!parsed)
        throw data_error(
            "no address such as redis://host:6379/0, unix:///run/redis/redis.sock, sentinel://host,host/name or "
            "cluster://host,host");
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
    if (url.scheme() != "redis")
        throw data_error("the address begins with none of redis://, unix://, sentinel://, cluster://");
    if (const std::string host(url.host_address()); !host.empty()) out.host = host;
    if (url.has_port()) out.port = number(std::string(url.port()), 65'535, "port");
    if (path.size() > 1) out.database = number(std::string_view(path).substr(1), most_databases, "database");
    return out;
}

}  // namespace hearth::store::redis
