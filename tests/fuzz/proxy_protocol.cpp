// Any bytes as a PROXY header, read as a connection does: no more is ever taken than was wanted, and never over the bound.
#include "net/proxy_protocol.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using state = hearth::net::proxy_header::state;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (std::size_t taken = 0;;) {
        const auto read = hearth::net::read_proxy_header(bytes.substr(0, taken));
        if (read.what != state::unfinished) return 0;
        if (read.wanted == 0 || taken + read.wanted > hearth::net::most_proxy_bytes) std::abort();
        taken += read.wanted;
        if (taken > size) return 0;
    }
}
