// A line whose right judgement a person wrote down: what the corpus holds, what training and evaluation read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "moderation/policy/taxonomy.hpp"
#include "moderation/verdict.hpp"

namespace hearth::moderation {

/// harm, care: a person must see it. twin: the hard benign neighbour of its category. ordinary: everyday talk.
enum class line_kind : std::uint8_t { harm, care, twin, ordinary };

struct labelled_line {
    std::string id;
    std::string text;
    std::string language;
    line_kind kind = line_kind::ordinary;
    std::vector<category_index> categories;  ///< the first is the one it was written for; none for ordinary lines
    bool oblique = false;                    ///< says it without the obvious words
    std::string before;                      ///< the message it answers, or empty
    std::string room_topic = "general";
    std::string place;            ///< "file:line"
    bool calibrates = false;      ///< thresholds are chosen on it: unseen by rule writers, and as hard as life
    bool shown_to_rules = false;  ///< whoever wrote rules may have seen it: rules look too good on it

    [[nodiscard]] bool benign() const noexcept { return kind == line_kind::twin || kind == line_kind::ordinary; }
};

/// The circumstances a line is judged in. Views into `line`.
[[nodiscard]] context context_of(const labelled_line& line);

/// Reads JSON lines `{"text":…,"kind":"harm|care|twin|ordinary","category"?:…,"also"?:[…],"lang":…,"id"?,"oblique"?,
/// "before"?,"room_topic"?}`. What is wrong goes into `problems` as "file:line: reason"; the other lines are read.
[[nodiscard]] std::vector<labelled_line> read_labelled(const std::filesystem::path& file,
                                                       std::vector<std::string>& problems);

/// One part of a corpus: every `<folder>/<language>/<part>/*.jsonl`, in the order of their names. Lines of "train" were
/// shown to those who write rules; "pairs" (harm beside its twin in nearly the same words, harder than life) and
/// "calibration" were not; "evaluation" is never trained on.
[[nodiscard]] std::vector<labelled_line> read_corpus(const std::filesystem::path& folder, const std::string& part,
                                                     std::vector<std::string>& problems);

/// Every `*.jsonl` below `folder`, in the order of their names.
[[nodiscard]] std::vector<labelled_line> read_labelled_folder(const std::filesystem::path& folder,
                                                              std::vector<std::string>& problems);

}  // namespace hearth::moderation
