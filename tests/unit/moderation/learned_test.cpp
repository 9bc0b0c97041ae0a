#include <catch2/catch.hpp>

#include <cmath>
#include <cstring>

#include "moderation/learned/hash_marks.hpp"
#include "moderation/learned/reading.hpp"
#include "moderation/pipeline.hpp"
#include "support.hpp"

namespace hearth::moderation {
namespace {

namespace fs = std::filesystem;

// A model of one feature, written by hand: "flower" speaks for harassment.
std::string small_model(std::uint32_t hash, std::uint32_t slots = 4) {
    model_header header;
    std::memcpy(header.magic.data(), "HEARTHM4", 8);
    header.outputs = model_outputs;
    header.slots = slots;
    header.unknown_square = square_of(1, 1'000);
    for (auto& kind : header.scale) kind.fill(0.2F);
    header.bias.fill(-4);
    header.last[output_any] = 1;  // what it says itself
    std::vector<model_row> rows(slots);
    rows[hash & (slots - 1)].hash = hash;
    rows[hash & (slots - 1)].square = square_of(10, 1'000);
    rows[hash & (slots - 1)].weights[category("harassment")] = 100;
    rows[hash & (slots - 1)].weights[output_any] = 100;
    std::string bytes(sizeof header + rows.size() * sizeof(model_row), '\0');
    std::memcpy(bytes.data(), &header, sizeof header);
    std::memcpy(bytes.data() + sizeof header, rows.data(), rows.size() * sizeof(model_row));
    return bytes;
}

std::uint32_t hash_of_word(const std::string& word) {
    pipeline stages(testing::real_rules());
    stages.read(word, {});
    for (const auto& one : stages.features())
        if (one.kind == feature_kind::words) return one.hash;
    return 0;
}

std::string problem_of(const fs::path& file) {
    try {
        static_cast<void>(model::open(file));
        return {};
    } catch (const std::runtime_error& fault) { return fault.what(); }
}

model_thresholds thresholds() {
    model_thresholds all{};
    for (auto& one : all.of) one = {0.5F, 0.9F};
    return all;
}

}  // namespace

TEST_CASE("a model file is scored in place and tells which word spoke") {
    testing::pack_folder folder;
    folder.put("small", small_model(hash_of_word("flower")));
    const auto learned = model::open(folder.path() / "small");
    pipeline stages(testing::real_rules());
    stages.read("a flower for you", {});
    const auto scores = learned->score(stages.features());
    CHECK(scores[category("harassment")] > 0.5F);
    CHECK(scores[category("solicitation")] < 0.05F);
    std::vector<float> words;
    learned->explain(stages.features(), category("harassment"), 4, words);
    REQUIRE(words.size() == 4);
    CHECK(words[1] > words[0]);
    CHECK(words[1] > words[3]);
}

TEST_CASE("what many lines hold weighs more than what was hardly seen") {
    CHECK(square_of(1, 1'000) < square_of(10, 1'000));
    CHECK(square_of(10, 1'000) < square_of(999, 1'000));
    CHECK(square_of(0, 1'000) == square_of(1, 1'000));
    CHECK(square_of(1'000, 1'000) == 65'535);  // in every line: as much as fits
    CHECK(scale_to_unit(0) == 0.0F);
    CHECK(scale_to_unit(4 * 256) == Approx(0.5F));
}

TEST_CASE("a damaged model file is refused with its name and the reason") {
    testing::pack_folder folder;
    const auto whole = small_model(12345);
    auto wrong = whole;
    wrong[0] = 'X';
    auto full = small_model(12345, 1);
    folder.put("short", whole.substr(0, 40))
        .put("cut", whole.substr(0, whole.size() - 8))
        .put("wrong", wrong)
        .put("full", full);
    CHECK(problem_of(folder.path() / "nowhere").find("nowhere") != std::string::npos);
    CHECK(problem_of(folder.path() / "short").find("too short") != std::string::npos);
    CHECK(problem_of(folder.path() / "cut").find("damaged") != std::string::npos);
    CHECK(problem_of(folder.path() / "wrong").find("no model") != std::string::npos);
    CHECK(problem_of(folder.path() / "full").find("free row") != std::string::npos);
}

TEST_CASE("probabilities become findings by their thresholds") {
    model_scores scores{};
    const auto read = [&](std::string_view topic = "general") { return read_scores(thresholds(), scores, topic); };
    CHECK_FALSE(read().flag);
    CHECK(read().opinion.harmless);

    scores[output_any] = 0.6F;
    scores[category("harassment")] = 0.95F;
    CHECK(read().flag);
    CHECK_FALSE(read().sure);  // nothing says that it could hurt others
    scores[output_harm] = 0.9F;
    CHECK(read().sure);
    CHECK(read().opinion.harmful);

    scores[output_care] = 0.7F;  // its author suffers: never withheld by the classifier
    CHECK_FALSE(read().sure);
    scores[output_care] = 0.95F;
    CHECK_FALSE(read().opinion.harmful);

    scores = {};
    scores[category("eating.numbers")] = 0.6F;  // figures ask for nobody, so nothing else need be said of them
    CHECK(read("eating").category == category("eating.numbers"));
    CHECK(read("eating").flag);
    CHECK_FALSE(read("eating").sure);
    CHECK_FALSE(read("eating").opinion.no_figure);
    CHECK_FALSE(read("illness").flag);
    scores[category("eating.numbers")] = 0.1F;
    CHECK_FALSE(read("eating").flag);
    CHECK(read("eating").opinion.no_figure);
    scores[category("eating.numbers")] = 0.9F;
    scores[output_any] = 0.9F;
    scores[category("harassment")] = 0.6F;
    CHECK(read("eating").category == category("harassment"));  // what a person looks at goes first
}

TEST_CASE("the classifier's finding flags when it doubts, holds when it is sure, never blocks") {
    finding one;
    one.category = category("selfharm.incitement");
    one.rule = model_rule(one.category);
    one.learned = true;
    one.probability = 0.9F;
    CHECK(decide({one}, {}).action == disposition::hold);
    one.weak = true;
    const auto doubted = decide({one}, {});
    CHECK(doubted.action == disposition::publish_and_flag);
    CHECK_FALSE(doubted.page);
    CHECK(doubted.signals.front().rule == "model.selfharm.incitement");
}

TEST_CASE(
    "a rule alone does not withhold what the classifier reads as harmless to others, and a person still sees it") {
    finding rule;
    rule.category = category("selfharm.incitement");
    rule.rule = "en.test";
    rule.voice.who = person::you;
    CHECK(decide({rule}, {}, {.harmful = true, .leans_to = {}, .harmless = false}).action == disposition::block);
    const auto doubted = decide({rule}, {}, {.harmful = false, .leans_to = {}, .harmless = true});
    CHECK(doubted.action == disposition::publish_and_flag);
    // Short of certainty, two who agree on a category of severity 4 are enough; two who do not are not.
    CHECK(decide({rule}, {}, {.harmful = false, .leans_to = rule.category}).action == disposition::hold);
    CHECK(decide({rule}, {}, {.harmful = false, .leans_to = category("harassment")}).action ==
          disposition::publish_and_flag);
    auto quoted = rule;
    quoted.voice.quoted = true;
    CHECK(decide({quoted}, {}, {.harmful = false, .leans_to = rule.category}).action == disposition::publish_and_flag);
}

TEST_CASE("what an answer takes over is shown though its own words are harmless") {
    finding same;
    same.category = category("suicide.active");
    same.rule = "engine.echo.agree";
    same.weak = true;
    same.voice.who = person::self;
    const second_opinion nothing_in_it{.harmful = false, .leans_to = {}, .harmless = true, .nothing = true};
    CHECK(decide({same}, {}, nothing_in_it).action == disposition::publish_and_flag);
    finding push;
    push.category = category("selfharm.incitement");
    push.rule = "engine.echo.push";
    push.voice.who = person::you;
    push.voice.encouraging = true;
    CHECK(decide({push}, {}, nothing_in_it).action >= disposition::hold);
}

TEST_CASE("a mere hint in a surely harmless message troubles nobody") {
    finding hint;
    hint.category = category("misinfo.medication");
    hint.rule = "en.test";
    hint.weak = true;
    CHECK(decide({hint}, {}).action == disposition::publish_and_flag);
    CHECK(decide({hint}, {}, {.harmful = false, .leans_to = {}, .harmless = true}).action == disposition::publish);
}

TEST_CASE("what a rule finds plainly is shown though the classifier sees nothing in it, the graver the surer") {
    finding rule;
    rule.rule = "en.test";
    rule.voice.who = person::self;
    const auto shown = [&](std::string_view id, bool nothing, bool surely) {
        rule.category = *find_category(id);
        const second_opinion other{
            .harmful = false, .leans_to = {}, .harmless = true, .nothing = nothing, .surely_nothing = surely};
        return decide({rule}, {}, other).action != disposition::publish;
    };
    for (const auto* id : {"suicide.active", "suicide.emergency", "overdose.emergency", "drugs.sourcing"}) {
        CHECK(shown(id, true, true));
    }
    for (const auto* id : {"suicide.passive", "selfharm.disclosure"}) {
        CHECK(shown(id, true, false));
        CHECK_FALSE(shown(id, true, true));
    }
    CHECK(shown("misinfo.cure", false, false));
    CHECK_FALSE(shown("misinfo.cure", true, false));
    CHECK_FALSE(shown("misinfo.medication", false, false));
}

TEST_CASE("whether a person should look is answered from every output and the message's length") {
    model_scores all{};
    all.fill(0.5F);  // its logit is 0
    all[category("harassment")] = 0.9F;
    const auto answer = [&](const last_layer& last, std::size_t words) {
        auto scores = all;
        hear_all(scores, last, words);
        return scores[output_any];
    };
    last_layer last{};
    CHECK(answer(last, 5) == 0.5F);
    last[category("harassment")] = 2;
    CHECK(answer(last, 5) == Approx(81.0F / 82));  // twice its logit, which is ln 9
    last[last_inputs - 1] = -1;                    // ln(1 + words)
    CHECK(answer(last, 80) == Approx(0.5F));
    last.back() = 1;
    CHECK(answer(last, 80) == Approx(1 / (1 + std::exp(-1.0F))));
    auto beside = all;
    hear_all(beside, last, 5);
    CHECK(beside[output_care] > 0.5F);  // a mean of both answers, as before: some of ten categories is likely
}

TEST_CASE("words of one idea are one to the classifier, in every language, but not where they are foreign") {
    glossary ideas;
    ideas.add("burden", "dead weight", 1);
    ideas.add("burden", "fardeau", 2);
    ideas.add("bread", "pain", 2);
    ideas.add("pain", "pain", 1);
    ideas.add("hurt", "hurting*", 1);
    CHECK_FALSE(ideas.add("burden", "one two three four", 1));
    ideas.seal();
    const auto found = [&](std::string_view text, language_mask languages) {
        folded plain;
        token_list words;
        static const lexicon none;
        fold_into(text, plain);
        tokenize_into(plain, none, words);
        std::vector<idea_hit> hits;
        glossary::scratch memory;
        ideas.find(plain, words, languages, memory, hits);
        std::string names;
        for (const auto& one : hits) names += ideas.name(one.what) + " ";
        return names;
    };
    CHECK(found("I am a dead weight to them", 1) == "burden ");
    CHECK(found("un FARDEAU pour tous", 2) == "burden ");
    CHECK(found("so dead. weight on him", 1).empty());  // two sentences
    CHECK(found("du pain", 2) == "bread ");
    CHECK(found("the pain", 1) == "pain ");
    CHECK(found("it's hurtingly so", 1) == "hurt ");
    CHECK(found("hurt", 1).empty());
}

TEST_CASE("marks hold every hash that was added and few others") {
    hash_marks marks(10'000);
    CHECK_FALSE(hash_marks().may_have(1));
    for (std::uint32_t i = 0; i < 10'000; ++i) marks.add(i * 0x01000193U);
    int others = 0;
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        REQUIRE(marks.may_have(i * 0x01000193U));
        others += marks.may_have((i + 10'000) * 0x01000193U) ? 1 : 0;
    }
    CHECK(others < 1'000);
}

}  // namespace hearth::moderation
