#include "app/options.hpp"

#include "core/startup_error.hpp"
#include "net/listener.hpp"

namespace hearth::app {

void must_be_private(const serve_options& options) {
    const bool tls = !options.tls_cert.empty() || !options.tls_key.empty();
    if (tls && (options.tls_cert.empty() || options.tls_key.empty()))
        throw startup_error("--tls-cert and --tls-key belong together");
    const bool loopback = net::parse_endpoint(options.listen).address().is_loopback();
    if (options.behind_proxy && !options.proxy_protocol.empty())
        throw startup_error("--behind-proxy and --proxy-protocol are two ways to learn a client's address: give one");
    if (!loopback && !tls && !options.has_proxy())
        throw startup_error("--listen: " + options.listen +
                            " is reachable from outside; give --tls-cert and --tls-key, --behind-proxy or "
                            "--proxy-protocol");
    if (!loopback && !options.bounds.rate_limits)
        throw startup_error("--no-rate-limits is for loopback listeners only");
}

}  // namespace hearth::app
