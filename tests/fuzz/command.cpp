// Any bytes as a line of the wire: parsed or refused, never more; what is accepted can be said again.
#include <cstdint>
#include <cstdlib>

#include "protocol/command.hpp"
#include "protocol/encode.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const hearth::limits bounds;
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const auto parsed = hearth::protocol::parse_command(line, bounds);
    if (!parsed) return 0;
    if (parsed->what.has_error()) {
        std::string reply;
        hearth::protocol::append_error(reply, parsed->id, parsed->what.error(), "sentence");
        // A reply is one line of JSON: its id can never break out of it.
        if (reply.find('\n') != std::string::npos) std::abort();
    } else if (const auto* said = std::get_if<hearth::protocol::say>(&*parsed->what)) {
        if (hearth::protocol::count_chars(said->text) > bounds.text_chars || said->key.empty()) std::abort();
    }
    return 0;
}
