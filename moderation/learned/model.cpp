#include "moderation/learned/model.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <numeric>
#include <stdexcept>

namespace hearth::moderation {
namespace {

constexpr std::string_view magic = "HEARTHM4";
static_assert(std::endian::native == std::endian::little, "the model file is read in place");

constexpr std::size_t rows_ahead = 24;

// Adds rows of eight-bit weights, eight at a time, in sixteen bits, and settles before those could run over.
struct weight_sum {
    using eight_bytes = std::int8_t __attribute__((vector_size(8)));
    using eight_shorts = std::int16_t __attribute__((vector_size(16)));
    static constexpr std::size_t lanes = 8;
    static constexpr int most_rows = 32'767 / 128;
    static_assert(model_outputs % lanes == 0);

    void add(const model_row& row) noexcept {
        for (std::size_t i = 0; i < part.size(); ++i) {
            eight_bytes bytes;
            std::memcpy(&bytes, row.weights.data() + i * lanes, sizeof bytes);
            part[i] += __builtin_convertvector(bytes, eight_shorts);
        }
        if (++rows == most_rows) settle();
    }
    void settle() noexcept {
        for (std::size_t i = 0; i < total.size(); ++i) total[i] += part[i / lanes][i % lanes];
        part = {};
        rows = 0;
    }

    std::array<eight_shorts, model_outputs / lanes> part{};
    std::array<std::int32_t, model_outputs> total{};
    int rows = 0;
};

float logit(float p) noexcept {
    constexpr float edge = 1e-5F;
    p = std::clamp(p, edge, 1 - edge);
    return std::log(p / (1 - p));
}
float chance(float logit) noexcept { return 1 / (1 + std::exp(-logit)); }

// Of the question asked of all lines at once, and asked of each category: `none` is the chance that it is none of them.
float mean_of_both(float at_once, float none) noexcept { return (logit(at_once) + logit(1 - none)) / 2; }

struct descriptor {
    int value;
    ~descriptor() {
        if (value >= 0) ::close(value);
    }
};

}  // namespace

std::uint16_t square_of(std::size_t having, std::size_t all) noexcept {
    constexpr double middle = 5;  // of this logarithm: one line in 150 has it; its weight is 1
    constexpr double most = 65'535;
    const auto rarity = std::log(static_cast<double>(all) / static_cast<double>(std::max<std::size_t>(having, 1)));
    return static_cast<std::uint16_t>(std::min(most, std::round(square_unit * middle / std::max(rarity, 1e-3))));
}

float scale_to_unit(std::uint64_t squares) noexcept {
    return squares > 0 ? 1 / std::sqrt(static_cast<float>(squares) / square_unit) : 0;
}

category_index likeliest(const model_scores& scores) noexcept {
    category_index found = 0;
    for (std::size_t i = 1; i < taxonomy.size(); ++i) {
        if (asks_for_a_person(i) && scores[i] > scores[found]) found = static_cast<category_index>(i);
    }
    return found;
}

std::array<float, last_inputs> what_all_say(const model_scores& scores, std::size_t words) noexcept {
    std::array<float, last_inputs> said{};
    float none = 1;
    for (std::size_t i = 0; i < model_outputs; ++i) {
        said[i] = logit(scores[i]);
        if (i < taxonomy.size() && asks_for_a_person(i)) none *= 1 - scores[i];
    }
    said[model_outputs] = mean_of_both(scores[output_any], none);
    said[model_outputs + 1] = std::log1p(static_cast<float>(words));
    return said;
}

void hear_all(model_scores& scores, const last_layer& last, std::size_t words) noexcept {
    const auto said = what_all_say(scores, words);
    float no_care = 1, no_harm = 1;
    for (std::size_t i = 0; i < taxonomy.size(); ++i) {
        if (asks_for_a_person(i)) (taxonomy[i].lane == lane::care ? no_care : no_harm) *= 1 - scores[i];
    }
    scores[output_any] = chance(std::inner_product(said.begin(), said.end(), last.begin(), last.back()));
    scores[output_care] = chance(mean_of_both(scores[output_care], no_care));
    scores[output_harm] = chance(mean_of_both(scores[output_harm], no_harm));
}

std::shared_ptr<const model> model::open(const std::filesystem::path& file) {
    const auto fail = [&](std::string_view why) -> std::runtime_error {
        return std::runtime_error(fmt::format("{}: {}", file.string(), why));
    };
    const descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat info {};
    if (opened.value < 0 || ::fstat(opened.value, &info) != 0) throw fail(std::strerror(errno));
    const auto bytes = static_cast<std::size_t>(info.st_size);
    if (bytes < sizeof(model_header)) throw fail("is no model: it is too short");
    void* memory = ::mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE | MAP_POPULATE, opened.value, 0);
    if (memory == MAP_FAILED) throw fail(std::strerror(errno));
    const std::shared_ptr<model> result(new model(memory, bytes));
    const auto& header = *result->header_;
    if (std::string_view(header.magic.data(), header.magic.size()) != magic) throw fail("is no model of this version");
    if (header.outputs != model_outputs) throw fail("was trained for another taxonomy");
    if (!std::has_single_bit(header.slots) || bytes != sizeof(model_header) + header.slots * sizeof(model_row))
        throw fail("is cut short or damaged");
    result->marks_ = hash_marks(header.slots);
    std::uint32_t used = 0;
    for (std::uint32_t i = 0; i < header.slots; ++i) {
        const auto hash = result->rows_[i].hash;
        if (hash == 0) continue;
        ++used;
        result->marks_.add(hash);
    }
    if (used == header.slots) throw fail("is damaged: its table has no free row");  // a search would not end
    return result;
}

