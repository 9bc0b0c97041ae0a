#include "store/redis/slots.hpp"

#include <cstdint>
#include <stdexcept>

namespace hearth::store::redis {

int slot_of(std::string_view key) {
    const auto open = key.find('{');
    const auto close = open == std::string_view::npos ? open : key.find('}', open + 1);
    if (close != std::string_view::npos && close > open + 1) key = key.substr(open + 1, close - open - 1);
    std::uint16_t crc = 0;  // CRC16/XMODEM
    for (const char each : key) {
        crc = static_cast<std::uint16_t>(crc ^ (static_cast<unsigned char>(each) << 8));
        for (int bit = 0; bit < 8; ++bit)
            crc = static_cast<std::uint16_t>((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
    }
    return crc % slot_count;
}

std::vector<slot_range> read_slots(const reply& got, const host_port& asked) {
    std::vector<slot_range> out;
    for (const auto& each : got.items) {
        if (each.items.size() < 3 || each.items[2].items.size() < 2) throw std::runtime_error("no list of slots");
        const auto& server = each.items[2].items;
        slot_range one{static_cast<int>(each.items[0].number),
                       static_cast<int>(each.items[1].number),
                       {server[0].text, static_cast<int>(server[1].number)}};
        if (one.primary.host.empty()) one.primary.host = asked.host;
        if (one.first < 0 || one.last < one.first || one.last >= slot_count || one.primary.port <= 0)
            throw std::runtime_error("no range of slots");
        out.push_back(std::move(one));
    }
    return out;
}

int covered(const std::vector<slot_range>& ranges) {
    int out = 0;
    for (const auto& each : ranges) out += each.last - each.first + 1;
    return out;
}

}  // namespace hearth::store::redis
