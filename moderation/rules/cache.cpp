#include "moderation/rules/cache.hpp"

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>

#include "moderation/rules/archive.hpp"

namespace hearth::moderation {
namespace {

namespace fs = std::filesystem;

// Grows with every change of what `keep` keeps; the compiler's own layout goes into `build_mark`.
constexpr std::uint32_t format = 9;

struct cache_header {
    std::array<char, 8> magic{'H', 'E', 'A', 'R', 'T', 'H', 'C', '1'};
    std::uint32_t format_version = format;
    std::uint32_t layout =
        static_cast<std::uint32_t>(sizeof(ruleset) * 31 + sizeof(program) * 7 + sizeof(compiled_rule));
    std::uint64_t checksum = 0;
    std::uint64_t bytes = 0;
};

std::uint64_t checksum_of(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {  // eight at a time: these are tens of megabytes
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, 8);
        hash = (hash ^ word) * 1099511628211ULL;
        hash ^= hash >> 29U;
    }
    for (std::size_t at = bytes.size() & ~std::size_t{7}; at < bytes.size(); ++at)
        hash = (hash ^ static_cast<unsigned char>(bytes[at])) * 1099511628211ULL;
    return hash;
}

fs::path file_of(const fs::path& folder, const std::string& version) { return folder / ("rules-" + version + ".bin"); }

}  // namespace

std::shared_ptr<ruleset> read_cache(const fs::path& folder, const std::string& version) {
    std::ifstream in(file_of(folder, version), std::ios::binary | std::ios::ate);
    if (!in) return nullptr;
    const auto size = static_cast<std::size_t>(in.tellg());
    cache_header header;
    const cache_header expected;
    if (size < sizeof header) return nullptr;
    in.seekg(0);
    in.read(reinterpret_cast<char*>(&header), sizeof header);
    if (!in || header.magic != expected.magic || header.format_version != expected.format_version ||
        header.layout != expected.layout || header.bytes != size - sizeof header)
        return nullptr;
    std::string bytes(size - sizeof header, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!in || checksum_of(bytes) != header.checksum) return nullptr;
    auto rules = std::make_shared<ruleset>();
    std::string phrases;
    archive_reader from(bytes);
    from(*rules, phrases);
    if (from.failed() || rules->version != version) return nullptr;
    try {
        rules->literals = std::make_unique<literal_set>(literal_set::from_bytes(phrases));
    } catch (const std::runtime_error&) { return nullptr; }
    return rules;
}

void write_cache(const fs::path& folder, ruleset& rules) {
    archive_writer to;
    auto phrases = rules.literals->bytes();
    to(rules, phrases);
    cache_header header;
    header.bytes = to.bytes().size();
    header.checksum = checksum_of(to.bytes());
    std::error_code fault;
    fs::create_directories(folder, fault);
    const auto target = file_of(folder, rules.version);
    const auto beside = folder / ("rules." + std::to_string(std::random_device{}()) + ".new");
    {
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char*>(&header), sizeof header);
        out.write(to.bytes().data(), static_cast<std::streamsize>(to.bytes().size()));
        out.flush();
        if (!out) {
            out.close();
            fs::remove(beside, fault);
            return;
        }
    }
    fs::rename(beside, target, fault);
    for (const auto& entry : fs::directory_iterator(folder, fault)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("rules-") && name.ends_with(".bin") && entry.path() != target)
            fs::remove(entry.path(), fault);
    }
}

}  // namespace hearth::moderation
