// Any bytes as a client's frames, in pieces that the first byte chooses; nothing handed out may exceed the bound.
#include "net/frames.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    constexpr std::size_t most = 1'000;
    if (size == 0) return 0;
    const std::size_t piece = data[0] % 64U + 1U;
    hearth::net::frame_reader reader(most);
    for (std::size_t at = 1; at < size; at += piece) {
        std::string part(reinterpret_cast<const char*>(data) + at, std::min(piece, size - at));
        reader.feed(std::span(part.data(), part.size()));
        while (const auto item = reader.next()) {
            if (item->payload.size() > most) std::abort();
            if (item->what == hearth::net::frame_reader::kind::close) (void)hearth::net::close_code_of(item->payload);
        }
    }
    return 0;
}
