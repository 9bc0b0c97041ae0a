#include "rooms/addressing.hpp"

#include <algorithm>

namespace hearth::rooms {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool part_of_word(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '_';
}

bool same(std::string_view a, std::string_view b, bool any_case) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [any_case](char x, char y) {
               return any_case ? lower(x) == lower(y) : x == y;
           });
}

bool names(std::string_view text, std::string_view name) {
    if (name.empty()) return false;
    for (std::size_t at = 0; at + name.size() <= text.size(); ++at) {
        const bool called = at > 0 && text[at - 1] == '@';
        if (!same(text.substr(at, name.size()), name, called)) continue;
        const bool starts = at == 0 || !part_of_word(text[at - 1]);
        const auto end = at + name.size();
        if (starts && (end == text.size() || !part_of_word(text[end]))) return true;
    }
    return false;
}

}  // namespace

std::vector<user_id> named_in(std::string_view text, const std::vector<person>& present, const user_id& author) {
    std::vector<user_id> found;
    for (const auto& who : present)
        if (who.id != author && names(text, who.name)) found.push_back(who.id);
    return found;
}

}  // namespace hearth::rooms
