// The trained classifier: one linear model per category over hashed features, read from a file by memory map. It
// generalises past the rules' lists; what it is worth, and where it fails, is in its card (moderation/model/README.md).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "moderation/learned/features.hpp"
#include "moderation/learned/hash_marks.hpp"
#include "moderation/policy/taxonomy.hpp"

namespace hearth::moderation {

/// One output per category, then three wider questions.
inline constexpr std::size_t output_any = taxonomy.size();       ///< should a person look at all?
inline constexpr std::size_t output_care = taxonomy.size() + 1;  ///< does its author suffer (a care category)?
inline constexpr std::size_t output_harm = taxonomy.size() + 2;  ///< could it hurt others (a harm category)?
inline constexpr std::size_t model_outputs = taxonomy.size() + 3;

/// Probabilities, 0 to 1, calibrated on lines that the model was not trained on.
using model_scores = std::array<float, model_outputs>;

/// Where a probability begins to mean something. Chosen from curves by the trainer, which writes them to the file.
struct model_threshold {
    float flag = 1.0F;  ///< from here on a person looks
    float hold =
        1.0F;  ///< from here on it waits for that person, where its category waits at all; of output_harm: a rule may hold
};

/// `flag` of `output_any` by language, in the order of the packs' languages: what is rare in one is common in another.
/// Messages in none of them for sure are read by the highest. What is graver is shown on less, and so is every cry of
/// one's own: severity alone would show insults sooner than pain.
inline constexpr std::size_t most_languages = 8;
[[nodiscard]] constexpr bool shown_on_less(category_index likeliest) noexcept {
    return taxonomy[likeliest].severity >= 3 || taxonomy[likeliest].care;
}
struct any_threshold {
    float grave = 0;  ///< where `shown_on_less`; 0: not known
    float other = 0;
    [[nodiscard]] float for_category(category_index likeliest) const noexcept {
        return shown_on_less(likeliest) ? grave : other;
    }
};
struct model_thresholds {
    std::array<model_threshold, model_outputs> of{};
    std::array<any_threshold, most_languages> any_by_language{};
    [[nodiscard]] const model_threshold& operator[](std::size_t output) const noexcept { return of[output]; }
    [[nodiscard]] model_threshold& operator[](std::size_t output) noexcept { return of[output]; }
};

/// "Should a person look?" is finally answered from every output's own logit, the mean of the two first answers to it and
/// the logarithm of the message's length in words: weights for these, the bias last.
inline constexpr std::size_t last_inputs = model_outputs + 2;
using last_layer = std::array<float, last_inputs + 1>;

/// The file's layout: a header, then `slots` rows, an open-addressing table over feature hashes. Little-endian.
struct alignas(64) model_header {
    std::array<char, 8> magic{};          ///< "HEARTHM4"
    std::uint32_t outputs = 0;            ///< model_outputs
    std::uint32_t slots = 0;              ///< a power of two
    std::array<char, 32> trained_from{};  ///< hash of corpus, packs and settings, as hex digits
    std::array<std::array<float, model_outputs>, feature_kinds> scale{};  ///< what a step of eight bits is worth
    std::array<float, model_outputs> bias{};
    last_layer last{};
    model_thresholds thresholds{};
    std::uint32_t unknown_square = 0;  ///< what a feature without a row adds to the length of its kind
};

struct model_row {
    std::uint32_t hash = 0;  ///< 0: empty
    std::array<std::int8_t, model_outputs> weights{};
    std::uint16_t square = 0;  ///< what it adds to the length of its kind, see square_of()
    std::uint16_t unused = 0;
};
static_assert(sizeof(model_row) == 32);

class model {
public:
    /// Throws std::runtime_error that names the file and what is wrong with it.
    [[nodiscard]] static std::shared_ptr<const model> open(const std::filesystem::path& file);
    model(const model&) = delete;
    model& operator=(const model&) = delete;
    ~model();

    [[nodiscard]] model_scores score(const std::vector<feature>& features) const noexcept;

    /// How much each word says for `output`, in parts of the logit: one entry per token, `words` long.
    void explain(const std::vector<feature>& features, std::size_t output, std::size_t words,
                 std::vector<float>& out) const;

    [[nodiscard]] const model_thresholds& thresholds() const noexcept { return header_->thresholds; }
    /// Identifies the trained content: hash of what it was trained from.
    [[nodiscard]] std::string_view version() const noexcept {
        return {header_->trained_from.data(), header_->trained_from.size()};
    }

private:
    model(const void* memory, std::size_t bytes) noexcept;
    [[nodiscard]] std::uint32_t square(const model_row* row) const noexcept {
        return row != nullptr ? row->square : header_->unknown_square;
    }
    [[nodiscard]] const model_row* find(std::uint32_t hash) const noexcept {
        if (!marks_.may_have(hash)) return nullptr;
        for (auto slot = hash & mask_;; slot = (slot + 1) & mask_) {
            if (rows_[slot].hash == hash) return &rows_[slot];
            if (rows_[slot].hash == 0) return nullptr;
        }
    }

    const void* memory_;
    std::size_t bytes_;
    const model_header* header_;
    const model_row* rows_;
    std::uint32_t mask_;
    // Of hashes that have a row. The table is three quarters full: to find out there that one has none takes nine rows.
    hash_marks marks_;
};

/// The likeliest of the categories that a person looks at.
[[nodiscard]] category_index likeliest(const model_scores& scores) noexcept;

/// The inputs of the last layer, from the scores of the single outputs.
[[nodiscard]] std::array<float, last_inputs> what_all_say(const model_scores& scores, std::size_t words) noexcept;

/// The wider questions are asked twice: of all lines at once, and of each category that a person looks at (all but figures,
/// which are for their author to see). They become the mean of both answers (of their logits), and the first of them what
/// the last layer makes of that and of everything else.
void hear_all(model_scores& scores, const last_layer& last, std::size_t words) noexcept;

/// A feature weighs more the more lines hold it, since what is rare was seen too seldom to be believed: the square of its
/// weight is inversely proportional to the logarithm of `all` / `having` lines. In units of 1 / `square_unit`, at most 65,535.
inline constexpr float square_unit = 256;
[[nodiscard]] std::uint16_t square_of(std::size_t having, std::size_t all) noexcept;

/// 1 / sqrt(the squares of the features of one kind): what brings the kind to unit length; 0 where there are none.
[[nodiscard]] float scale_to_unit(std::uint64_t squares) noexcept;

}  // namespace hearth::moderation