model::model(const void* memory, std::size_t bytes) noexcept
    : memory_(memory),
      bytes_(bytes),
      header_(static_cast<const model_header*>(memory)),
      rows_(reinterpret_cast<const model_row*>(static_cast<const char*>(memory) + sizeof(model_header))),
      mask_(header_->slots - 1) {}

model::~model() { ::munmap(const_cast<void*>(memory_), bytes_); }

model_scores model::score(const std::vector<feature>& features) const noexcept {
    std::array<weight_sum, feature_kinds> sums{};
    std::array<std::uint64_t, feature_kinds> squares{};
    for (std::size_t i = 0; i < features.size(); ++i) {
        // The table is larger than the caches of most machines.
        if (i + rows_ahead < features.size()) {
            const auto ahead = features[i + rows_ahead].hash;
            if (marks_.may_have(ahead)) __builtin_prefetch(&rows_[ahead & mask_]);
        }
        const auto* row = find(features[i].hash);
        const auto kind = static_cast<std::size_t>(features[i].kind);
        squares[kind] += square(row);
        if (row != nullptr) sums[kind].add(*row);
    }
    for (auto& one : sums) one.settle();
    std::array<float, feature_kinds> lengths{};
    std::transform(squares.begin(), squares.end(), lengths.begin(), scale_to_unit);
    model_scores result{};
    for (std::size_t i = 0; i < model_outputs; ++i) {
        float sum = 0;
        for (std::size_t kind = 0; kind < feature_kinds; ++kind)
            sum += static_cast<float>(sums[kind].total[i]) * lengths[kind] * header_->scale[kind][i];
        result[i] = chance(sum + header_->bias[i]);
    }
    hear_all(result, header_->last, words_read(features));
    return result;
}

void model::explain(const std::vector<feature>& features, std::size_t output, std::size_t words,
                    std::vector<float>& out) const {
    out.assign(words, 0);
    std::array<std::uint64_t, feature_kinds> squares{};
    for (const auto& one : features) squares[static_cast<std::size_t>(one.kind)] += square(find(one.hash));
    for (const auto& one : features) {
        const auto* row = one.last > one.first ? find(one.hash) : nullptr;
        if (row == nullptr) continue;
        const auto kind = static_cast<std::size_t>(one.kind);
        const auto part = static_cast<float>(row->weights[output]) * scale_to_unit(squares[kind]) *
                          header_->scale[kind][output] / static_cast<float>(one.last - one.first);
        for (std::size_t word = one.first; word < one.last && word < words; ++word) out[word] += part;
    }
}

}  // namespace hearth::moderation
