// A room's languages as one stored text: "en,fr".
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hearth::store {

[[nodiscard]] inline std::string joined(const std::vector<std::string>& languages) {
    std::string out;
    for (const auto& language : languages) out += (out.empty() ? "" : ",") + language;
    return out;
}

[[nodiscard]] inline std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

}  // namespace hearth::store
