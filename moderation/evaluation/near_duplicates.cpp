#include "moderation/evaluation/near_duplicates.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

#include "moderation/text/fold.hpp"

namespace hearth::moderation {
namespace {

constexpr std::size_t run = 3;          // words
constexpr std::size_t too_common = 60;  // lines that hold a run: it tells nothing then

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

// The runs of a line, each once, ascending; the whole of a short one.
std::vector<std::uint64_t> runs_of(const std::string& line) {
    const auto folded_line = fold(line).text;
    const std::string_view text = folded_line;
    std::vector<std::size_t> starts;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i - 1] == ' ') starts.push_back(i);
    }
    if (starts.size() <= run) return {hash_of(text)};
    std::vector<std::uint64_t> all;
    for (std::size_t i = 0; i + run <= starts.size(); ++i) {
        const auto end = i + run < starts.size() ? starts[i + run] : text.size();
        all.push_back(hash_of(text.substr(starts[i], end - starts[i])));
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

}  // namespace

std::vector<near_pair> find_near_duplicates(const std::vector<std::string>& lines, double alike) {
    std::vector<std::size_t> sizes;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> lines_with;
    std::vector<near_pair> found;
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        const auto runs = runs_of(lines[i]);
        sizes.push_back(runs.size());
        std::unordered_map<std::uint32_t, std::size_t> shared;
        for (const auto one : runs) {
            auto& with = lines_with[one];
            if (with.size() < too_common) {
                for (const auto other : with) ++shared[other];
            }
            with.push_back(i);
        }
        for (const auto& [other, count] : shared) {
            const auto both = static_cast<double>(sizes[other] + runs.size() - count);
            const double share = static_cast<double>(count) / both;
            if (share >= alike) found.push_back({other, i, share});
        }
    }
    std::sort(found.begin(), found.end(), [](const near_pair& a, const near_pair& b) {
        return std::pair(a.second, a.first) < std::pair(b.second, b.first);
    });
    return found;
}

}  // namespace hearth::moderation
