// Trains the classifier on the corpus and writes its file: the same corpus, packs and settings give the same bytes.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "moderation/evaluation/report.hpp"
#include "moderation/pipeline.hpp"
#include "moderation/tools/train/curves.hpp"
#include "moderation/tools/train/linear.hpp"
#include "moderation/tools/train/writing.hpp"

namespace {

namespace fs = std::filesystem;
namespace hm = hearth::moderation;
namespace ht = hearth::moderation::training;

struct settings {
    fs::path corpus, packs, claims, out;
    bool check = false;  // compare with the file instead of writing it
    std::size_t worst = 40;
    ht::linear_settings linear;
    std::size_t rarest = 2;
    std::size_t folds = 5;
    std::uint32_t slots = 1U << 19U;
    ht::tolerance allowed;
};

// What the file's content depends on.
std::string trained_from(const std::vector<hm::labelled_line>& corpus, const hm::pack_set& packs, const settings& s) {
    std::string all = packs.version;
    for (const auto& line : corpus)
        all += fmt::format("{}|{}|{}|{}|{}\n", line.id, line.text, line.before, line.room_topic, line.language);
    all += fmt::format("{} {} {} {} {}", s.linear.cost, s.linear.positive_weight, s.rarest, s.folds, s.slots);
    return hm::content_hash(all);
}

hm::model_scores scores_of(const ht::held_out& probabilities, std::size_t line) {
    hm::model_scores scores{};
    for (std::size_t o = 0; o < hm::model_outputs; ++o) scores[o] = static_cast<float>(probabilities[o][line]);
    return scores;
}

// What each output of a model that had not seen the line makes of it.
std::vector<ht::last_example> last_examples(const std::vector<hm::labelled_line>& corpus, const ht::example_set& set,
                                            const ht::held_out& probabilities) {
    constexpr int ordinary_times = 16;  // 6 and 10 surface up to 0.7 % less at the same noise, 25 gains nothing
    std::vector<ht::last_example> all;
    for (std::size_t i = 0; i < corpus.size(); ++i) {
        if (!corpus[i].calibrates) continue;
        all.push_back({hm::what_all_say(scores_of(probabilities, i), set.examples[i].words),
                       set.examples[i].truth[hm::output_any],
                       corpus[i].kind == hm::line_kind::ordinary ? ordinary_times : 1});
    }
    return all;
}

// The whole judge, with the scores of cross-validation, on the lines of the calibration part.
hm::tally judge_held_out(const std::vector<hm::labelled_line>& corpus, const std::shared_ptr<const hm::ruleset>& rules,
                         const ht::held_out& probabilities, const hm::model_thresholds& thresholds) {
    hm::pipeline stages(rules);
    hm::tally all;
    for (std::size_t i = 0; i < corpus.size(); ++i) {
        if (!corpus[i].calibrates) continue;
        const auto where = hm::context_of(corpus[i]);
        stages.read(corpus[i].text, where);
        const auto reading =
            hm::read_scores(thresholds, scores_of(probabilities, i), where.room_topic, stages.language());
        all.add(corpus[i], stages.conclude(corpus[i].text, where, &reading));
    }
    return all;
}

hm::model_thresholds settle_thresholds(const std::vector<hm::labelled_line>& corpus,
                                       const std::shared_ptr<const hm::ruleset>& rules,
                                       const ht::held_out& probabilities, const std::vector<std::string>& languages,
                                       const ht::tolerance& allowed) {
    constexpr int rounds = 5;
    std::vector<double> grave(languages.size(), allowed.grave.ordinary);
    auto thresholds = ht::choose_thresholds(corpus, probabilities, languages, grave, allowed);
    for (int round = 0; round < rounds; ++round) {
        const auto judged = judge_held_out(corpus, rules, probabilities, thresholds);
        for (std::size_t n = 0; n < languages.size(); ++n) {
            const auto noise = judged.by_language().at(languages[n]).noise_ordinary.rate();
            grave[n] = std::max(0.0, grave[n] + allowed.in_all - noise);
        }
        thresholds = ht::choose_thresholds(corpus, probabilities, languages, grave, allowed);
    }
    return thresholds;
}

int run(const settings& s) {
    std::vector<std::string> problems;
    auto corpus = hm::read_corpus(s.corpus, "train", problems);
    for (const std::string part : {"pairs", "calibration"}) {
        auto more = hm::read_corpus(s.corpus, part, problems);
        corpus.insert(corpus.end(), more.begin(), more.end());
    }
    auto packs = hm::read_packs(s.packs, s.claims);
    const auto rules = std::make_shared<const hm::ruleset>(packs);
    problems.insert(problems.end(), packs.problems.begin(), packs.problems.end());
    for (const auto& one : problems) fmt::print(stderr, "{}\n", one);
    if (!problems.empty() || corpus.empty()) return 1;
    fmt::print("{} lines; reading them …\n", corpus.size());
    const auto set = ht::make_examples(corpus, rules, s.rarest, s.folds);
    fmt::print("{} features; training {} outputs, each {} times …\n", set.hashes.size(), hm::model_outputs,
               s.folds + 1);
    std::array<ht::weights, hm::model_outputs> trained;
    std::array<ht::calibration, hm::model_outputs> calibrated;
    ht::held_out probabilities;
    for (std::size_t output = 0; output < hm::model_outputs; ++output) {
        trained[output] = ht::train_linear(set, output, s.linear, [](const ht::example&) { return true; });
        const auto decisions = ht::held_out_decisions(set, output, s.folds, s.linear);
        std::vector<double> unbiased;
        std::vector<bool> truth;
        for (std::size_t i = 0; i < corpus.size(); ++i) {
            if (!corpus[i].calibrates) continue;
            unbiased.push_back(decisions[i]);
            truth.push_back(set.examples[i].truth[output]);
        }
        calibrated[output] = ht::calibrate(unbiased, truth);
        for (const auto d : decisions) probabilities[output].push_back(calibrated[output].probability(d));
        fmt::print("  {} of {}\n", output + 1, hm::model_outputs);
        std::fflush(stdout);
    }
    const auto last = ht::train_last(last_examples(corpus, set, probabilities));
    for (std::size_t i = 0; i < corpus.size(); ++i) {
        auto scores = scores_of(probabilities, i);
        hm::hear_all(scores, last, set.examples[i].words);
        for (const auto o : {hm::output_any, hm::output_care, hm::output_harm}) probabilities[o][i] = scores[o];
    }
    const auto thresholds = settle_thresholds(corpus, rules, probabilities, packs.languages, s.allowed);
    for (std::size_t o = 0; o < hm::model_outputs; ++o) {
        fmt::print("{:<22} flag {:.3f} hold {:.3f}\n",
                   o < hm::taxonomy.size()
                       ? hm::taxonomy[o].id
                       : std::array<std::string_view, 3>{"any", "care", "harm"}[o - hm::taxonomy.size()],
                   thresholds[o].flag, thresholds[o].hold);
    }
    fmt::print("\nthe corpus, each line judged by a classifier that had not seen it:\n{}",
               hm::report_text(judge_held_out(corpus, rules, probabilities, thresholds), s.worst));
    const auto bytes =
        ht::model_bytes(set, trained, calibrated, last, thresholds, trained_from(corpus, packs, s), s.slots);
    if (s.check) {
        std::ifstream in(s.out, std::ios::binary);
        const std::string there{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        fmt::print("{}\n", there == bytes ? "the file is what this corpus and these packs give"
                                          : "the file is not what this corpus and these packs give: train it anew");
        return there == bytes ? 0 : 1;
    }
    std::ofstream(s.out, std::ios::binary) << bytes;
    fmt::print("{} written: {} bytes, {}\n", s.out.string(), bytes.size(), hm::content_hash(bytes));
    return 0;
}

}  // namespace

int main(int count, char** values) {
    settings s;
    std::vector<std::string> places;
    for (int i = 1; i < count; ++i) {
        const std::string name = values[i];
        if (name == "--check")
            s.check = true;
        else
            places.push_back(name);
    }
    if (places.size() != 4) {
        fmt::print(stderr, "hearth-train [--check] CORPUS PACKS CLAIMS MODEL\n");
        return 2;
    }
    s.corpus = places[0];
    s.packs = places[1];
    s.claims = places[2];
    s.out = places[3];
    return run(s);
}
