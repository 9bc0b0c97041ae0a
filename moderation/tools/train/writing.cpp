#include "moderation/tools/train/writing.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hearth::moderation::training {
namespace {

constexpr double full = 0.75;
constexpr double clipped = 0.9995;  // so many weights fit the eight bits; the few larger ones are cut

double largest_of(const weights& of) {
    std::vector<double> sizes;
    for (std::size_t i = 0; i + 1 < of.size(); ++i) {
        if (of[i] != 0) sizes.push_back(std::abs(of[i]));
    }
    if (sizes.empty()) return 1;
    const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(clipped * static_cast<double>(sizes.size() - 1));
    std::nth_element(sizes.begin(), at, sizes.end());
    return *at;
}

}  // namespace

std::string model_bytes(const std::vector<std::uint32_t>& hashes, const std::array<weights, model_outputs>& trained,
                        const std::array<calibration, model_outputs>& calibrated, const model_thresholds& thresholds,
                        std::string_view trained_from, std::uint32_t slots) {
    model_header header;
    std::memcpy(header.magic.data(), "HEARTHM1", header.magic.size());
    header.outputs = model_outputs;
    header.slots = slots;
    std::memcpy(header.trained_from.data(), trained_from.data(),
                std::min(trained_from.size(), header.trained_from.size()));
    header.thresholds = thresholds;
    std::array<double, model_outputs> unit{};  // weight of one step of the eight bits
    for (std::size_t o = 0; o < model_outputs; ++o) {
        unit[o] = largest_of(trained[o]) / 127;
        header.scale[o] = static_cast<float>(unit[o] * calibrated[o].slope);
        header.bias[o] = static_cast<float>(trained[o].back() * calibrated[o].slope + calibrated[o].offset);
    }
    std::vector<std::pair<int, model_row>> rows;  // how much it says, row
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        model_row row;
        row.hash = hashes[i];
        int says = 0;
        for (std::size_t o = 0; o < model_outputs; ++o) {
            const auto steps = std::clamp(std::lround(trained[o][i] / unit[o]), -127L, 127L);
            row.weights[o] = static_cast<std::int8_t>(steps);
            says = std::max(says, static_cast<int>(std::abs(steps)));
        }
        if (says > 0) rows.emplace_back(says, row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    const auto most = static_cast<std::size_t>(full * slots);
    if (rows.size() > most) rows.resize(most);
    std::vector<model_row> table(slots);
    for (const auto& [says, row] : rows) {
        auto slot = row.hash & (slots - 1);
        while (table[slot].hash != 0) slot = (slot + 1) & (slots - 1);
        table[slot] = row;
    }
    std::string bytes(sizeof header + table.size() * sizeof(model_row), '\0');
    std::memcpy(bytes.data(), &header, sizeof header);
    std::memcpy(bytes.data() + sizeof header, table.data(), table.size() * sizeof(model_row));
    return bytes;
}

}  // namespace hearth::moderation::training
