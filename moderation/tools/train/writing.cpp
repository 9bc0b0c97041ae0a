#include "moderation/tools/train/writing.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hearth::moderation::training {
namespace {

constexpr double full = 0.75;
constexpr double clipped = 0.9995;   // so many weights fit the eight bits; the few larger ones are cut
constexpr std::size_t few = 10'000;  // of a kind with fewer features all fit: signs are few, and some weigh much

// What one sighting of a feature says: its trained weight times its own.
double says(const example_set& set, const weights& trained, std::size_t feature) {
    return trained[feature] * std::sqrt(static_cast<double>(set.squares[feature]) / square_unit);
}

double largest_of(const example_set& set, const weights& trained, feature_kind kind) {
    std::vector<double> sizes;
    for (std::size_t i = 0; i < set.kinds.size(); ++i) {
        if (set.kinds[i] == kind && trained[i] != 0) sizes.push_back(std::abs(says(set, trained, i)));
    }
    if (sizes.empty()) return 1;
    const auto share = sizes.size() < few ? 1 : clipped;
    const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(sizes.size() - 1));
    std::nth_element(sizes.begin(), at, sizes.end());
    return *at;
}

}  // namespace

std::string model_bytes(const example_set& set, const std::array<weights, model_outputs>& trained,
                        const std::array<calibration, model_outputs>& calibrated, const last_layer& last,
                        const model_thresholds& thresholds, std::string_view trained_from, std::uint32_t slots) {
    model_header header;
    std::memcpy(header.magic.data(), "HEARTHM4", header.magic.size());
    header.outputs = model_outputs;
    header.slots = slots;
    header.unknown_square = set.unknown_square;
    std::memcpy(header.trained_from.data(), trained_from.data(),
                std::min(trained_from.size(), header.trained_from.size()));
    header.last = last;
    header.thresholds = thresholds;
    std::array<std::array<double, model_outputs>, feature_kinds> unit{};  // weight of one step of the eight bits
    for (std::size_t o = 0; o < model_outputs; ++o) {
        for (std::size_t kind = 0; kind < feature_kinds; ++kind) {
            unit[kind][o] = largest_of(set, trained[o], static_cast<feature_kind>(kind)) / 127;
            header.scale[kind][o] = static_cast<float>(unit[kind][o] * calibrated[o].slope);
        }
        header.bias[o] = static_cast<float>(trained[o].back() * calibrated[o].slope + calibrated[o].offset);
    }
    constexpr auto words = static_cast<std::size_t>(feature_kind::words);
    std::vector<std::pair<double, model_row>> rows;  // how much it says, row
    for (std::size_t i = 0; i < set.hashes.size(); ++i) {
        const auto kind = static_cast<std::size_t>(set.kinds[i]);
        model_row row;
        row.hash = set.hashes[i];
        row.square = set.squares[i];
        double most = 0;
        for (std::size_t o = 0; o < model_outputs; ++o) {
            const auto said = says(set, trained[o], i);
            const auto steps = std::clamp(std::lround(said / unit[kind][o]), -127L, 127L);
            row.weights[o] = static_cast<std::int8_t>(steps);
            if (steps != 0) most = std::max(most, std::abs(said) / unit[words][o]);
        }
        if (most > 0) rows.emplace_back(most, row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    const auto room = static_cast<std::size_t>(full * slots);
    if (rows.size() > room) rows.resize(room);
    // What many lines hold stands where it is looked for first: the table is three quarters full.
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.second.square > b.second.square; });
    std::vector<model_row> table(slots);
    for (const auto& [most, row] : rows) {
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
